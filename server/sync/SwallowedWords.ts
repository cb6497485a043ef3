import { type IdRange, without } from './idRanges.ts'

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
    const segment: Segment = { client, clock, text, glued: false }
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
  retract(ranges: readonly IdRange[]): boolean {
    const before = this.#segments.reduce((sum, { text }) => sum + text.length, 0)
    this.#segments = this.#segments.flatMap((segment) =>
      without({ client: segment.client, from: segment.clock, to: endOf(segment) }, ranges).map(
        ({ from, to }) => ({
          client: segment.client,
          clock: from,
          text: segment.text.slice(from - segment.clock, to - segment.clock),
          glued: segment.glued || from > segment.clock,
        }),
      ),
    )
    return before !== this.#segments.reduce((sum, { text }) => sum + text.length, 0)
  }

  get text(): string {
    return this.#segments
      .reduce((said, { text, glued }) => {
        const apart = said !== '' && !glued && !/\s$/.test(said) && !/^\s/.test(text)
        return said + (apart ? ' ' : '') + text
      }, '')
      .trim()
  }
}
