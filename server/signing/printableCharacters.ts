import { printedText } from '../../shared/signing/sealedDocument.ts'
import { fontFiles } from './fonts.ts'
import { TrueTypeFont } from './trueTypeFont.ts'

let printable: ReadonlySet<number> | undefined

/** Code points that all four faces can print: the text may become bold or italic later. */
function printableCodePoints(): ReadonlySet<number> {
  if (printable) return printable
  const faces = fontFiles().map((file) => new TrueTypeFont(file))
  const [first, ...others] = faces
  printable = new Set(
    [...(first?.codePoints() ?? [])].filter((code) =>
      others.every((face) => face.glyph(code) !== undefined),
    ),
  )
  return printable
}

/**
 * Whether a character of a text can stand in the sealed file. What printing leaves out anyway (controls, zero-width
 * signs) is no obstacle.
 */
export function canPrint(codePoint: number): boolean {
  if (printableCodePoints().has(codePoint)) return true
  const text = printedText(String.fromCodePoint(codePoint))
  return text === '' || text === ' '
}

/** The characters of a text that the font cannot print, each once, in order. */
export function unprintable(text: string): string[] {
  const missing = [...printedText(text)].filter((c) => !canPrint(c.codePointAt(0) ?? 0))
  return [...new Set(missing)]
}
