// Many clients of one server, in one room or several.
import { LoadClient } from './LoadClient.mjs'
import { Pen } from './Pen.mjs'
import { Presence } from './Presence.mjs'
import { until, WaitedTooLong } from './until.mjs'

/** More than this would not fit the server's queue of connections to accept. */
const AT_ONCE = 100

export class Crowd {
  clients = []
  #rooms = new Map()
  #presences = []
  #kind
  #indexes = new Map()
  #doors

  constructor(kind, doors) {
    this.#kind = kind
    this.#doors = doors
  }

  /**
   * Opens a client at each door, all at once, and waits until each has the whole text.
   * @param base the text that a peer is given by the first client of each room; ours has it on disk
   * @param presence whether everybody says who he is, and must have heard of all others
   * @param options of {@link LoadClient}, or a function that gives them for an index
   */
  static async open(kind, doors, { base = null, presence = false, options = {} } = {}) {
    const crowd = new Crowd(kind, doors)
    const rooms = new Set()
    const isFirst = doors.map(({ room }) => !rooms.has(room) && rooms.add(room) !== undefined)
    const indexes = doors.map((_, index) => index)
    const seeding = base !== null && kind !== 'ours'
    const open = (wanted, given) =>
      crowd.#openAll(wanted, (index) => ({
        presence,
        base: given,
        ...(typeof options === 'function' ? options(index) : options),
      }))
    if (seeding)
      await open(
        indexes.filter((index) => isFirst[index]),
        base,
      )
    await open(seeding ? indexes.filter((index) => !isFirst[index]) : indexes, null)
    const knowsAll = (client) => client.heardOf === doors.length - 1
    if (presence && kind !== 'relay') await crowd.#until(knowsAll, 'presence')
    return crowd
  }

  async #openAll(indexes, optionsOf) {
    const left = [...indexes]
    const opener = async () => {
      for (let index = left.shift(); index !== undefined; index = left.shift())
        await this.#openOne(index, optionsOf(index))
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, indexes.length) }, opener))
    if (this.#kind !== 'relay') await this.#until(({ syncedAt }) => syncedAt !== null, 'joins')
  }

  /** Waits until it is true of every client. @throws as soon as the server has ended one of them */
  async #until(fact, what) {
    await until(() => {
      const closed = this.clients.find((client) => client?.closedWith)
      if (closed) throw new Error(`a client was closed with ${closed.closedWith} before ${what}`)
      return this.clients.every((client) => !client || fact(client))
    }, what)
  }

  async #openOne(index, { presence, base, ...options }) {
    const door = this.#doors[index]
    const client = new LoadClient(this.#kind, door, options)
    this.clients[index] = client
    if (presence) {
      this.#indexes.set(client.clientId, index)
      client.listenFor(this.#indexes, this.#doors.length)
    }
    const room = this.#rooms.get(door.room) ?? { clients: [], pens: [] }
    this.#rooms.set(door.room, room)
    room.clients.push(client)
    await client.opened
    if (this.#kind !== 'relay') {
      if (base) client.sendUpdate(base)
      client.sendStep1()
    }
    if (!presence) return
    const own = new Presence(client)
    this.#presences.push(own)
    own.announce()
  }

  /** Gives the first `count` clients of each room a pen. @param state of the text they write in */
  givePens(count, state) {
    for (const room of this.#rooms.values()) {
      room.pens = room.clients.slice(0, count).map((client, i) => new Pen(client, i, state))
      const table = new Map(room.pens.map((pen) => [pen.doc.clientID, pen]))
      for (const client of room.clients) client.follow(table)
    }
  }

  /** Everybody renews his presence from now on; who has a pen moves his cursor, too. */
  keepPresence(moving) {
    const writers = new Set(this.pens.map(({ client }) => client.clientId))
    for (const [index, presence] of this.#presences.entries())
      presence.keep(index / this.#presences.length, writers.has(presence.clientId) ? moving : 0)
  }

  get pens() {
    return [...this.#rooms.values()].flatMap(({ pens }) => pens)
  }

  /** Everybody with a pen types. @returns what was delivered and lost, and how long each took in ms, sorted */
  async type(rate, seconds) {
    const latencies = []
    const ackLatencies = []
    for (const client of this.clients) Object.assign(client, { latencies, ackLatencies })
    const pens = this.pens
    const before = pens.map(({ clock }) => clock)
    await Promise.all(pens.map((pen) => pen.type(rate, seconds)))
    const lost = await this.#lost()
    for (const client of this.clients)
      Object.assign(client, { latencies: null, ackLatencies: null })
    let delivered = -lost
    for (const [i, pen] of pens.entries())
      delivered += (pen.clock - before[i]) * (this.#roomOf(pen).clients.length - 1)
    const sorted = (values) => values.sort((a, b) => a - b)
    return { delivered, lost, latencies: sorted(latencies), ackLatencies: sorted(ackLatencies) }
  }

  #roomOf(pen) {
    return [...this.#rooms.values()].find(({ pens }) => pens.includes(pen))
  }

  /** Waits for everything to arrive. @returns how many letters have not after a minute, all readers together */
  async #lost() {
    const missing = (client, pen) =>
      client === pen.client ? 0 : Math.max(0, pen.clock - client.clocks[pen.index])
    const rooms = [...this.#rooms.values()]
    const pensOf = new Map(rooms.flatMap(({ clients, pens }) => clients.map((c) => [c, pens])))
    try {
      await this.#until(
        (client) => pensOf.get(client).every((p) => !missing(client, p)),
        'delivery',
      )
      return 0
    } catch (cause) {
      if (!(cause instanceof WaitedTooLong)) throw cause
      return rooms.reduce(
        (sum, { clients, pens }) =>
          sum + pens.reduce((s, pen) => s + clients.reduce((n, c) => n + missing(c, pen), 0), 0),
        0,
      )
    }
  }

  end() {
    for (const presence of this.#presences) presence.end()
    for (const client of this.clients) client.end()
  }
}
