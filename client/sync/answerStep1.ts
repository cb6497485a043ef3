import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'

/**
 * Answers the server's step 1 in the provider's place. Its own answer would tell once more, in one frame, all that is
 * on its way already; of long offline work that frame is larger than the server reads.
 * @param said own changes that went out on this connection and are not acknowledged yet, oldest first
 */
export function answerStep1(provider: WebsocketProvider, said: () => readonly Uint8Array[]): void {
  const handlers = provider.messageHandlers
  const others = handlers[MESSAGE.sync]
  handlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    const start = decoder.pos
    if (decoding.readVarUint(decoder) !== SYNC.step1) {
      decoder.pos = start
      return others?.(encoder, decoder, ...rest)
    }
    const known = Y.decodeStateVector(decoding.readVarUint8Array(decoder))
    const missing = Y.encodeStateVector(withSaid(known, said()))
    encoding.writeVarUint(encoder, MESSAGE.sync)
    encoding.writeVarUint(encoder, SYNC.step2)
    encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(provider.doc, missing))
  }
}

/** What the server knows once it has read these too; one that leaves a gap before it does not count. */
function withSaid(known: Map<number, number>, said: readonly Uint8Array[]): Map<number, number> {
  for (const update of said) {
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, end] of to) {
      const have = known.get(client) ?? 0
      if ((from.get(client) ?? 0) <= have && end > have) known.set(client, end)
    }
  }
  return known
}
