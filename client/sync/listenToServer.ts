import * as decoding from 'lib0/decoding'
import type { WebsocketProvider } from 'y-websocket'
import { MESSAGE, Notice, RefusalFrame } from '../../shared/sync/protocol.ts'

/** Hands on what our server says beyond the y-websocket protocol. The handlers belong to this provider alone. */
export function listenToServer(
  provider: WebsocketProvider,
  heard: {
    /** @param n document frames of this connection that are on disk */
    onAck(n: number): void
    /** The close follows. */
    onRefusal(frame: RefusalFrame): void
    onNotice(notice: Notice): void
  },
): void {
  const handlers = provider.messageHandlers
  handlers[MESSAGE.ack] = (_encoder, decoder) => heard.onAck(decoding.readVarUint(decoder))
  handlers[MESSAGE.refusal] = (_encoder, decoder) => {
    const frame = RefusalFrame.safeParse(parseJson(decoding.readVarString(decoder)))
    if (frame.success) heard.onRefusal(frame.data)
  }
  handlers[MESSAGE.notice] = (_encoder, decoder) => {
    const notice = Notice.safeParse(parseJson(decoding.readVarString(decoder)))
    // A newer server may send kinds we don't know.
    if (notice.success) heard.onNotice(notice.data)
  }
  // Its coming is all it says: the provider closes after 30 s without any message.
  handlers[MESSAGE.heartbeat] = () => {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not ours; the schema refuses undefined.
    return undefined
  }
}
