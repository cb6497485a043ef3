/** Bytes that grow. */
export class ByteWriter {
  bytes: Uint8Array
  length = 0

  constructor(expected = 1024) {
    this.bytes = new Uint8Array(expected)
  }

  #reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  /** A number as Yjs writes it: seven bits a byte, the lowest first. */
  uint(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest > 0x7f) {
      this.bytes[this.length++] = 0x80 | (rest & 0x7f)
      rest = Math.floor(rest / 0x80)
    }
    this.bytes[this.length++] = rest
  }

  uint8(value: number): void {
    this.#reserve(1)
    this.bytes[this.length++] = value
  }

  copy(source: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from)
    // A letter or two, mostly: calling out for these takes longer than doing it.
    if (to - from < 32)
      for (let i = from; i < to; i += 1) this.bytes[this.length++] = source[i] as number
    else {
      this.bytes.set(source.subarray(from, to), this.length)
      this.length += to - from
    }
  }

  /** What has been written, as a copy of just that size. */
  done(): Uint8Array {
    return this.bytes.slice(0, this.length)
  }
}
