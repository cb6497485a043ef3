import { canonicalText } from '../hash.ts'

/** An exact decimal in integers of the last place: 12,50 is `{units: 1250n, places: 2}`. */
export type Decimal = { units: bigint; places: number }

/** What stands where points are expected; `other` is words, a range, or a number written in another way. */
export type Points = Decimal | 'blank' | 'other'

const NUMBER = /^([+−–-]?)(\d{1,12}|[1-9]\d{0,2}(?:\.\d{3}){1,4})(?:,(\d{1,6}))?$/u
const BLANK = /^[-–—−._…\s]*$/u
/** Around a number: `tối đa 5`, `5 điểm`, `5đ`. */
const AROUND = /^(?:tối đa\s+)?(.*?)(?:\s*(?:điểm|đ))?$/iu

/** As Vietnamese writes numbers: comma before decimals, dots between thousands. */
export function readDecimal(text: string): Decimal | null {
  const [, sign = '', whole = '', decimals = ''] = NUMBER.exec(text) ?? []
  if (whole === '') return null
  const units = BigInt(whole.replaceAll('.', '') + decimals)
  return { units: sign === '' || sign === '+' ? units : -units, places: decimals.length }
}

export function readPoints(text: string): Points {
  const line = canonicalText(text)
  if (BLANK.test(line)) return 'blank'
  return readDecimal(AROUND.exec(line)?.[1] ?? line) ?? 'other'
}

export const isNumber = (points: Points): points is Decimal => typeof points === 'object'

const at = ({ units, places }: Decimal, wanted: number) => units * 10n ** BigInt(wanted - places)

export function sum(parts: readonly Decimal[]): Decimal {
  const places = Math.max(0, ...parts.map((part) => part.places))
  return { units: parts.reduce((total, part) => total + at(part, places), 0n), places }
}

/** Below zero, zero or above, as `one` is less than, equal to or more than `other`. */
export function compare(one: Decimal, other: Decimal): number {
  const places = Math.max(one.places, other.places)
  const difference = at(one, places) - at(other, places)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** `1.000,5`: without zeros behind the last decimal that counts. */
export function writeDecimal({ units, places }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(?:\d{3})+$)/gu, '.')
  const decimals = digits.slice(digits.length - places).replace(/0+$/u, '')
  return `${units < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `,${decimals}`}`
}
