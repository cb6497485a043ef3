import { decodeTcvn3 } from './tcvn3.ts'
import { decodeViqr } from './viqr.ts'
import { decodeVni } from './vni.ts'

/** How Vietnamese was written before Unicode. */
export const LEGACY_ENCODINGS = ['tcvn3', 'vni', 'viqr'] as const
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number]

/** How a text that stood in one font is to be read. */
export type LegacyReading = { encoding: LegacyEncoding; capitals: boolean }

/** @returns NFC */
export function decodeLegacy(text: string, { encoding, capitals }: LegacyReading): string {
  switch (encoding) {
    case 'tcvn3':
      return decodeTcvn3(text, capitals).normalize('NFC')
    case 'vni':
      return decodeVni(text).normalize('NFC')
    case 'viqr':
      return decodeViqr(text).normalize('NFC')
  }
}

/**
 * What the name of a font says: `.VnTime` is TCVN3, `.VnTimeH` its capitals, `VNI-Times` is VNI. Null for others.
 * @param font a CSS `font-family` value; only its first name counts
 */
export function legacyFont(font: string): LegacyReading | null {
  const name = (font.split(',')[0] ?? '').replace(/["']/g, '').trim()
  if (/^\.vn/i.test(name)) return { encoding: 'tcvn3', capitals: /h$/i.test(name) }
  return /^vni-/i.test(name) ? { encoding: 'vni', capitals: false } : null
}
