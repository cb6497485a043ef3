import type { PlaceId } from '../../shared/signing/places.ts'
import { formXObject } from './appearance.ts'
import { appearanceFont, FONT_OBJECTS } from './appearanceFont.ts'
import { PdfFile } from './pdfFile.ts'
import {
  appendRevision,
  dict,
  name,
  nextObjectNumber,
  ref,
  textString,
  type WrittenObject,
  writeValue,
} from './pdfIncrement.ts'
import {
  isArray,
  isDict,
  nameOf,
  type PdfDict,
  PdfError,
  PdfRef,
  type PdfValue,
} from './pdfSyntax.ts'
import type { PlaceBox } from './renderDocument.ts'

/** Print, and locked: the box itself cannot be moved. */
const WIDGET_FLAGS = 132
/** Signatures exist; append only. */
const SIG_FLAGS = 3
/** Resource name of the shared font in the form. */
const FORM_FONT = 'Tinos'

/**
 * The rendered file with one empty signature field per place, all made before the first signature: a signer fills a
 * field and adds none. This is the base of everything signed.
 */
export function addSignatureFields(rendered: Uint8Array, boxes: readonly PlaceBox[]): Buffer {
  const file = new PdfFile(rendered)
  const font = nextObjectNumber(file)
  const empty = font + FONT_OBJECTS
  const sizes = [...new Set(boxes.map(sizeOf))]
  const firstField = empty + sizes.length
  const pages = pageNumbers(file)
  const fieldsByPage = new Map<number, number[]>()
  const objects: WrittenObject[] = appearanceFont(font)
  sizes.forEach((size, i) => {
    const [width = 0, height = 0] = size.split(' ').map(Number)
    const form = formXObject({ width, height }, '', font)
    objects.push({ number: empty + i, body: writeValue(form) })
  })
  boxes.forEach((box, i) => {
    const page = pages[box.page - 1]
    if (page === undefined) throw new PdfError(`no page ${box.page}`)
    const number = firstField + i
    fieldsByPage.set(page, [...(fieldsByPage.get(page) ?? []), number])
    const field = emptyField(box, page, empty + sizes.indexOf(sizeOf(box)))
    objects.push({ number, body: writeValue(field) })
  })
  for (const [page, fields] of fieldsByPage) {
    const before = new Map(file.dict(new PdfRef(page), 'page'))
    const annots = file.resolve(before.get('Annots'))
    before.set('Annots', [...(isArray(annots) ? annots : []), ...fields.map(ref)])
    objects.push({ number: page, body: writeValue(before) })
  }
  const root = file.revisions.at(-1)?.trailer.get('Root')
  if (!(root instanceof PdfRef)) throw new PdfError('no catalog')
  const catalog = new Map(file.catalog())
  catalog.set(
    'AcroForm',
    dict({
      Fields: boxes.map((_, i) => ref(firstField + i)),
      SigFlags: SIG_FLAGS,
      DR: dict({ Font: dict({ [FORM_FONT]: ref(font) }) }),
    }),
  )
  objects.push({ number: root.number, body: writeValue(catalog) })
  return appendRevision(file, objects).bytes
}

const sizeOf = ({ rect: [left, bottom, right, top] }: PlaceBox) =>
  `${twoDecimals(right - left)} ${twoDecimals(top - bottom)}`

export const twoDecimals = (points: number): number => Math.round(points * 100) / 100

function emptyField(box: PlaceBox, page: number, appearance: number): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: textString(box.placeId),
    TU: textString(`Chữ ký ${box.placeId}`),
    F: WIDGET_FLAGS,
    Rect: [...box.rect],
    P: ref(page),
    AP: dict({ N: ref(appearance) }),
  })
}

/** Object numbers of the pages, in order. */
export function pageNumbers(file: PdfFile): number[] {
  const walk = (node: PdfValue | undefined, depth: number): number[] => {
    if (!(node instanceof PdfRef) || depth > 32) throw new PdfError('malformed page tree')
    const entry = file.dict(node, 'page tree')
    if (nameOf(entry.get('Type')) === 'Page') return [node.number]
    const kids = file.resolve(entry.get('Kids'))
    if (!isArray(kids)) throw new PdfError('malformed page tree')
    return kids.flatMap((kid) => walk(kid, depth + 1))
  }
  return walk(file.catalog().get('Pages'), 0)
}

export type Field = { placeId: PlaceId; number: number; dict: PdfDict }

/** Signature fields of a file as of a revision, in the order of the form. */
export function signatureFields(file: PdfFile, revision: number): Field[] {
  const form = file.resolve(file.catalog(revision).get('AcroForm'), revision)
  if (!isDict(form)) return []
  const fields = form.get('Fields')
  if (!isArray(fields)) throw new PdfError('malformed form')
  return fields.map((field) => {
    if (!(field instanceof PdfRef)) throw new PdfError('malformed form')
    const entry = file.dict(field, 'field', revision)
    const placeId = placeName(entry)
    return { placeId: placeId as PlaceId, number: field.number, dict: entry }
  })
}

function placeName(field: PdfDict): string {
  const title = field.get('T')
  if (
    nameOf(field.get('FT')) !== 'Sig' ||
    !(title !== null && typeof title === 'object' && 'bytes' in title)
  )
    throw new PdfError('a field that is no signature')
  return Buffer.from(title.bytes).toString('latin1')
}

/** Object number of the font that signatures write with. */
export function formFont(file: PdfFile, revision: number): number {
  const form = file.dict(file.catalog(revision).get('AcroForm'), 'form', revision)
  const resources = file.dict(form.get('DR'), 'form resources', revision)
  const font = file.dict(resources.get('Font'), 'form fonts', revision).get(FORM_FONT)
  if (!(font instanceof PdfRef)) throw new PdfError('the form has no font')
  return font.number
}
