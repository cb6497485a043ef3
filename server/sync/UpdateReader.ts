/** Kinds of content, as Yjs numbers them in an update (V1). */
export const CONTENT = { gc: 0, deleted: 1, string: 4, skip: 10 } as const
/** Flags of the byte that a struct begins with; the rest of it is the kind. */
export const FLAGS = { origin: 0x80, right: 0x40, key: 0x20, kind: 0x1f } as const

/** Bytes that are no update, or none of which we know how to read it. */
export class Unreadable extends Error {}

/** Letters of a text in UTF-16, as Yjs counts them, of its bytes in UTF-8. */
export function lettersIn(bytes: Uint8Array, from: number, to: number): number {
  let letters = 0
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i] as number
    if ((byte & 0xc0) === 0x80) continue
    letters += byte >= 0xf0 ? 2 : 1
  }
  return letters
}

/**
 * Goes through an update (Yjs, V1) struct by struct without making an object of any: what the present one says stands
 * in the fields. Yjs itself takes ten times as long to read a text of 200 pages.
 */
export class UpdateReader {
  readonly bytes: Uint8Array
  at = 0
  /** Of the present client: how many structs there are and how many of them are still to come. */
  client = 0
  count = 0
  left = 0
  /** Of the present struct. */
  clock = 0
  length = 0
  kind = 0
  flags = 0
  /** Where it begins, and where its content does. */
  start = 0
  contentAt = 0
  /** −1 where it names none. */
  originClient = -1
  originClock = -1
  rightClient = -1
  rightClock = -1
  parentClient = -1
  parentClock = -1
  /** Where the bytes of its text begin; they end with the struct. */
  textAt = 0
  #clientsLeft = -1
  #nextClock = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Whether it says itself what it stands in; otherwise its neighbours do. */
  get namesParent(): boolean {
    return this.kind !== CONTENT.gc && (this.flags & (FLAGS.origin | FLAGS.right)) === 0
  }

  /** Goes on to the next client. @returns false when there is none: the deletions follow */
  nextClient(): boolean {
    if (this.#clientsLeft < 0) this.#clientsLeft = this.uint()
    if (this.#clientsLeft === 0) return false
    this.#clientsLeft -= 1
    this.count = this.uint()
    this.left = this.count
    this.client = this.uint()
    this.#nextClock = this.uint()
    return true
  }

  /** Goes on to the next struct of the present client. @throws {Unreadable} */
  nextStruct(): boolean {
    if (this.left === 0) return false
    this.left -= 1
    this.start = this.at
    this.clock = this.#nextClock
    this.flags = this.#byte()
    this.kind = this.flags & FLAGS.kind
    this.originClient = this.rightClient = this.parentClient = -1
    this.originClock = this.rightClock = this.parentClock = -1
    if (this.kind === CONTENT.gc || this.kind === CONTENT.skip) {
      this.contentAt = this.at
      this.length = this.uint()
    } else {
      this.#readPlace()
      this.contentAt = this.at
      this.#readContent()
    }
    this.#nextClock += this.length
    return true
  }

  #readPlace(): void {
    if (this.flags & FLAGS.origin) {
      this.originClient = this.uint()
      this.originClock = this.uint()
    }
    if (this.flags & FLAGS.right) {
      this.rightClient = this.uint()
      this.rightClock = this.uint()
    }
    if (this.flags & (FLAGS.origin | FLAGS.right)) return
    if (this.uint() === 1) this.#skipBytes()
    else {
      this.parentClient = this.uint()
      this.parentClock = this.uint()
    }
    if (this.flags & FLAGS.key) this.#skipBytes()
  }

  #readContent(): void {
    this.length = 1
    switch (this.kind) {
      case CONTENT.deleted:
        this.length = this.uint()
        return
      case CONTENT.string: {
        const bytes = this.uint()
        this.textAt = this.at
        this.#skip(bytes)
        this.length = lettersIn(this.bytes, this.textAt, this.at)
        return
      }
      case 2: // JSON
        this.length = this.uint()
        for (let i = 0; i < this.length; i += 1) this.#skipBytes()
        return
      case 3: // binary
      case 5: // embed
        this.#skipBytes()
        return
      case 6: // format: key and value
        this.#skipBytes()
        this.#skipBytes()
        return
      case 7: {
        // A type; elements and hooks have a name.
        const type = this.uint()
        if (type === 3 || type === 5) this.#skipBytes()
        return
      }
      case 8: // any
        this.length = this.uint()
        for (let i = 0; i < this.length; i += 1) this.#skipAny()
        return
      case 9: // a document: its name and what it is opened with
        this.#skipBytes()
        this.#skipAny()
        return
      default:
        throw new Unreadable(`content of kind ${this.kind}`)
    }
  }

  /** A value as lib0 writes it. */
  #skipAny(): void {
    const type = this.#byte()
    if (type === 125) this.#skipNumber()
    else if (type === 124) this.#skip(4)
    else if (type === 123 || type === 122) this.#skip(8)
    else if (type === 119 || type === 116) this.#skipBytes()
    else if (type === 118 || type === 117) {
      for (let left = this.uint(); left > 0; left -= 1) {
        if (type === 118) this.#skipBytes()
        this.#skipAny()
      }
    } else if (type !== 127 && type !== 126 && type !== 121 && type !== 120)
      throw new Unreadable(`a value of type ${type}`)
  }

  #skipNumber(): void {
    while (this.#byte() >= 0x80);
  }

  /** Once all structs are read. @param visit gets each range of deleted letters */
  readDeletes(visit: (client: number, clock: number, length: number) => void): void {
    for (let clients = this.uint(); clients > 0; clients -= 1) {
      const client = this.uint()
      for (let ranges = this.uint(); ranges > 0; ranges -= 1)
        visit(client, this.uint(), this.uint())
    }
  }

  /** Goes back to a struct of the present client. @param left how many are to come, itself included */
  resume(place: { client: number; at: number; clock: number; left: number }): void {
    this.client = place.client
    this.at = place.at
    this.#nextClock = place.clock
    this.left = place.left
  }

  uint(): number {
    const { bytes } = this
    let byte = bytes[this.at++]
    if (byte === undefined) throw new Unreadable('the end comes too soon')
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let factor = 0x80; ; factor *= 0x80) {
      byte = bytes[this.at++]
      if (byte === undefined) throw new Unreadable('the end comes too soon')
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
  }

  #byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new Unreadable('the end comes too soon')
    return byte
  }

  #skipBytes(): void {
    this.#skip(this.uint())
  }
  #skip(bytes: number): void {
    this.at += bytes
    if (this.at > this.bytes.length) throw new Unreadable('the end comes too soon')
  }
}
