import { fromBase64, toBase64 } from 'lib0/buffer'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { texts } from '../clauses/inlineText.ts'

/**
 * What a thread on words hangs on. It stands outside the text: a mark within would change the clause's hash and go
 * with every undo (B46 to B49). Positions in the sense of Yjs follow the letters; where those were written anew, by
 * a move or a split, the words themselves are looked for, told apart by what stood around them.
 */
export type Anchor = {
  start: Y.RelativePosition
  /** Null in an anchor of another program, which may be one position alone. */
  end: Y.RelativePosition | null
  /** The letters, a reference as U+FFFC. */
  exact: string
  prefix: string
  suffix: string
}

/** Letters before and after that are remembered. */
const AROUND = 32
/** UTF-16 units that a thread may be on; so an anchor stays below the limit of its field. */
export const QUOTE_LIMIT = 2_000
/** A bare position of Yjs starts with 0, 1 or 2. */
const OURS = 77

/**
 * @param element a clause, or a paragraph of a table's cell
 * @param from UTF-16 units into its text, before `to`
 */
export function makeAnchor(element: Y.XmlElement, from: number, to: number): Anchor | null {
  const start = spot(element, from, 0)
  const end = spot(element, to, -1)
  if (!start || !end || from >= to) return null
  const text = lettersOf(element)
  return {
    start,
    end,
    exact: text.slice(from, to),
    prefix: text.slice(Math.max(0, from - AROUND), from),
    suffix: text.slice(to, to + AROUND),
  }
}

export const lettersOf = (element: Y.XmlElement): string =>
  texts(element)
    .flatMap((part) => part.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('')

/** @param side 0 holds to the letter behind, -1 to the one before */
function spot(element: Y.XmlElement, at: number, side: 0 | -1): Y.RelativePosition | null {
  let left = at
  for (const part of texts(element)) {
    if (side === 0 ? left < part.length : left <= part.length)
      return Y.createRelativePositionFromTypeIndex(part, left, side)
    left -= part.length
  }
  return null
}

/** @returns base64, as threads carry it */
export function encodeAnchor({ start, end, exact, prefix, suffix }: Anchor): string {
  const bytes = encoding.encode((encoder) => {
    encoding.writeUint8(encoder, OURS)
    encoding.writeVarUint8Array(encoder, Y.encodeRelativePosition(start))
    encoding.writeVarUint8Array(encoder, end ? Y.encodeRelativePosition(end) : new Uint8Array())
    for (const words of [exact, prefix, suffix]) encoding.writeVarString(encoder, words)
  })
  return toBase64(bytes)
}

/** @param quote the words of an anchor that is a position alone. @returns null for what is no anchor */
export function decodeAnchor(base64: string, quote: string): Anchor | null {
  try {
    const bytes = fromBase64(base64)
    const decoder = decoding.createDecoder(bytes)
    if (bytes[0] !== OURS) {
      const start = readPosition(bytes)
      const exact = quote
      return { start, end: null, exact, prefix: '', suffix: '' }
    }
    decoding.readUint8(decoder)
    const start = readPosition(decoding.readVarUint8Array(decoder))
    const end = decoding.readVarUint8Array(decoder)
    const [exact, prefix, suffix] = [1, 2, 3].map(() => decoding.readVarString(decoder))
    if (!exact || prefix === undefined || suffix === undefined) return null
    return {
      start,
      end: end.length > 0 ? readPosition(end) : null,
      exact,
      prefix,
      suffix,
    }
  } catch {
    // Kept as given: another program's anchor may be anything.
    return null
  }
}

/** Yjs reads a position out of whatever bytes, and fails on one that names nothing only once somebody asks where it is. */
function readPosition(bytes: Uint8Array): Y.RelativePosition {
  const position = Y.decodeRelativePosition(bytes)
  const { item, tname, type } = position
  if (item === null && tname === null && type === null) throw new Error('a position of nothing')
  return position
}
