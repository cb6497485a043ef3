import { REFERENCE_LETTER } from '../../shared/clauses/reference.ts'
import { IdRanges } from './idRanges.ts'

type LetterId = { client: number; clock: number }

/** A run of letters of one client. */
export type Piece = {
  client: number
  /** Number of its first letter; a letter is a UTF-16 unit. */
  clock: number
  text: string
  /** The letters it was written between, where they are known. */
  after: LetterId | null
  before: LetterId | null
}

type Segment = {
  client: number
  clock: number
  text: string
  /** Stood right behind the segment before it. */
  glued: boolean
  /** Their author took them back; what he wrote behind them still goes there. */
  gone: boolean
}

const endOf = ({ clock, text }: Segment) => clock + text.length
const holds = (segment: Segment, id: LetterId) =>
  segment.client === id.client && segment.clock <= id.clock && id.clock < endOf(segment)

/**
 * Words of one author that have no text to stand in any more, in the order in which they were to be read. What he
 * wrote between two of his own letters goes there; what stood apart is parted by a space.
 */
export class SwallowedWords {
  #segments: Segment[] = []

  add(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.#place(piece)
  }

  #place({ client, clock, text, after, before }: Piece): void {
    const segment: Segment = { client, clock, text, glued: false, gone: false }
    if (after !== null && this.#insert(segment, after, 1)) return
    if (before !== null && this.#insert(segment, before, 0)) return
    this.#segments.push(segment)
  }

  /** @param side 1 puts it behind the letter, 0 before it. @returns false when the letter is not here */
  #insert(segment: Segment, id: LetterId, side: 0 | 1): boolean {
    const index = this.#segments.findIndex((one) => holds(one, id))
    const host = this.#segments[index]
    if (!host) return false
    const at = id.clock - host.clock + side
    const left = { ...host, text: host.text.slice(0, at) }
    const right = { ...host, clock: host.clock + at, text: host.text.slice(at), glued: true }
    const parts =
      at === 0
        ? [{ ...segment, glued: host.glued }, right]
        : [left, { ...segment, glued: true }, ...(right.text === '' ? [] : [right])]
    this.#segments.splice(index, 1, ...parts)
    return true
  }

  /** Their author took these letters back himself. @returns whether any of them was here */
  retract(ranges: IdRanges): boolean {
    const before = this.length
    this.#segments = this.#segments.flatMap((segment) => {
      const whole = { client: segment.client, from: segment.clock, to: endOf(segment) }
      const kept = ranges.outside(whole)
      const gone = new IdRanges(kept).outside(whole)
      return [
        ...kept.map((part) => ({ part, gone: false })),
        ...gone.map((part) => ({ part, gone: true })),
      ]
        .sort((one, other) => one.part.from - other.part.from)
        .map(({ part: { from, to }, gone }) => ({
          ...segment,
          clock: from,
          text: segment.text.slice(from - segment.clock, to - segment.clock),
          glued: segment.glued || from > segment.clock,
          gone: segment.gone || gone,
        }))
    })
    return before !== this.length
  }

  /** UTF-16 units it holds in memory. */
  get weight(): number {
    return this.#segments.reduce((sum, { text }) => sum + text.length, 0)
  }

  /** UTF-16 units that are left. */
  get length(): number {
    return this.#segments.reduce((sum, { text, gone }) => sum + (gone ? 0 : text.length), 0)
  }

  /** A reference is one letter here, which says nothing by itself. */
  get text(): string {
    let said = ''
    let glued = true
    for (const segment of this.#segments) {
      glued &&= segment.glued
      if (segment.gone) continue
      const apart = said !== '' && !glued && !/\s$/.test(said) && !/^\s/.test(segment.text)
      said += (apart ? ' ' : '') + segment.text
      glued = true
    }
    return said.replaceAll(REFERENCE_LETTER, '…').trim()
  }
}
