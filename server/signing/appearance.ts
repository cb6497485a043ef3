import { deflateSync } from 'node:zlib'
import type { PlaceKind } from '../../shared/signing/api.ts'
import { glyphsOf, hex, textWidth } from './appearanceFont.ts'
import { dict, name, ref } from './pdfIncrement.ts'
import { PdfStream } from './pdfSyntax.ts'

/** What certificate and appearance of the bloc's own authority say of themselves, in every file. */
export const TEST_LABEL = 'chữ ký thử nghiệm'

export type SignatureText = {
  kind: PlaceKind
  person: string
  agency: string
  /** Milliseconds since 1970. */
  at: number
}

const BLUE = '0.04 0.2 0.6'
const RED = '0.78 0.05 0.05'
const mm = (millimetres: number) => (millimetres * 72) / 25.4

type Line = { text: string; size: number }
type Area = { x: number; y: number; width: number; height: number }

/** Resource name of the shared font inside an appearance. */
export const FONT_NAME = 'T'

/**
 * What a signature shows: the person's words in blue, the agency's seal as a red frame (Decree 30, Phụ lục I). The
 * seal covers the left third of the person's box, so neither writes where the other does.
 */
export function signatureAppearance(
  text: SignatureText,
  size: { width: number; height: number },
  fontObject: number,
): PdfStream {
  const content = text.kind === 'person' ? personContent(text, size) : sealContent(text, size)
  return formXObject(size, content, fontObject)
}

export function formXObject(
  size: { width: number; height: number },
  content: string,
  fontObject: number,
): PdfStream {
  const raw = deflateSync(Buffer.from(content, 'latin1'), { level: 9 })
  const entries = {
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, size.width, size.height],
    Resources: dict({ Font: dict({ [FONT_NAME]: ref(fontObject) }) }),
    Filter: name('FlateDecode'),
    Length: raw.length,
  }
  return new PdfStream(dict(entries), raw)
}

function personContent(text: SignatureText, size: { width: number; height: number }): string {
  const left = mm(16.5)
  const area = { x: left, y: 0, width: size.width - left - 1, height: size.height }
  return `${BLUE} rg\n${centred(
    [
      { text: text.person, size: 8.5 },
      { text: text.agency, size: 6.5 },
      { text: vietnamTime(text.at), size: 6.5 },
      { text: TEST_LABEL, size: 6.5 },
    ],
    area,
  )}`
}

function sealContent(text: SignatureText, { width, height }: { width: number; height: number }) {
  const strip = mm(8)
  const frame = (inset: number, line: number) =>
    `${line} w ${inset} ${inset} ${num(width - 2 * inset)} ${num(height - 2 * inset)} re S\n`
  return [
    `${RED} RG ${RED} rg\n`,
    frame(1, 1.4),
    frame(3, 0.5),
    centred([{ text: text.agency, size: 7 }], {
      x: 4,
      y: height - strip,
      width: width - 8,
      height: strip - 3,
    }),
    centred(
      [
        { text: 'CHỮ KÝ SỐ', size: 7.5 },
        { text: 'CƠ QUAN', size: 7.5 },
      ],
      { x: 4, y: strip, width: mm(20) - 4, height: height - 2 * strip },
    ),
    centred(
      [
        { text: vietnamTime(text.at), size: 6.2 },
        { text: TEST_LABEL, size: 6.2 },
      ],
      { x: 4, y: 3, width: width - 8, height: strip - 3 },
    ),
  ].join('')
}

/** Lines wrapped to the area and shrunk until all of them fit, centred both ways. */
function centred(wanted: readonly Line[], area: Area): string {
  for (let scale = 1; ; scale -= 0.05) {
    const lines = wanted.flatMap(({ text, size }) =>
      wrap(text, size * scale, area.width).map((part) => ({ text: part, size: size * scale })),
    )
    const height = lines.reduce((sum, line) => sum + line.size * 1.12, 0)
    const fits =
      height <= area.height && lines.every((l) => textWidth(l.text, l.size) <= area.width)
    if (!fits && scale > 0.3) continue
    let y = area.y + (area.height + height) / 2
    return lines
      .map((line) => {
        y -= line.size * 1.12
        const x = area.x + (area.width - textWidth(line.text, line.size)) / 2
        const glyphs = glyphsOf(line.text).map(hex).join('')
        const at = `${num(x)} ${num(y + line.size * 0.25)}`
        return `BT /${FONT_NAME} ${num(line.size)} Tf 1 0 0 1 ${at} Tm <${glyphs}> Tj ET\n`
      })
      .join('')
  }
}

function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/u)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

const num = (points: number) => String(Math.round(points * 100) / 100)

/** Decree 30 asks for date, time and zone in Vietnam's time: `28/02/2022 15:04:05 +07:00`. */
export function vietnamTime(at: number): string {
  const iso = new Date(at + 7 * 3_600_000).toISOString()
  const [year, month, day] = iso.slice(0, 10).split('-')
  return `${day}/${month}/${year} ${iso.slice(11, 19)} +07:00`
}
