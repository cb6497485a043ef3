import type { PdfFile } from './pdfFile.ts'
import {
  isArray,
  isDict,
  PdfError,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfValue,
} from './pdfSyntax.ts'

/** One object of a new revision; `body` is what stands between `obj` and `endobj`. */
export type WrittenObject = { number: number; body: Buffer }

/** Number of the next object that a revision of this file may add. */
export function nextObjectNumber(file: PdfFile): number {
  const size = file.revisions.at(-1)?.trailer.get('Size')
  if (typeof size !== 'number') throw new PdfError('trailer without Size')
  return size
}

/**
 * The file with one more revision behind it; not a byte before it is touched, so that earlier signatures hold.
 * @returns the new file and where each object's body starts in it
 */
export function appendRevision(
  file: PdfFile,
  objects: readonly WrittenObject[],
): { bytes: Buffer; bodies: ReadonlyMap<number, number> } {
  const last = file.revisions.at(-1)
  if (!last) throw new PdfError('empty file')
  const sorted = [...objects].sort((a, b) => a.number - b.number)
  const parts: Buffer[] = [Buffer.from(file.bytes)]
  let at = file.bytes.length
  const add = (part: Buffer) => {
    parts.push(part)
    at += part.length
  }
  if (file.bytes.at(-1) !== 10) add(Buffer.from('\n'))
  const offsets = new Map<number, number>()
  const bodies = new Map<number, number>()
  for (const { number, body } of sorted) {
    offsets.set(number, at)
    add(Buffer.from(`${number} 0 obj\n`))
    bodies.set(number, at)
    add(body)
    add(Buffer.from('\nendobj\n'))
  }
  const xrefAt = at
  const size = Math.max(nextObjectNumber(file), (sorted.at(-1)?.number ?? 0) + 1)
  const trailer = new Map(last.trailer)
  trailer.set('Size', size)
  trailer.set('Prev', last.xrefAt)
  add(Buffer.from(`xref\n${subsections(offsets)}trailer\n`))
  add(writeValue(trailer))
  add(Buffer.from(`\nstartxref\n${xrefAt}\n%%EOF\n`))
  return { bytes: Buffer.concat(parts), bodies }
}

function subsections(offsets: ReadonlyMap<number, number>): string {
  let text = ''
  let run: [number, number][] = []
  const flush = () => {
    if (run.length === 0) return
    text += `${run[0]?.[0]} ${run.length}\n`
    for (const [, offset] of run) text += `${String(offset).padStart(10, '0')} 00000 n \n`
    run = []
  }
  for (const entry of offsets) {
    const before = run.at(-1)
    if (before && before[0] + 1 !== entry[0]) flush()
    run.push(entry)
  }
  flush()
  return text
}

export function writeValue(value: PdfValue): Buffer {
  if (value instanceof PdfStream)
    return Buffer.concat([
      writeValue(value.dict),
      Buffer.from('\nstream\n'),
      value.raw,
      Buffer.from('\nendstream'),
    ])
  return Buffer.from(writeText(value), 'latin1')
}

function writeText(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  if (value instanceof PdfName) return `/${writeName(value.name)}`
  if (value instanceof PdfRef) return `${value.number} 0 R`
  if (value instanceof PdfString) return `<${Buffer.from(value.bytes).toString('hex')}>`
  if (isArray(value)) return `[${value.map(writeText).join(' ')}]`
  if (isDict(value))
    return `<<${[...value].map(([key, item]) => ` /${writeName(key)} ${writeText(item)}`).join('')} >>`
  throw new PdfError('a stream cannot stand inside a value')
}

const writeNumber = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toFixed(5)))

const writeName = (name: string) =>
  name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`)

export const name = (text: string): PdfName => new PdfName(text)
export const ref = (number: number): PdfRef => new PdfRef(number)
export const dict = (entries: Record<string, PdfValue>): Map<string, PdfValue> =>
  new Map(Object.entries(entries))

/** ASCII as it is, anything else as UTF-16 with its mark. */
export function textString(text: string): PdfString {
  if (/^[ -~]*$/.test(text)) return new PdfString(Buffer.from(text, 'latin1'), 0, 0)
  const units = Buffer.from(text, 'utf16le').swap16()
  return new PdfString(Buffer.concat([Buffer.from([0xfe, 0xff]), units]), 0, 0)
}

/** The other way round. */
export function readTextString(value: PdfValue | undefined): string | undefined {
  if (!(value instanceof PdfString)) return undefined
  const bytes = Buffer.from(value.bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0)
    return bytes.subarray(2).swap16().toString('utf16le')
  return bytes.toString('latin1')
}
