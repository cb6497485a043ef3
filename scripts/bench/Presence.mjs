// Presence as y-protocols' clients keep it: everybody says who and where he is, again every 15 s, and at once when his
// cursor moves.
import * as encoding from 'lib0/encoding'

const RENEWAL_MS = 15_000

export class Presence {
  #client
  #clock = 0
  #moves = 0
  #timers = []

  constructor(client) {
    this.#client = client
  }

  get clientId() {
    return this.#client.clientId
  }

  announce() {
    this.#clock += 1
    const { clientId } = this.#client
    const place = {
      type: { client: clientId, clock: 100_000 },
      tname: null,
      item: { client: clientId, clock: 200_000 + this.#moves },
      assoc: 0,
    }
    const state = {
      user: { name: `Cán bộ ${clientId}`, color: '#30bced', colorLight: '#30bced33' },
      cursor: { anchor: place, head: place },
    }
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, this.#clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
    this.#client.sendPresence(encoding.toUint8Array(encoder))
  }

  /** @param share 0 to 1: how far into the interval its own turn comes; @param moving times a second, 0 for none */
  keep(share, moving) {
    this.#every(RENEWAL_MS, share, () => this.announce())
    if (moving > 0)
      this.#every(1000 / moving, share, () => {
        this.#moves += 1
        this.announce()
      })
  }

  #every(ms, share, act) {
    const start = setTimeout(
      () => {
        act()
        this.#timers.push(setInterval(act, ms))
      },
      (share * ms * 7.618) % ms,
    )
    this.#timers.push(start)
  }

  end() {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers = []
  }
}
