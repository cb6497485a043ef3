import { inflateSync } from 'node:zlib'
import { FONT_NAME } from './appearance.ts'
import type { PdfFile } from './pdfFile.ts'
import {
  isArray,
  isDict,
  nameOf,
  type PdfDict,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfValue,
  sameValue,
} from './pdfSyntax.ts'
import { type Field, formFont, signatureFields, twoDecimals } from './signatureFields.ts'
import { SUB_FILTER } from './signatureRevision.ts'
import { VerifyError } from './verifyProblem.ts'

export type SignedRevision = {
  field: Field
  /** Four numbers of the byte range. */
  range: readonly number[]
  contents: PdfString
  /** Claimed time as written: `D:20220228080405Z`. */
  time: string
  name: PdfValue | undefined
}

const MAX_APPEARANCE = 64 * 1024

/**
 * What a revision after the base may do: fill one empty signature field, with one signature and one appearance, and
 * nothing else. A later, valid signature that covers a forbidden change makes it no better, and ordinary readers
 * show such a file as clean; only this comparison refuses it.
 */
export function judgeRevision(file: PdfFile, index: number): SignedRevision {
  const revision = file.revisions[index]
  const before = file.revisions[index - 1]
  if (!revision || !before) throw new VerifyError('file/malformed', 'no such revision')
  const refuse = (detail: string): never => {
    throw new VerifyError('revision/forbidden-change', detail)
  }
  const size = before.trailer.get('Size')
  if (typeof size !== 'number') return refuse('trailer')
  const wanted = new Map(before.trailer)
  wanted.set('Size', size + 2).set('Prev', before.xrefAt)
  if (!sameValue(wanted, revision.trailer)) refuse('trailer')
  const changed = [...revision.objects.keys()].filter((number) => number < size)
  const fields = signatureFields(file, index - 1)
  for (const number of changed)
    if (!fields.some((field) => field.number === number)) refuse(`object ${number}`)
  const field = fields.find(({ number }) => number === changed[0])
  if (!field || changed.length !== 1 || revision.objects.size !== 3)
    return refuse('more than one field filled')
  if (field.dict.has('V')) throw new VerifyError('revision/signed-field', field.placeId)
  const filled = file.dict(new PdfRef(field.number), 'field', index)
  const expected = new Map(field.dict)
  expected.set('V', new PdfRef(size)).set('AP', new Map([['N', new PdfRef(size + 1)]]))
  if (!sameValue(expected, filled)) refuse(`field ${field.placeId}`)
  judgeAppearance(file, index, size + 1, field)
  return { field, ...signatureEntries(file.dict(new PdfRef(size), 'signature', index)) }
}

const ENTRIES = ['ByteRange', 'Contents', 'Filter', 'M', 'Name', 'Reason', 'SubFilter', 'Type']

function signatureEntries(entry: PdfDict): Omit<SignedRevision, 'field'> {
  const keys = [...entry.keys()].sort()
  const range = entry.get('ByteRange')
  const contents = entry.get('Contents')
  const time = entry.get('M')
  if (
    keys.join() !== ENTRIES.join() ||
    nameOf(entry.get('Type')) !== 'Sig' ||
    nameOf(entry.get('Filter')) !== 'Adobe.PPKLite' ||
    nameOf(entry.get('SubFilter')) !== SUB_FILTER ||
    !isArray(range) ||
    range.length !== 4 ||
    !(contents instanceof PdfString) ||
    !(time instanceof PdfString)
  )
    throw new VerifyError('revision/forbidden-change', 'signature dictionary')
  return {
    range: range.map(Number),
    contents,
    time: Buffer.from(time.bytes).toString('latin1'),
    name: entry.get('Name'),
  }
}

/** A form as large as the field, drawing lines of text and a frame, with the one shared font. */
function judgeAppearance(file: PdfFile, index: number, number: number, field: Field): void {
  const form = file.object(number, index)
  const [left, bottom, right, top] = rectOf(field.dict)
  const font = new PdfRef(formFont(file, index))
  const entries = (length: PdfValue) =>
    new Map<string, PdfValue>([
      ['Type', new PdfName('XObject')],
      ['Subtype', new PdfName('Form')],
      ['BBox', [0, 0, twoDecimals(right - left), twoDecimals(top - bottom)]],
      ['Resources', new Map([['Font', new Map([[FONT_NAME, font]])]])],
      ['Filter', new PdfName('FlateDecode')],
      ['Length', length],
    ])
  const good =
    form instanceof PdfStream &&
    sameValue(entries(form.dict.get('Length') ?? null), form.dict) &&
    drawsTextOnly(form.raw)
  if (!good) throw new VerifyError('revision/appearance', field.placeId)
}

const NUMBER = String.raw`\d{1,4}(?:\.\d{1,2})?`
const OPERATORS = new RegExp(
  [
    `(?:${NUMBER} ){3}rg`,
    `(?:${NUMBER} ){3}RG ${`(?:${NUMBER} ){3}`}rg`,
    `${NUMBER} w (?:${NUMBER} ){4}re S`,
    `BT /${FONT_NAME} ${NUMBER} Tf 1 0 0 1 ${NUMBER} ${NUMBER} Tm <[0-9A-F]*> Tj ET`,
  ]
    .map((line) => `^${line}$`)
    .join('|'),
)

function drawsTextOnly(raw: Uint8Array): boolean {
  let content: string
  try {
    content = inflateSync(raw, { maxOutputLength: MAX_APPEARANCE }).toString('latin1')
  } catch {
    // Not a deflated stream, or one that unpacks without end.
    return false
  }
  return content
    .trimEnd()
    .split('\n')
    .every((line) => OPERATORS.test(line))
}

export function rectOf(field: PdfDict): [number, number, number, number] {
  const rect = field.get('Rect')
  if (!isArray(rect) || rect.length !== 4 || rect.some((n) => typeof n !== 'number'))
    throw new VerifyError('base/fields', 'box')
  return rect as unknown as [number, number, number, number]
}

const ACTIVE = new Set(['OpenAction', 'AA', 'JS', 'JavaScript', 'XFA', 'OCProperties', 'RichMedia'])

/** Whether a value holds what could run or hide something when the file is opened. */
export function isActive(value: PdfValue | undefined): boolean {
  if (value instanceof PdfStream) return isActive(value.dict)
  if (isArray(value)) return value.some((item) => isActive(item))
  if (isDict(value))
    return [...value].some(
      ([key, item]) => ACTIVE.has(key) || nameOf(item) === 'Launch' || isActive(item),
    )
  return false
}
