import * as encoding from 'lib0/encoding'
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'

/** An update as the provider would send it. */
export function updateMessage(update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.sync)
  encoding.writeVarUint(encoder, SYNC.update)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}
