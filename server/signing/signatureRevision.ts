import { createHash } from 'node:crypto'
import type { PlaceId } from '../../shared/signing/places.ts'
import { type SignatureText, signatureAppearance } from './appearance.ts'
import { PdfFile } from './pdfFile.ts'
import {
  appendRevision,
  dict,
  name,
  nextObjectNumber,
  ref,
  textString,
  writeValue,
} from './pdfIncrement.ts'
import { isArray, PdfError, type PdfValue } from './pdfSyntax.ts'
import { formFont, signatureFields, twoDecimals } from './signatureFields.ts'

/** Room for the CMS, in bytes; one of ours takes about a tenth, a time stamp of a chain the rest. */
export const CONTENTS_BYTES = 12_000
const RANGE_DIGITS = 10
export const SUB_FILTER = 'ETSI.CAdES.detached'

/** Where the signature value goes: offsets of `<` and of the byte behind `>`. */
export type Hole = { start: number; end: number }

/**
 * The file with the field of one place filled but for the signature value.
 * @throws {PdfError} when there is no such empty field
 */
export function prepareSignature(
  current: Uint8Array,
  placeId: PlaceId,
  text: SignatureText,
): { bytes: Buffer; hole: Hole } {
  const file = new PdfFile(current)
  const last = file.revisions.length - 1
  const field = signatureFields(file, last).find((f) => f.placeId === placeId)
  if (!field || field.dict.has('V')) throw new PdfError(`no empty field ${placeId}`)
  const signature = nextObjectNumber(file)
  const appearance = signature + 1
  const filled = new Map(field.dict)
  filled.set('V', ref(signature))
  filled.set('AP', dict({ N: ref(appearance) }))
  const form = signatureAppearance(text, boxSize(field.dict.get('Rect')), formFont(file, last))
  const { bytes, bodies } = appendRevision(file, [
    { number: field.number, body: writeValue(filled) },
    { number: signature, body: signatureDictionary(placeId, text) },
    { number: appearance, body: writeValue(form) },
  ])
  const start = bytes.indexOf('/Contents <', bodies.get(signature)) + '/Contents '.length
  const hole = { start, end: start + 2 * CONTENTS_BYTES + 2 }
  const range = byteRange(hole, bytes.length)
  const at = bytes.indexOf('/ByteRange [', bodies.get(signature)) + '/ByteRange ['.length
  const digits = range.map((n) => String(n).padEnd(RANGE_DIGITS)).join(' ')
  bytes.write(digits, at, 'latin1')
  return { bytes, hole }
}

export const byteRange = ({ start, end }: Hole, length: number) =>
  [0, start, end, length - end] as const

/** SHA-256 of everything but the hole. */
export function digestAround(bytes: Uint8Array, { start, end }: Hole): Buffer {
  return createHash('sha256').update(bytes.subarray(0, start)).update(bytes.subarray(end)).digest()
}

/** The file with the signature value in its place. */
export function fillSignature(prepared: Uint8Array, { start }: Hole, cms: Uint8Array): Buffer {
  if (cms.length > CONTENTS_BYTES) throw new PdfError('the signature is too large')
  const bytes = Buffer.from(prepared)
  bytes.write(Buffer.from(cms).toString('hex'), start + 1, 'latin1')
  return bytes
}

function boxSize(rect: PdfValue | undefined): { width: number; height: number } {
  const [left, bottom, right, top] = isArray(rect) ? rect.map(Number) : []
  if (left === undefined || bottom === undefined || right === undefined || top === undefined)
    throw new PdfError('field without a box')
  return { width: twoDecimals(right - left), height: twoDecimals(top - bottom) }
}

function signatureDictionary(placeId: PlaceId, text: SignatureText): Buffer {
  const words = dict({
    M: textString(pdfDate(text.at)),
    Name: textString(text.kind === 'person' ? text.person : text.agency),
    Reason: textString(`Ký tại ${placeId}`),
  })
  const body = [
    '<< /Type /Sig /Filter /Adobe.PPKLite',
    `/SubFilter ${writeValue(name(SUB_FILTER)).toString('latin1')}`,
    `/ByteRange [${Array(4).fill(' '.repeat(RANGE_DIGITS)).join(' ')}]`,
    `/Contents <${'0'.repeat(2 * CONTENTS_BYTES)}>`,
    writeValue(words).toString('latin1').slice(3, -3),
    '>>',
  ]
  return Buffer.from(body.join('\n'), 'latin1')
}

/** `D:20220228080405Z`: the time the signer's server claims; whole seconds. */
export const pdfDate = (at: number): string =>
  `D:${new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`
