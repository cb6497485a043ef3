import { deflateSync } from 'node:zlib'
import { regularFont } from './fonts.ts'
import { dict, name, ref, textString, type WrittenObject, writeValue } from './pdfIncrement.ts'
import { PdfStream, type PdfValue } from './pdfSyntax.ts'
import { subsetFont } from './subsetFont.ts'

/** Latin letters of every European language, all Vietnamese ones, and the signs that names and times use. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0x24f],
  [0x300, 0x309],
  [0x323, 0x323],
  [0x1e00, 0x1eff],
  [0x2010, 0x2026],
  [0x20ab, 0x20ab],
] as const

/** Objects that {@link appearanceFont} needs numbers for. */
export const FONT_OBJECTS = 5

let glyphs: ReadonlyMap<number, number> | undefined

function appearanceGlyphs(): ReadonlyMap<number, number> {
  if (glyphs) return glyphs
  const found = new Map<number, number>()
  for (const [from, to] of RANGES)
    for (let code = from; code <= to; code += 1) {
      const glyph = regularFont().glyph(code)
      if (glyph !== undefined) found.set(code, glyph)
    }
  glyphs = found
  return found
}

/** Glyphs of a line, `?` for what the embedded font lacks: a signature is never refused for its signer's name. */
export function glyphsOf(text: string): number[] {
  const known = appearanceGlyphs()
  const unknown = known.get(0x3f) ?? 0
  return [...text.normalize('NFC')].map((c) => known.get(c.codePointAt(0) ?? 0) ?? unknown)
}

/** Width in points. */
export const textWidth = (text: string, size: number): number =>
  glyphsOf(text).reduce((sum, glyph) => sum + regularFont().width(glyph), 0) * (size / 1000)

/**
 * One font for the texts of all signatures, embedded before the first of them: later revisions only refer to it.
 * @param first number of its first object; it takes {@link FONT_OBJECTS}, the first being the font itself
 */
export function appearanceFont(first: number): WrittenObject[] {
  const font = regularFont()
  const used = [...new Set(appearanceGlyphs().values())].sort((a, b) => a - b)
  const baseFont = name('NHTTRI+Tinos')
  const [descendant, descriptor, file, unicode] = [first + 1, first + 2, first + 3, first + 4]
  const write = (number: number, value: PdfValue) => ({ number, body: writeValue(value) })
  return [
    write(
      first,
      dict({
        Type: name('Font'),
        Subtype: name('Type0'),
        BaseFont: baseFont,
        Encoding: name('Identity-H'),
        DescendantFonts: [ref(descendant)],
        ToUnicode: ref(unicode),
      }),
    ),
    write(
      descendant,
      dict({
        Type: name('Font'),
        Subtype: name('CIDFontType2'),
        BaseFont: baseFont,
        CIDSystemInfo: cidSystemInfo(),
        FontDescriptor: ref(descriptor),
        DW: 0,
        CIDToGIDMap: name('Identity'),
        W: used.flatMap((glyph) => [glyph, [font.width(glyph)]]),
      }),
    ),
    write(descriptor, fontDescriptor(baseFont, file)),
    write(file, fontFile(subsetFont(font, used))),
    write(unicode, packed(Buffer.from(toUnicode()))),
  ]
}

const cidSystemInfo = () =>
  dict({ Registry: textString('Adobe'), Ordering: textString('Identity'), Supplement: 0 })

function fontDescriptor(baseFont: PdfValue, file: number): PdfValue {
  const font = regularFont()
  const head = font.table('head')
  const hhea = font.table('hhea')
  const scale = (units: number) => Math.round((units * 1000) / font.unitsPerEm)
  return dict({
    Type: name('FontDescriptor'),
    FontName: baseFont,
    Flags: 4,
    FontBBox: [36, 38, 40, 42].map((at) => scale(head.readInt16BE(at))),
    ItalicAngle: 0,
    Ascent: scale(hhea.readInt16BE(4)),
    Descent: scale(hhea.readInt16BE(6)),
    CapHeight: 662,
    StemV: 80,
    FontFile2: ref(file),
  })
}

const packed = (bytes: Buffer, extra: Record<string, PdfValue> = {}) => {
  const raw = deflateSync(bytes, { level: 9 })
  return new PdfStream(dict({ Length: raw.length, Filter: name('FlateDecode'), ...extra }), raw)
}

const fontFile = (bytes: Buffer) => packed(bytes, { Length1: bytes.length })

function toUnicode(): string {
  const letters = new Map<number, number>()
  for (const [code, glyph] of appearanceGlyphs()) if (!letters.has(glyph)) letters.set(glyph, code)
  const lines = [...letters].map(([glyph, code]) => `<${hex(glyph)}> <${hex(code)}>`)
  const blocks: string[] = []
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

export const hex = (unit: number): string => unit.toString(16).toUpperCase().padStart(4, '0')
