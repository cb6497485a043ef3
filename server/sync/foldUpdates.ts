import { ByteWriter } from './ByteWriter.ts'
import { type Range, sortedRanges, writeDeletes } from './deleteRanges.ts'
import { CONTENT, FLAGS, UpdateReader } from './UpdateReader.ts'

/** What holds nothing else, so that it may go once it is deleted: JSON, bytes, text, embeds, marks, values. */
const CLEARED: ReadonlySet<number> = new Set([2, 3, CONTENT.string, 5, 6, 8])

/** Not to be folded by bytes alone: a gap, or a struct of which another row tells half. A Y.Doc may still tell more. */
export class CannotFold extends Error {}

/** A struct as it will be written. Letters typed one behind the other have become one. */
type Piece = {
  clock: number
  length: number
  /** The update that it begins in, and where in that it and its content begin. */
  source: Uint8Array
  start: number
  contentAt: number
  /** Where it ends in `source`; for text, where its bytes lie in the author's `text`. */
  textFrom: number
  end: number
  /** Of text, letters can be cut off. */
  isText: boolean
  kind: number
  originClient: number
  originClock: number
  rightClient: number
  rightClock: number
  /** Whether it is the value of an attribute; null until somebody asks, where its neighbours know. */
  isValue: boolean | null
}

const isManyLetters = ({ length, kind }: Piece) =>
  length > 1 && kind !== CONTENT.gc && kind !== CONTENT.deleted

class Author {
  end = 0
  /** Whatever anybody's words stand beside must be there. */
  needed = 0
  readonly pieces: Piece[] = []
  readonly text = new ByteWriter(256)
  readonly deleted: Range[] = []
  /** The last piece while it may grow. */
  open: Piece | null = null
}

/**
 * Puts the rows of a log into one full state, by bytes. Yjs' own `mergeUpdates` keeps each typed letter an item of its
 * own, and a Y.Doc takes twenty times as long; here letters that were typed behind one another, between the same
 * neighbours, become one item, and deleted text goes, as in a Y.Doc. Clearing away what hung under a deleted element
 * is left to whoever loads the result.
 */
export class Fold {
  readonly #authors = new Map<number, Author>()
  #bytes = 0

  /** @param update the next row, or the state before the first. @throws {CannotFold}, {Unreadable} */
  add(update: Uint8Array): void {
    this.#bytes += update.byteLength
    const reader = new UpdateReader(update)
    const clients = new Set<number>()
    while (reader.nextClient()) {
      // Yjs takes only what such a row says last.
      if (clients.has(reader.client)) throw new CannotFold('a client stands twice in one row')
      clients.add(reader.client)
      const author = this.#author(reader.client)
      while (reader.nextStruct()) this.#take(author, reader)
    }
    reader.readDeletes((client, clock, length) => {
      const author = this.#author(client)
      author.deleted.push({ clock, end: clock + length })
      author.needed = Math.max(author.needed, clock + length)
    })
    if (reader.at !== update.byteLength) throw new CannotFold('bytes left over')
  }

  #author(client: number): Author {
    let author = this.#authors.get(client)
    if (!author) {
      author = new Author()
      this.#authors.set(client, author)
    }
    return author
  }

  #take(author: Author, reader: UpdateReader): void {
    const { clock, length, kind } = reader
    if (kind === CONTENT.skip) return
    if (clock + length <= author.end) return
    if (clock !== author.end) throw new CannotFold('a gap, or half of a struct')
    author.end += length
    const isText = kind === CONTENT.string && (reader.flags & FLAGS.key) === 0
    const { open } = author
    if (
      isText &&
      open !== null &&
      reader.originClock === clock - 1 &&
      reader.originClient === reader.client &&
      reader.rightClock === open.rightClock &&
      reader.rightClient === open.rightClient
    ) {
      author.text.copy(reader.bytes, reader.textAt, reader.at)
      open.length += length
      open.end = author.text.length
      return
    }
    this.#need(reader.originClient, reader.originClock)
    this.#need(reader.rightClient, reader.rightClock)
    this.#need(reader.parentClient, reader.parentClock)
    const textFrom = author.text.length
    if (isText) author.text.copy(reader.bytes, reader.textAt, reader.at)
    const piece: Piece = {
      clock,
      length,
      source: reader.bytes,
      start: reader.start,
      contentAt: reader.contentAt,
      textFrom,
      end: isText ? author.text.length : reader.at,
      isText,
      kind,
      originClient: reader.originClient,
      originClock: reader.originClock,
      rightClient: reader.rightClient,
      rightClock: reader.rightClock,
      isValue: reader.namesParent ? (reader.flags & FLAGS.key) !== 0 : null,
    }
    author.pieces.push(piece)
    author.open = isText ? piece : null
  }

  #need(client: number, clock: number): void {
    if (client < 0) return
    const author = this.#author(client)
    if (author.needed <= clock) author.needed = clock + 1
  }

  /**
   * A value is one letter long. Whoever makes it longer, beside values that are cleared away where nobody looks, makes a
   * state that Yjs cannot load: cut in two, the first half outlives the element.
   */
  #isValue(asked: Piece): boolean {
    const chain: Piece[] = []
    let piece: Piece | undefined = asked
    while (piece && piece.isValue === null) {
      // Neighbours may name each other in a ring only if nobody can load them at all.
      piece.isValue = false
      chain.push(piece)
      piece =
        piece.originClient >= 0
          ? this.#pieceAt(piece.originClient, piece.originClock)
          : this.#pieceAt(piece.rightClient, piece.rightClock)
    }
    const isValue = piece?.isValue ?? false
    for (const one of chain) one.isValue = isValue
    return isValue
  }

  #pieceAt(client: number, clock: number): Piece | undefined {
    const pieces = this.#authors.get(client)?.pieces ?? []
    let [from, to] = [0, pieces.length]
    while (to - from > 1) {
      const middle = (from + to) >> 1
      if ((pieces[middle] as Piece).clock <= clock) from = middle
      else to = middle
    }
    return pieces[from]
  }

  /** @throws {CannotFold} when something stands beside, or deletes, what is not there */
  done(): { update: Uint8Array; vector: Map<number, number> } {
    for (const { needed, end } of this.#authors.values())
      if (needed > end) throw new CannotFold('something stands on what is not there')
    for (const { pieces } of this.#authors.values())
      if (pieces.some((piece) => isManyLetters(piece) && this.#isValue(piece)))
        throw new CannotFold('a value of many letters')
    // As Yjs does it: the highest number first.
    const authors = [...this.#authors].sort(([a], [b]) => b - a)
    const writer = new ByteWriter(Math.min(this.#bytes, 64 * 1024))
    writer.uint(authors.length)
    const deletes = authors.map(([client, { deleted }]) => ({
      client,
      ranges: sortedRanges(deleted),
    }))
    for (const [i, [client, author]] of authors.entries()) {
      const structs = new AuthorWriter(client, author.text.bytes, deletes[i]?.ranges ?? [])
      for (const piece of author.pieces) structs.write(piece)
      writer.uint(structs.count)
      writer.uint(client)
      writer.uint(0)
      writer.copy(structs.out.bytes, 0, structs.out.length)
    }
    writeDeletes(writer, deletes)
    const vector = new Map(authors.map(([client, { end }]) => [client, end]))
    return { update: writer.done(), vector }
  }
}

/** Writes the structs of one author, cutting text where deletions begin and end. */
class AuthorWriter {
  readonly out = new ByteWriter()
  count = 0
  readonly #client: number
  readonly #text: Uint8Array
  readonly #deleted: readonly Range[]
  /** The first deletion that does not end before the present piece. */
  #next = 0

  constructor(client: number, text: Uint8Array, deleted: readonly Range[]) {
    this.#client = client
    this.#text = text
    this.#deleted = deleted
  }

  write(piece: Piece): void {
    if (piece.isText) this.#writeText(piece)
    else if (CLEARED.has(piece.kind) && this.#isDeleted(piece)) {
      this.#place(piece, piece.clock, CONTENT.deleted)
      this.out.uint(piece.length)
    } else {
      this.count += 1
      this.out.copy(piece.source, piece.start, piece.end)
    }
  }

  /** @returns the first deletion that does not end before this */
  #deletionAt(clock: number): Range | undefined {
    let range = this.#deleted[this.#next]
    while (range && range.end <= clock) {
      this.#next += 1
      range = this.#deleted[this.#next]
    }
    return range
  }

  #isDeleted({ clock, length }: Piece): boolean {
    const range = this.#deletionAt(clock)
    return range !== undefined && range.clock <= clock && clock + length <= range.end
  }

  #writeText(piece: Piece): void {
    const end = piece.clock + piece.length
    let clock = piece.clock
    let at = piece.textFrom
    while (clock < end) {
      const range = this.#deletionAt(clock)
      const isDeleted = range !== undefined && range.clock <= clock
      const cut = Math.min(end, range ? (isDeleted ? range.end : range.clock) : end)
      const to = cut === end ? piece.end : this.#skipLetters(at, cut - clock)
      this.#place(piece, clock, isDeleted ? CONTENT.deleted : CONTENT.string)
      if (isDeleted) this.out.uint(cut - clock)
      else {
        this.out.uint(to - at)
        this.out.copy(this.#text, at, to)
      }
      clock = cut
      at = to
    }
  }

  /** What stands before the content. A part cut off stands behind the letter before it, as Yjs cuts. */
  #place(piece: Piece, clock: number, kind: number): void {
    this.count += 1
    const flags = (piece.source[piece.start] as number) & ~FLAGS.kind
    if (clock === piece.clock) {
      this.out.uint8(flags | kind)
      this.out.copy(piece.source, piece.start + 1, piece.contentAt)
      return
    }
    this.out.uint8(FLAGS.origin | (flags & FLAGS.right) | kind)
    this.out.uint(this.#client)
    this.out.uint(clock - 1)
    if (piece.rightClient < 0) return
    this.out.uint(piece.rightClient)
    this.out.uint(piece.rightClock)
  }

  #skipLetters(from: number, letters: number): number {
    let at = from
    let left = letters
    while (left > 0) {
      const byte = this.#text[at] as number
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
      left -= byte < 0xf0 ? 1 : 2
    }
    if (left < 0) throw new CannotFold('a letter cut in two')
    return at
  }
}
