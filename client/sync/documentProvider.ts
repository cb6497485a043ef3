import { WebsocketProvider } from 'y-websocket'
import type { Doc } from 'yjs'
import { SCHEMA_VERSION } from '../../shared/documents/document.ts'
import type { ConnectInput } from './connectInput.ts'
import type { SocketClass } from './trackDurability.ts'

const ownServer = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`

/** y-websocket for one document, by the contract. Not yet connected. */
export function documentProvider(doc: Doc, input: ConnectInput, Socket: SocketClass) {
  const provider = new WebsocketProvider(input.serverUrl ?? ownServer(), input.documentId, doc, {
    connect: false,
    // Another tab would show text whose durability it cannot know.
    disableBc: true,
    params: {
      v: String(SCHEMA_VERSION),
      epoch: input.epoch,
      client: String(doc.clientID),
      user: input.userId,
    },
    WebSocketPolyfill: Socket,
  })
  const { awareness } = provider
  provider.on('status', ({ status }) => {
    // Raises the clock: a server that has forgotten us would else ignore the same clock as old news.
    if (status === 'connected') awareness.setLocalState(awareness.getLocalState())
  })
  return provider
}
