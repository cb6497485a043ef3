import type { ClauseLevel, NumberingModel } from '../../shared/clauses/clause.ts'
import { printedLabel } from '../../shared/clauses/numbering.ts'
import { type DocumentKind, KIND_NAMES, numberingModel } from '../../shared/documents/document.ts'
import type { SealedBlock, SealedDocument, SealedRun } from '../../shared/signing/sealedDocument.ts'
import { type PrintTable, printTable } from './printTable.ts'

/** What the layout reads: lines and blocks in the order of the page, nothing left to decide but where they fall. */
export type PrintModel = {
  id: string
  title: string
  issuer: { superior: string; name: string }
  number: string
  placeDate: string
  heading: string
  subject: string
  body: PrintItem[]
  annexes: PrintItem[][]
  signatures: {
    layout: 'grid' | 'single'
    caption: string
    recipients: string[]
    cells: { lines: string[]; part: string; title: string[]; person: string; seal: string }[]
  }
  footer: string[]
}

export type PrintItem =
  | { kind: 'head'; depth: number; label: string; runs: SealedRun[] }
  | { kind: 'article'; depth: number; label: string; runs: SealedRun[] }
  | { kind: 'line'; label: string; bold: boolean; runs: SealedRun[] }
  | { kind: 'basis' | 'note'; runs: SealedRun[] }
  | PrintTable

export function printModel(doc: SealedDocument): PrintModel {
  const model = numberingModel(doc.document.kind)
  const items = doc.blocks.map((block, i) => printItem(block, model, doc.blocks[i - 1]))
  const cuts = doc.blocks.flatMap((block, i) => (block.level === 'annex' ? [i] : []))
  const { heading, subject } = titleLines(doc.document.kind, doc.title)
  return {
    id: doc.document.id,
    title: doc.title.replaceAll('\n', ' '),
    issuer: {
      superior: doc.issuer.superior.toLocaleUpperCase('vi'),
      name: doc.issuer.name.toLocaleUpperCase('vi'),
    },
    number: numberLine(doc.number),
    placeDate: placeDateLine(doc.place, doc.date),
    heading: heading.toLocaleUpperCase('vi'),
    subject,
    body: items.slice(0, cuts[0] ?? items.length),
    annexes: cuts.map((from, i) => items.slice(from, cuts[i + 1] ?? items.length)),
    signatures: signatures(doc),
    footer: [
      `Mã băm nội dung (SHA-256): ${doc.contentHash}`,
      `Nhật ký số ${doc.audit.seq}: ${doc.audit.hash.slice(0, 16)} · Kiểm tra chữ ký: ${doc.verification}`,
    ],
  }
}

/** The type of document stands on a line of its own above its subject, also where one line names both. */
export function titleLines(
  kind: DocumentKind,
  title: string,
): { heading: string; subject: string } {
  const [first = '', ...rest] = title.split('\n')
  if (rest.length > 0) return { heading: first, subject: rest.join(' ') }
  const heading = KIND_NAMES[kind]
  if (!first.toLocaleLowerCase('vi').startsWith(heading.toLocaleLowerCase('vi')))
    return { heading, subject: first }
  const subject = first.slice(heading.length).trim()
  return { heading, subject: subject.slice(0, 1).toLocaleUpperCase('vi') + subject.slice(1) }
}

const BLANK = '.........'

const numberLine = (number: string | null) =>
  number === null ? `Số: ${BLANK}` : /^số\s*:/iu.test(number) ? number : `Số: ${number}`

/** Decree 30: days below 10 and the months 1 and 2 get a leading zero, other months do not. */
export function placeDateLine(place: string, date: string | null): string {
  const [year = '', month = '', day = ''] = date?.split('-') ?? []
  const when = date
    ? `ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`
    : `ngày ${BLANK} tháng ${BLANK} năm ${BLANK}`
  return place === '' ? when : `${place}, ${when}`
}

const DEPTH: Partial<Record<ClauseLevel, number>> = {
  annex: 1,
  part: 1,
  chapter: 2,
  section: 3,
  subsection: 4,
}

function printItem(
  block: SealedBlock,
  model: NumberingModel,
  before: SealedBlock | undefined,
): PrintItem {
  if (block.level === 'table') return printTable(block.rows)
  const { level, runs } = block
  const label = printedLabel(level, block.label, model)
  if (level === 'basis') return { kind: 'basis', runs }
  if (level === 'article') return { kind: 'article', depth: 5, label, runs }
  if (level === 'section' && model === 'plan') return { kind: 'article', depth: 3, label, runs }
  const depth = DEPTH[level]
  if (depth !== undefined) return { kind: 'head', depth, label, runs }
  // The line under an annex title that says what it is attached to.
  const text = runs.map((r) => r.text).join('')
  if (level === 'text' && before?.level === 'annex' && text.startsWith('(Kèm theo'))
    return { kind: 'note', runs }
  return { kind: 'line', label, bold: isBold(runs), runs }
}

const isBold = (runs: readonly SealedRun[]) =>
  runs.length > 0 && runs.every((r) => r.marks.includes('bold'))

function signatures(doc: SealedDocument): PrintModel['signatures'] {
  const layout = doc.document.kind !== 'covenant' && doc.signers.length === 1 ? 'single' : 'grid'
  return {
    layout,
    caption: doc.document.kind === 'covenant' ? 'ĐẠI DIỆN CÁC CƠ QUAN KÝ GIAO ƯỚC' : '',
    recipients: doc.recipients.map(recipientLine),
    cells: doc.signers.map((signer) => {
      const title = upperLines(signer.title)
      const forBloc = title[0]?.startsWith('TM.') ? [] : ['TM. KHỐI THI ĐUA', 'TRƯỞNG KHỐI']
      return {
        lines: layout === 'single' ? forBloc : upperLines(signer.agency),
        part: layout === 'single' ? '' : signer.part,
        title,
        person: signer.places.person,
        seal: signer.places.seal,
      }
    }),
  }
}

/** Decree 30: every line ends with a semicolon, the last one with a full stop. */
const recipientLine = (line: string, index: number, all: readonly string[]) =>
  /[.;]$/u.test(line) ? line : `${line}${index === all.length - 1 ? '.' : ';'}`

const upperLines = (text: string) =>
  text === '' ? [] : text.split('\n').map((line) => line.toLocaleUpperCase('vi'))
