import type { AgencyId, Sha256 } from '../base/ids.ts'
import {
  type Block,
  type BlockLevel,
  type ClauseLevel,
  isTable,
  type Mark,
  type Run,
} from '../clauses/clause.ts'
import { numberBlocks } from '../clauses/numbering.ts'
import type { ClauseReference } from '../clauses/reference.ts'
import { elsewhereFrom, printSaid, sayReferences } from '../clauses/sayReferences.ts'
import { type DocumentKind, numberingModel } from '../documents/document.ts'
import { type PlaceId, placeIdOf } from './places.ts'

/** Everything a sealed file prints, as one value: what is rendered, attached to the file and hashed. */
export type SealedDocument = {
  format: typeof SEALED_FORMAT
  document: { id: string; kind: DocumentKind; edition: number }
  /** First line the type of document, the rest its subject; lines are separated by '\n'. */
  title: string
  issuer: { superior: string; name: string }
  place: string
  number: string | null
  date: string | null
  recipients: string[]
  blocks: SealedBlock[]
  signers: SealedSigner[]
  contentHash: Sha256
  structureHash: Sha256
  /** Head of the bloc's audit chain when sealing started. */
  audit: { seq: number; hash: Sha256 }
  /** Where the file can be checked: an address or a command. */
  verification: string
  /** Time printed into the file, ISO 8601 in UTC, whole seconds. */
  createdAt: string
}

export const SEALED_FORMAT = 'nhat-tri/sealed-document@1'

export type SealedRun = { text: string; marks: Mark[] }
export type SealedCell = {
  header: boolean
  colspan: number
  rowspan: number
  colwidth: number[] | null
  paragraphs: SealedRun[][]
}
export type SealedBlock =
  | { id: string; level: ClauseLevel; label: string; runs: SealedRun[] }
  | { id: string; level: 'table'; label: ''; rows: { cells: SealedCell[] }[] }

export type SealedSigner = {
  agencyId: AgencyId
  agency: string
  /** Part in the bloc, printed under the agency where it has one: `Trưởng khối`. */
  part: string
  /** Printed lines above the signature, separated by '\n'. */
  title: string
  places: { person: PlaceId; seal: PlaceId }
}

/** What the locked version and the document record say, as they are stored. */
export type PrintSource = {
  document: SealedDocument['document']
  blocks: readonly Block[]
  /** What its references to other documents said when it was locked, by `targetOf`. */
  elsewhere?: Readonly<Record<string, string | null>>
  fields: {
    title: string
    place: string
    recipients: readonly string[]
    signingTitles: Readonly<Record<string, string>>
  }
  issuer: { superior: string; name: string }
  number: string | null
  date: string | null
  signers: readonly { agencyId: AgencyId; agency: string; part: string }[]
  contentHash: Sha256
  structureHash: Sha256
  audit: { seq: number; hash: Sha256 }
  verification: string
  createdAt: SealedDocument['createdAt']
}

/**
 * Characters that print nothing but can change how others print: controls, zero-width signs, bidi overrides
 * (U+202A–E, U+2066–9). They are left out of a sealed file.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu
const BREAKS = /[\t\n\v\f\r\u2028\u2029]+/gu

/** NFC, since the same word in two encodings would give two files; line breaks become spaces. */
export const printedText = (text: string): string =>
  text.replace(BREAKS, ' ').replace(INVISIBLE, '').normalize('NFC')

/** The same for a field whose '\n' begins a printed line: title and signing titles. */
const printedLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => printedText(line).trim())
    .filter((line) => line !== '')
    .join('\n')

type Say = (reference: ClauseReference) => string

const sealedRuns = (from: readonly Run[], say: Say): SealedRun[] =>
  from
    .map(({ text, marks, reference }) => ({
      text: printedText(reference ? say(reference) : text),
      marks: [...marks].sort(),
    }))
    .filter(({ text }) => text !== '')

export function normaliseForPrint(source: PrintSource): SealedDocument {
  const { document, fields } = source
  const levels: BlockLevel[] = source.blocks.map((block) => block.level)
  const model = numberingModel(document.kind)
  const labels = numberBlocks(levels, model)
  const said = sayReferences(source.blocks, model, elsewhereFrom(source.elsewhere ?? {}))
  const say: Say = (reference) => printSaid(said(reference))
  return {
    format: SEALED_FORMAT,
    document: { id: document.id, kind: document.kind, edition: document.edition },
    title: printedLines(fields.title),
    issuer: {
      superior: printedText(source.issuer.superior).trim(),
      name: printedText(source.issuer.name).trim(),
    },
    place: printedText(fields.place).trim(),
    number: source.number && printedText(source.number).trim(),
    date: source.date,
    recipients: fields.recipients.map((line) => printedText(line).trim()),
    blocks: source.blocks.map((block, i) => sealedBlock(block, labels[i] ?? '', say)),
    signers: source.signers.map(({ agencyId, agency, part }) => ({
      agencyId,
      agency: printedText(agency).trim(),
      part: printedText(part).trim(),
      title: printedLines(fields.signingTitles[agencyId] ?? ''),
      places: { person: placeIdOf(agencyId, 'person'), seal: placeIdOf(agencyId, 'seal') },
    })),
    contentHash: source.contentHash,
    structureHash: source.structureHash,
    audit: source.audit,
    verification: printedText(source.verification),
    createdAt: source.createdAt,
  }
}

function sealedBlock(block: Block, label: string, say: Say): SealedBlock {
  const runs = (from: readonly Run[]) => sealedRuns(from, say)
  if (!isTable(block)) return { id: block.id, level: block.level, label, runs: runs(block.runs) }
  return {
    id: block.id,
    level: 'table',
    label: '',
    rows: block.rows.map((row) => ({
      cells: row.cells.map((cell) => ({
        header: cell.header,
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        // Whole pixels, since the canonical form has no fractions.
        colwidth: cell.colwidth?.map((width) => Math.round(width)) ?? null,
        paragraphs: cell.paragraphs.map(runs),
      })),
    })),
  }
}

/** Every text that is printed, for the check that the font has a glyph for each character. */
export function* printedTexts(doc: SealedDocument): Generator<string> {
  yield* [doc.title, doc.issuer.superior, doc.issuer.name, doc.place, doc.number ?? '']
  yield* doc.recipients
  yield doc.verification
  for (const signer of doc.signers) yield* [signer.agency, signer.part, signer.title]
  for (const block of doc.blocks) {
    yield block.label
    if (block.level === 'table')
      for (const row of block.rows)
        for (const cell of row.cells) yield* cell.paragraphs.flat().map((r) => r.text)
    else yield* block.runs.map((r) => r.text)
  }
}
