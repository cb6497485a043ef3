import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { canonicalJson } from '../../shared/base/canonicalJson.ts'
import type { PlaceId } from '../../shared/signing/places.ts'
import { printedTexts, type SealedDocument } from '../../shared/signing/sealedDocument.ts'
import { FONT_FAMILY, fontFiles } from './fonts.ts'
import { LAYOUT_SOURCE } from './layoutSource.ts'
import { unprintable } from './printableCharacters.ts'
import { printModel } from './printModel.ts'

/** A signature place on its page: PDF points from the bottom left, two decimals (other tools shorten longer ones). */
export type PlaceBox = {
  placeId: PlaceId
  /** From 1. */
  page: number
  rect: readonly [number, number, number, number]
}

export type Rendered = { pdf: Uint8Array; boxes: PlaceBox[]; pages: number }

/** Name of the attached source text, as a reader of the file sees it. */
export const ATTACHMENT = 'document.json'

const A4_HEIGHT = 841.89
const WORKSPACE = '/nhat-tri'

/**
 * PDF/A-3a of the sealed document: the same bytes for the same input, in any process.
 * @throws when a character has no glyph (it is named), or when the layout does not compile
 */
export function renderDocument(document: SealedDocument): Rendered {
  requirePrintable(document)
  const compiler = NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: [...fontFiles()] }],
  })
  const put = (name: string, content: string) =>
    compiler.mapShadow(`${WORKSPACE}/${name}`, Buffer.from(content))
  put('main.typ', LAYOUT_SOURCE)
  put('print.json', JSON.stringify(printModel(document)))
  put(ATTACHMENT, canonicalJson(document))
  const compiled = compiler.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
  const { result } = compiled
  if (!result)
    throw new Error(`layout: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`)
  const marks: unknown = compiler.query(result, { selector: '<sigbox>', field: 'value' })
  const pdf = compiler.pdf(result, {
    pdfStandard: 'a-3a',
    pdfTags: true,
    creationTimestamp: Math.floor(Date.parse(document.createdAt) / 1000),
  })
  requireOwnFonts(pdf)
  return { pdf: new Uint8Array(pdf), boxes: placeBoxes(marks, document), pages: result.numOfPages }
}

function requirePrintable(document: SealedDocument): void {
  const missing = new Set([...printedTexts(document)].flatMap(unprintable))
  if (missing.size === 0) return
  const named = [...missing].map((c) => `“${c}” (U+${hex(c.codePointAt(0) ?? 0)})`)
  throw new Error(`the font cannot print ${named.join(', ')}`)
}

const hex = (codePoint: number) => codePoint.toString(16).toUpperCase().padStart(4, '0')

/** Fonts of the machine stay visible to the compiler; none may slip into a sealed file. */
function requireOwnFonts(pdf: Buffer): void {
  const names = [...pdf.toString('latin1').matchAll(/\/FontName \/(?:[A-Z]{6}\+)?([\w-]+)/g)]
  const foreign = names.map((match) => match[1]).find((name) => name?.split('-')[0] !== FONT_FAMILY)
  if (names.length === 0 || foreign) throw new Error(`unexpected font: ${foreign ?? 'none'}`)
}

type Mark = { id: string; page: number; x: number; y: number; width: number; height: number }

function placeBoxes(marks: unknown, document: SealedDocument): PlaceBox[] {
  const wanted = document.signers.flatMap(({ places }) => [places.person, places.seal])
  const found = new Map((marks as Mark[]).map((mark) => [mark.id, mark]))
  if (found.size !== wanted.length) throw new Error('layout: a signature place is missing')
  return wanted.map((placeId) => {
    const mark = found.get(placeId)
    if (!mark) throw new Error(`layout: no place ${placeId}`)
    const { x, y, width, height } = mark
    const rect = [x, A4_HEIGHT - y - height, x + width, A4_HEIGHT - y] as const
    return { placeId, page: mark.page, rect: rect.map(twoDecimals) as unknown as PlaceBox['rect'] }
  })
}

const twoDecimals = (points: number) => Math.round(points * 100) / 100
