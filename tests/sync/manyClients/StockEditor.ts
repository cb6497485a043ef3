import * as decoding from 'lib0/decoding'
import { type Durability, trackDurability } from '../../../client/sync/trackDurability.ts'
import { MESSAGE } from '../../../shared/sync/protocol.ts'
import type { Lane } from '../../support/faultyProxy.ts'
import { openStockClient, type StockClient } from '../../support/stockClient.ts'
import { HonestClient, type Place, type Progress } from './HonestClient.ts'

/** y-websocket's own client, as our pages use it. It comes back by itself, and at once when it is told to. */
export class StockEditor extends HonestClient {
  #client: StockClient

  static async open(place: Place): Promise<StockEditor> {
    return new StockEditor(place, await HonestClient.lane(place))
  }

  private constructor(place: Place, lane: Lane) {
    super(place, lane)
    this.#client = this.#start()
  }

  #start(): StockClient {
    const { documentId, headers } = this.place
    const { doc } = this
    let durability: Durability | undefined
    const client = openStockClient({
      url: this.lane.url,
      documentId,
      headers,
      doc,
      params: { client: String(doc.clientID) },
      wrap(Base) {
        durability = trackDurability(Base, () => {})
        return durability.Socket
      },
    })
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === client.provider) return
      const { wsconnected, ws } = client.provider
      durability?.changed(wsconnected && ws?.readyState === 1, bytes)
    })
    const { provider, counts, refusals } = client
    provider.messageHandlers[MESSAGE.ack] = (_, decoder) => {
      counts.acked = decoding.readVarUint(decoder)
      durability?.acknowledge(counts.acked)
      this.acknowledged(decoding.readVarUint(decoder))
    }
    let line: object | null = null
    provider.on('status', ({ status }) => {
      if (status === 'connected') line = provider.ws
    })
    provider.on('closed', ({ code }) => {
      if (this.#client !== client) return
      this.refused(code, refusals.at(-1), line ?? client)
      client.destroy()
      this.#client = this.#start()
    })
    return client
  }

  get isOnline() {
    return this.#client.provider.wsconnected
  }
  get isBusy() {
    return this.#client.provider.ws !== null
  }
  get isSaved() {
    return this.#client.isSaved()
  }
  protected get progress(): Progress | null {
    const { provider, counts } = this.#client
    return provider.wsconnected && provider.ws ? { line: provider.ws, ...counts } : null
  }
  get presence() {
    const { awareness } = this.#client.provider
    const others = [...awareness.getStates()].filter(([client]) => client !== this.doc.clientID)
    return new Map(others.map(([client, { user }]) => [client, user]))
  }

  connect(): void {
    this.#client.provider.connect()
  }
  drop(): void {
    this.#client.provider.disconnect()
  }
  override vanish(): Promise<void> {
    this.#client.destroy()
    return super.vanish()
  }
}
