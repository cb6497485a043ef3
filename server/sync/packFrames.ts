/**
 * Binary WebSocket messages of a server (RFC 6455, 5.2), ready for the wire, in one buffer. The write call is most of
 * what a socket costs, so a room makes one of these per flush and hands the same bytes to everybody.
 */
export function packFrames(frames: readonly Uint8Array[]): Buffer {
  const size = frames.reduce(
    (sum, frame) => sum + headerSize(frame.byteLength) + frame.byteLength,
    0,
  )
  const packed = Buffer.allocUnsafe(size)
  let at = 0
  for (const frame of frames) {
    at = writeHeader(packed, at, frame.byteLength)
    packed.set(frame, at)
    at += frame.byteLength
  }
  return packed
}

/** Bytes from which a frame is worth packing once for all. */
const LONG = 64 * 1024
const packedOnce = new WeakMap<Uint8Array, Buffer>()
const packedTogether = new WeakMap<readonly Uint8Array[], readonly Buffer[]>()

/**
 * As {@link packFrames}, where somebody else may be sent the same long frame, or the very same array of them:
 * everybody gets the same buffers.
 */
export function packShared(frames: readonly Uint8Array[]): readonly Buffer[] {
  const known = packedTogether.get(frames)
  if (known) return known
  const packed: Buffer[] = []
  let short: Uint8Array[] = []
  for (const frame of frames) {
    if (frame.byteLength < LONG) {
      short.push(frame)
      continue
    }
    if (short.length > 0) packed.push(packFrames(short))
    short = []
    const whole = packedOnce.get(frame) ?? packFrames([frame])
    packedOnce.set(frame, whole)
    packed.push(whole)
  }
  if (short.length > 0) packed.push(packFrames(short))
  if (packed.length > 1) packedTogether.set(frames, packed)
  return packed
}

const FINAL_BINARY = 0x82

const headerSize = (length: number): number => {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

function writeHeader(packed: Buffer, at: number, length: number): number {
  packed[at] = FINAL_BINARY
  if (length < 126) return packed.writeUInt8(length, at + 1)
  if (length < 65_536) {
    packed[at + 1] = 126
    return packed.writeUInt16BE(length, at + 2)
  }
  packed[at + 1] = 127
  return packed.writeBigUInt64BE(BigInt(length), at + 2)
}
