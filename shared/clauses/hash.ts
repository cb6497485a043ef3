import { canonicalJson } from '../base/canonicalJson.ts'
import type { Sha256 } from '../base/ids.ts'
import { sha256Hex } from '../base/sha256.ts'
import { type Block, isTable, type Run, referencesIn } from './clause.ts'
import { REFERENCE_LETTER, targetOf } from './reference.ts'
import { uniqueIds } from './uniqueIds.ts'

/** Printed fields of the document record that agencies agree to; number and date are not among them. */
export type PrintedFields = {
  title: string
  place: string
  recipients: readonly string[]
  signingTitles: Readonly<Record<string, string>>
}

/** Raise when the canonical form changes: old positions then stop counting instead of meaning something else. */
const FORM = 1

/** Nobody sees these: bidi controls, zero-width and variation characters, controls other than white space. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\s\u0085])\p{Cc}/gu
const WHITE_SPACE = /[\s\u0085]+/gu

/**
 * Letters, digits and signs in their one form, with single spaces between them: most text is nothing else. Asked of whole
 * documents again and again, so by a loop: it is many times as fast as a pattern.
 */
function isUsual(text: string): boolean {
  let isAfterSpace = true
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code === 0x20 && isAfterSpace) return false
    isAfterSpace = code === 0x20
    const known =
      (code >= 0x20 && code <= 0x7e) ||
      (code >= 0xc0 && code <= 0x24f) ||
      (code >= 0x1ea0 && code <= 0x1ef9)
    if (!known) return false
  }
  return !isAfterSpace
}

/**
 * "ế" can be typed as one code point or three, a space as NBSP or two spaces: what looks the same must be the
 * same. Invisible characters go first, since one between a letter and its mark would stop NFC from joining them.
 */
export const canonicalText = (text: string): string =>
  isUsual(text)
    ? text
    : text.replace(INVISIBLE, '').replace(WHITE_SPACE, ' ').trim().normalize('NFC')

const TONE_ON_SECOND_VOWEL =
  /(?<![qQ])(?:([oO])([aAeE])|([uU])([yY]))([\u0300\u0301\u0303\u0309\u0323])(?![\p{L}\p{M}])/gu

/** The same in NFC, before its surroundings are looked at: most texts have none. */
const MAY_FOLD = /o[àáãảạèéẽẻẹ]|u[ỳýỹỷỵ]/iu

/** `hoà` → `hòa`, `thuý` → `thúy`: the two styles differ only in open syllables ending in oa, oe, uy. Result is NFC. */
export function foldToneStyle(text: string): string {
  const composed = text.normalize('NFC')
  if (!MAY_FOLD.test(composed)) return composed
  return composed
    .normalize('NFD')
    .replace(
      TONE_ON_SECOND_VOWEL,
      (_, o = '', a = '', u = '', y = '', tone) => `${o}${u}${tone}${a}${y}`,
    )
    .normalize('NFC')
}

const comparable = (text: string) => foldToneStyle(canonicalText(text))

type Say = (run: Run) => string

/** Each cell is made canonical by itself, so that a tab typed into a cell can't look like the border of two. */
function comparableText(block: Block, say: Say): string {
  const said = (runs: readonly Run[]) => runs.map(say).join('')
  if (!isTable(block)) return comparable(said(block.runs))
  return block.rows
    .map((row) =>
      row.cells.map((cell) => comparable(cell.paragraphs.map(said).join(' '))).join('\t'),
    )
    .join('\n')
}

/** In a text with references their letter means nothing else: one that somebody typed is written with two others. */
const setApart: Say = ({ text, reference }) =>
  reference
    ? REFERENCE_LETTER
    : text.replace(/[\ufffc\ufffd]/g, (sign) => (sign === REFERENCE_LETTER ? '\ufffd1' : '\ufffd0'))

/**
 * What an agency agrees to in one clause: its words, and which clauses they refer to, whatever numbers those have.
 * Level, order, number and marks don't count here.
 */
export function clauseHash(block: Block): Sha256 {
  const known = hashes.get(block) ?? hashOf(block)
  hashes.set(block, known)
  return known
}

/** Blocks do not change, and an editor asks for those of a whole document a few times a second. */
const hashes = new WeakMap<Block, Sha256>()

function hashOf(block: Block): Sha256 {
  const targets = referencesIn(block).map(targetOf)
  const form = ['clause', FORM, comparableText(block, targets.length > 0 ? setApart : justText)]
  return sha256Hex(canonicalJson(targets.length > 0 ? [...form, targets] : form))
}

const justText: Say = ({ text }) => text

/** Order, levels and the printed record fields. Takes the ids that {@link uniqueIds} gives. */
export function structureHash(
  blocks: readonly { id: string; level: string }[],
  fields: PrintedFields,
): Sha256 {
  const ids = uniqueIds(blocks)
  const nfc = (text: string) => text.normalize('NFC')
  return sha256Hex(
    canonicalJson({
      form: ['structure', FORM],
      blocks: blocks.map((block, index) => [ids[index] ?? '', block.level]),
      title: nfc(fields.title),
      place: nfc(fields.place),
      recipients: fields.recipients.map(nfc),
      signingTitles: Object.fromEntries(
        Object.entries(fields.signingTitles).map(([agency, title]) => [agency, nfc(title)]),
      ),
    }),
  )
}

/** Everything agencies agree to in one document. @param clauseHashes in document order */
export const contentHash = (clauseHashes: readonly Sha256[], structure: Sha256): Sha256 =>
  sha256Hex(canonicalJson({ form: ['content', FORM], clauses: clauseHashes, structure }))
