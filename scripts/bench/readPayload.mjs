// What the generator must know of a payload, read once for all who receive the same bytes.
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

const KEPT = 4096
const LONGEST = 2048

/** @returns `read` that remembers its latest answers by the bytes of the question */
function remembering(read) {
  const known = new Map()
  return (bytes) => {
    if (bytes.length > LONGEST) return read(bytes)
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).latin1Slice()
    const found = known.get(key)
    if (found) return found
    if (known.size >= KEPT) known.clear()
    const answer = read(bytes)
    known.set(key, answer)
    return answer
  }
}

/** Per clientID, up to which clock an update goes. */
export const reachOf = remembering((update) => [...Y.parseUpdateMeta(update).to])

export function skipString(decoder) {
  const length = decoding.readVarUint(decoder)
  decoder.pos += length
}

/** Of whom an awareness payload speaks. */
export const idsInPresence = remembering((payload) => {
  const decoder = decoding.createDecoder(payload)
  const ids = []
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    ids.push(decoding.readVarUint(decoder))
    decoding.readVarUint(decoder)
    skipString(decoder)
  }
  return ids
})
