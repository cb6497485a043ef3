/** Objects of a PDF file, as much as signing and verifying need. Names are plain strings behind a wrapper. */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | readonly PdfValue[]
  | PdfDict
  | PdfStream
export type PdfDict = ReadonlyMap<string, PdfValue>
export class PdfName {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}
export class PdfString {
  readonly bytes: Uint8Array
  /** Where the token stands in the file, from its `<` or `(` to behind its `>` or `)`. */
  readonly start: number
  readonly end: number
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.start = start
    this.end = end
  }
}
export class PdfRef {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}
export class PdfStream {
  readonly dict: PdfDict
  readonly raw: Uint8Array
  constructor(dict: PdfDict, raw: Uint8Array) {
    this.dict = dict
    this.raw = raw
  }
}

/** The file does not read as the strict subset that we write. */
export class PdfError extends Error {}

const WHITE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITERS = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)))
const MAX_DEPTH = 64

const isRegular = (byte: number) => !WHITE.has(byte) && !DELIMITERS.has(byte)

/**
 * Reads tokens and objects at a position. Strict on purpose: whatever two readers might understand differently
 * (a key twice in a dictionary, a comment between tokens, a stream of indirect length) is an error.
 */
export class PdfReader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  skipWhite(): void {
    while (this.at < this.bytes.length && WHITE.has(this.bytes[this.at] ?? -1)) this.at += 1
  }

  fail(what: string): never {
    throw new PdfError(`${what} at byte ${this.at}`)
  }

  /** Takes the word if it stands here. */
  take(word: string): boolean {
    for (let i = 0; i < word.length; i += 1)
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false
    this.at += word.length
    return true
  }

  expect(word: string): void {
    if (!this.take(word)) this.fail(`${word} expected`)
  }

  /** An unsigned decimal number. */
  integer(): number {
    const start = this.at
    let value = 0
    while (this.at < this.bytes.length) {
      const digit = (this.bytes[this.at] ?? 0) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
      this.at += 1
    }
    if (this.at === start || this.at - start > 10) this.fail('number expected')
    return value
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) this.fail('too deeply nested')
    this.skipWhite()
    const byte = this.bytes[this.at]
    if (byte === undefined) this.fail('end of file')
    switch (String.fromCharCode(byte)) {
      case '/':
        return this.#name()
      case '(':
        return this.#literal()
      case '<':
        return this.bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hex()
      case '[':
        return this.#array(depth)
      default:
        return this.#word()
    }
  }

  #name(): PdfName {
    this.at += 1
    const start = this.at
    while (isRegular(this.bytes[this.at] ?? 32)) this.at += 1
    const name = Buffer.from(this.bytes.subarray(start, this.at)).toString('latin1')
    return new PdfName(name.replace(/#(.{0,2})/g, (_all, hex: string) => this.#nameEscape(hex)))
  }

  /** Only what cannot stand in a name is escaped: else the same key could be spelt in two ways. */
  #nameEscape(hex: string): string {
    const byte = /^[0-9A-Fa-f]{2}$/.test(hex) ? Number.parseInt(hex, 16) : 0x61
    if (isRegular(byte) && byte !== 0x23 && byte > 0x20 && byte < 0x7f) this.fail('needless escape')
    return String.fromCharCode(byte)
  }

  #literal(): PdfString {
    const start = this.at
    const out: number[] = []
    this.at += 1
    for (let depth = 1; ; this.at += 1) {
      const byte = this.bytes[this.at]
      if (byte === undefined) this.fail('string without end')
      if (byte === 0x5c) {
        out.push(...this.#escape())
        continue
      }
      if (byte === 0x28) depth += 1
      if (byte === 0x29) depth -= 1
      if (depth === 0) break
      out.push(byte)
    }
    this.at += 1
    return new PdfString(Uint8Array.from(out), start, this.at)
  }

  /** Leaves `at` on the last byte of the escape. */
  #escape(): number[] {
    this.at += 1
    const char = String.fromCharCode(this.bytes[this.at] ?? 0)
    const known = { n: 10, r: 13, t: 9, b: 8, f: 12 }[char]
    if (known !== undefined) return [known]
    if (char >= '0' && char <= '7') {
      let digits = char
      while (digits.length < 3) {
        const next = String.fromCharCode(this.bytes[this.at + 1] ?? 0)
        if (next < '0' || next > '7') break
        digits += next
        this.at += 1
      }
      return [Number.parseInt(digits, 8) & 0xff]
    }
    if (char === '\n' || char === '\r') return []
    return [char.charCodeAt(0)]
  }

  #hex(): PdfString {
    const start = this.at
    const end = this.bytes.indexOf(0x3e, start)
    if (end < 0) this.fail('string without end')
    const digits = Buffer.from(this.bytes.subarray(start + 1, end)).toString('latin1')
    if (digits.length % 2 !== 0 || !/^[0-9A-Fa-f]*$/.test(digits)) this.fail('malformed hex string')
    this.at = end + 1
    return new PdfString(Buffer.from(digits, 'hex'), start, this.at)
  }

  #array(depth: number): PdfValue[] {
    this.at += 1
    const items: PdfValue[] = []
    for (;;) {
      this.skipWhite()
      if (this.take(']')) return items
      items.push(this.value(depth + 1))
    }
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const dict = new Map<string, PdfValue>()
    for (;;) {
      this.skipWhite()
      if (this.take('>>')) return dict
      if (this.bytes[this.at] !== 0x2f) this.fail('name expected')
      const { name } = this.#name()
      if (dict.has(name)) this.fail(`key ${name} twice`)
      dict.set(name, this.value(depth + 1))
    }
  }

  #word(): PdfValue {
    const start = this.at
    while (isRegular(this.bytes[this.at] ?? 32)) this.at += 1
    const word = Buffer.from(this.bytes.subarray(start, this.at)).toString('latin1')
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) this.fail('unknown word')
    if (/^\d+$/.test(word)) {
      const back = this.at
      if (this.take(' 0 R') && !isRegular(this.bytes[this.at] ?? 32))
        return new PdfRef(Number(word))
      this.at = back
    }
    return Number(word)
  }

  /** `N 0 obj … endobj` at the position, which ends behind `endobj`. */
  indirect(): { number: number; value: PdfValue } {
    const number = this.integer()
    this.expect(' 0 obj')
    const value = this.value()
    this.skipWhite()
    if (!this.take('stream')) {
      this.expect('endobj')
      return { number, value }
    }
    if (!(value instanceof Map)) this.fail('stream without a dictionary')
    if (!this.take('\r\n') && !this.take('\n')) this.fail('line end expected')
    const length: unknown = value.get('Length')
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0)
      this.fail('stream without a length of its own')
    const raw = this.bytes.subarray(this.at, this.at + length)
    if (raw.length !== length) this.fail('stream beyond the end')
    this.at += length
    this.skipWhite()
    this.expect('endstream')
    this.skipWhite()
    this.expect('endobj')
    return { number, value: new PdfStream(value, raw) }
  }
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map
export const isArray = (value: PdfValue | undefined): value is readonly PdfValue[] =>
  Array.isArray(value)
export const nameOf = (value: PdfValue | undefined): string | undefined =>
  value instanceof PdfName ? value.name : undefined

/** Same meaning, whatever the spelling of numbers and strings; streams are compared with their bytes. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a instanceof PdfName) return b instanceof PdfName && a.name === b.name
  if (a instanceof PdfRef) return b instanceof PdfRef && a.number === b.number
  if (a instanceof PdfString)
    return b instanceof PdfString && Buffer.compare(a.bytes, b.bytes) === 0
  if (a instanceof PdfStream)
    return b instanceof PdfStream && sameValue(a.dict, b.dict) && Buffer.compare(a.raw, b.raw) === 0
  if (isArray(a))
    return isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]))
  if (isDict(a))
    return (
      isDict(b) &&
      a.size === b.size &&
      [...a].every(([key, item]) => b.has(key) && sameValue(item, b.get(key)))
    )
  return a === b
}
