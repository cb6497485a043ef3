import { ByteWriter } from './ByteWriter.ts'
import { UpdateReader } from './UpdateReader.ts'

/** How many structs are walked at most to find one. */
const STRIDE = 32

type Author = {
  client: number
  end: number
  /** Of every {@link STRIDE}th struct: its clock and where it begins. */
  clocks: number[]
  places: number[]
  /** Where the last one ends. */
  to: number
  count: number
}

/**
 * A full state as bytes, and where in it each author's letters are: whoever lacks some of them is sent a piece of the
 * same bytes, and no document is put together for it.
 */
export class FullState {
  readonly bytes: Uint8Array
  #index: { authors: Author[]; deletesAt: number } | null = null
  #vector: ReadonlyMap<number, number> | null

  /** @param vector the clocks it reaches, if they are known */
  constructor(bytes: Uint8Array, vector: ReadonlyMap<number, number> | null = null) {
    this.bytes = bytes
    this.#vector = vector
  }

  /** Clocks by client. */
  get vector(): ReadonlyMap<number, number> {
    this.#vector ??= new Map(this.#indexed().authors.map(({ client, end }) => [client, end]))
    return this.#vector
  }

  /** All of it that somebody who has come so far lacks, and all deletions, of which a state vector says nothing. */
  since(known: ReadonlyMap<number, number>): Uint8Array {
    const { authors, deletesAt } = this.#indexed()
    const lacking = authors.filter(({ client, end }) => (known.get(client) ?? 0) < end)
    const writer = new ByteWriter(this.bytes.length - deletesAt + 1024)
    writer.uint(lacking.length)
    for (const author of lacking) this.#writeSince(writer, author, known.get(author.client) ?? 0)
    writer.copy(this.bytes, deletesAt, this.bytes.length)
    return writer.done()
  }

  /** Begins with the struct that the clock lies in: Yjs leaves out the part of it that it has. */
  #writeSince(writer: ByteWriter, author: Author, clock: number): void {
    const { client, clocks, places, to, count } = author
    const near = clocks.findLastIndex((first) => first <= clock)
    const left = count - near * STRIDE
    const reader = new UpdateReader(this.bytes)
    reader.resume({ client, at: places[near] ?? 0, clock: clocks[near] ?? 0, left })
    while (reader.nextStruct()) if (reader.clock + reader.length > clock) break
    writer.uint(reader.left + 1)
    writer.uint(client)
    writer.uint(reader.clock)
    writer.copy(this.bytes, reader.start, to)
  }

  #indexed(): { authors: Author[]; deletesAt: number } {
    if (this.#index) return this.#index
    const reader = new UpdateReader(this.bytes)
    const authors: Author[] = []
    while (reader.nextClient()) {
      const { client, count } = reader
      const author: Author = { client, end: 0, clocks: [], places: [], to: 0, count }
      for (let i = 0; reader.nextStruct(); i += 1) {
        author.end = reader.clock + reader.length
        if (i % STRIDE > 0) continue
        author.clocks.push(reader.clock)
        author.places.push(reader.start)
      }
      author.to = reader.at
      authors.push(author)
    }
    this.#index = { authors, deletesAt: reader.at }
    return this.#index
  }
}
