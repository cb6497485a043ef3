/** Not the one DER encoding of anything. */
export class DerError extends Error {}

/** One element: `bytes` is the whole of it, `content` what stands behind its length. */
export type Der = { tag: number; content: Buffer; bytes: Buffer }

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  printableString: 0x13,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context3: 0xa3,
} as const

/** Reads exactly one element that fills the bytes. @throws {DerError} on indefinite or needlessly long lengths */
export function readDer(bytes: Uint8Array): Der {
  const { element, next } = readAt(Buffer.from(bytes), 0)
  if (next !== bytes.length) throw new DerError('bytes behind the element')
  return element
}

/** Reads the element at the start and says where it ends. */
export function readDerPrefix(bytes: Uint8Array): { element: Der; next: number } {
  return readAt(Buffer.from(bytes), 0)
}

function readAt(bytes: Buffer, start: number): { element: Der; next: number } {
  const tag = bytes[start]
  const first = bytes[start + 1]
  if (tag === undefined || first === undefined) throw new DerError('cut short')
  if ((tag & 0x1f) === 0x1f) throw new DerError('long tag')
  let at = start + 2
  let length = first
  if (first & 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) throw new DerError('indefinite or absurd length')
    length = 0
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + i] ?? 0)
    at += count
    if (length < 0x80 || length < 256 ** (count - 1)) throw new DerError('length not minimal')
  }
  const next = at + length
  if (next > bytes.length) throw new DerError('cut short')
  const element = { tag, content: bytes.subarray(at, next), bytes: bytes.subarray(start, next) }
  return { element, next }
}

/** Elements inside a constructed one. */
export function childrenOf(parent: Der, tag?: number): Der[] {
  if (tag !== undefined && parent.tag !== tag) throw new DerError(`tag ${parent.tag} not expected`)
  const found: Der[] = []
  for (let at = 0; at < parent.content.length; ) {
    const { element, next } = readAt(parent.content, at)
    found.push(element)
    at = next
  }
  return found
}

/** Exactly these tags, in this order. */
export function fields(parent: Der, tags: readonly number[]): Der[] {
  const found = childrenOf(parent)
  if (found.length !== tags.length || found.some((item, i) => item.tag !== tags[i]))
    throw new DerError('unexpected structure')
  return found
}

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length, ...digits]), content])
}

/** DER orders the members of a SET OF by their encodings. */
export const derSetOf = (tag: number, members: readonly Buffer[]): Buffer =>
  der(tag, ...[...members].sort(Buffer.compare))

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (value: number) => {
    const out = [value % 128]
    for (let more = Math.floor(value / 128); more > 0; more = Math.floor(more / 128))
      out.unshift((more % 128) | 0x80)
    return out
  }
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

export const isOid = (element: Der | undefined, dotted: string): boolean =>
  element?.bytes.equals(oid(dotted)) ?? false

/** A positive integer from unsigned bytes. */
export function unsignedInteger(bytes: Uint8Array): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const digits = Buffer.from(bytes.subarray(start))
  const pad = (digits[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0)
  return der(TAG.integer, pad, digits)
}

/** Unsigned bytes of a positive, minimally encoded integer. */
export function unsignedBytes(element: Der): Buffer {
  const { content } = element
  const [first = 0x80, second = 0x80] = content
  if (element.tag !== TAG.integer || first & 0x80) throw new DerError('positive integer expected')
  if (content.length > 1 && first === 0 && !(second & 0x80))
    throw new DerError('integer not minimal')
  return content[0] === 0 && content.length > 1 ? content.subarray(1) : content
}
