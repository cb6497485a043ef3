import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { TrueTypeFont } from './trueTypeFont.ts'

/**
 * Tinos from npm: the metrics of Times New Roman, every Vietnamese letter, and the same bytes on every machine
 * (Debian's Liberation Serif 1 lacks 92 Vietnamese letters).
 */
const FACES = [
  '400Regular/Tinos_400Regular.ttf',
  '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  '700Bold/Tinos_700Bold.ttf',
  '700Bold_Italic/Tinos_700Bold_Italic.ttf',
] as const

export const FONT_FAMILY = 'Tinos'

const require = createRequire(import.meta.url)
let files: Buffer[] | undefined
let regular: TrueTypeFont | undefined

/** The four faces: regular, italic, bold, bold italic. */
export function fontFiles(): readonly Buffer[] {
  files ??= FACES.map((face) => readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}`)))
  return files
}

export function regularFont(): TrueTypeFont {
  regular ??= new TrueTypeFont(fontFiles()[0] as Buffer)
  return regular
}
