// Clients that type and clients that only read, on one machine with the server and so without a Y.Doc where none is
// needed. An edit is one character, as an editor sends it.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

const [SYNC, AUTH, SYNC_REPLY] = [0, 2, 4]
const [STEP1, STEP2, UPDATE] = [0, 1, 2]
const ROOM = 'bench'
const PATIENCE_MS = 60_000

/** @param doors per client: address and headers. @param base state of the document all begin from; null to fetch it */
export async function openClients({ name, doors, base, writers }) {
  const clients = doors.map((door) => new LoadClient(name, door))
  for (let i = 0; i < clients.length; i += 20)
    await Promise.all(clients.slice(i, i + 20).map((client) => client.opened))
  if (name !== 'ours' && base) clients[0].sendUpdate(base)
  for (const client of clients) client.sendStep1()
  if (name !== 'relay') await until(() => clients.every((client) => client.state !== null), 'joins')
  const pens = clients.slice(0, writers).map((client, i) => new Pen(client, i, base))
  const table = new Map(pens.map((pen) => [pen.doc.clientID, pen]))
  for (const client of clients) client.follow(table)
  return {
    state: clients[0].state,
    /** Types at `rate` edits a second and writer. @returns what was delivered, and how long each took in ms */
    async type(rate, seconds) {
      const latencies = []
      for (const client of clients) client.latencies = latencies
      const before = pens.map((pen) => pen.clock)
      await Promise.all(pens.map((pen) => pen.type(rate, seconds)))
      const others = pens.map((pen) => clients.filter((client) => client !== pen.client))
      const edits = pens.reduce((sum, pen, i) => sum + pen.clock - before[i], 0)
      let lost = 0
      await until(
        () => pens.every((pen, i) => others[i].every((c) => c.clocks[i] >= pen.clock)),
        'delivery',
      ).catch(() => {
        for (const [i, pen] of pens.entries())
          for (const client of others[i]) lost += Math.max(0, pen.clock - client.clocks[i])
      })
      for (const client of clients) client.latencies = null
      return { delivered: edits * (clients.length - 1) - lost, lost, latencies }
    },
    close() {
      for (const client of clients) client.ws.terminate()
    },
  }
}

class LoadClient {
  state = null
  clocks = []
  latencies = null
  #pens = new Map()
  #hocuspocus

  constructor(name, { url, headers }) {
    this.#hocuspocus = name === 'hocuspocus'
    this.ws = new WebSocket(url, { headers, perMessageDeflate: false })
    this.opened = new Promise((resolve, reject) => {
      this.ws.once('open', resolve)
      this.ws.once('error', reject)
      this.ws.once('unexpected-response', (_, { statusCode }) =>
        reject(new Error(`the upgrade was answered with ${statusCode}`)),
      )
    }).then(() => this.#hocuspocus && this.#send(AUTH, (e) => auth(e)))
    this.ws.on('message', (data) => this.#receive(data))
    this.ws.on('close', (code) => {
      // 1006 is our own `terminate` at the end.
      if (code !== 1006) console.error(`nhat-tri: ${name} closed a client with ${code}`)
    })
  }

  follow(pens) {
    this.#pens = pens
    this.clocks = new Array(pens.size).fill(0)
  }

  #receive(data) {
    const decoder = decoding.createDecoder(data)
    if (this.#hocuspocus) decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type !== SYNC && type !== SYNC_REPLY) return
    const step = decoding.readVarUint(decoder)
    if (step === STEP1) return
    const update = decoding.readVarUint8Array(decoder)
    if (step === STEP2) this.state = update.slice()
    else if (this.#pens.size > 0) this.#count(update)
  }

  #count(update) {
    for (const [clientId, clock] of Y.parseUpdateMeta(update).to) {
      const pen = this.#pens.get(clientId)
      if (!pen || pen.client === this) continue
      const now = performance.now()
      for (let at = this.clocks[pen.index] + 1; at <= clock; at += 1)
        if (pen.sentAt.has(at)) this.latencies?.push(now - pen.sentAt.get(at))
      this.clocks[pen.index] = clock
    }
  }

  #send(type, write) {
    const encoder = encoding.createEncoder()
    if (this.#hocuspocus) encoding.writeVarString(encoder, ROOM)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.ws.send(encoding.toUint8Array(encoder))
  }
  #sync(step, payload) {
    this.#send(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint8Array(encoder, payload)
    })
  }
  sendStep1() {
    this.#sync(STEP1, Y.encodeStateVector(new Y.Doc()))
  }
  sendUpdate(update) {
    this.#sync(UPDATE, update)
  }
}

function auth(encoder) {
  const token = 0
  encoding.writeVarUint(encoder, token)
  encoding.writeVarString(encoder, '')
}

/** One who types at the end of a text. It does not follow the others: that would cost us, not the server. */
class Pen {
  doc = new Y.Doc()
  clock = 0
  sentAt = new Map()

  constructor(client, index, base) {
    this.client = client
    this.index = index
    Y.applyUpdate(this.doc, client.state ?? base)
    this.doc.on('update', (update) => client.sendUpdate(update))
  }

  type(rate, seconds) {
    const text = firstText(this.doc)
    const write = () => {
      this.clock += 1
      this.sentAt.set(this.clock, performance.now())
      text.insert(text.length, 'a')
    }
    let left = Math.round(rate * seconds)
    const every = 1000 / rate
    return new Promise((done) => {
      // Not all in the same moment, and the same way for each server.
      setTimeout(
        () => {
          const timer = setInterval(() => {
            write()
            left -= 1
            if (left > 0) return
            clearInterval(timer)
            done()
          }, every)
        },
        (this.index * 0.618 * every) % every,
      )
    })
  }
}

function firstText(doc) {
  for (const block of doc.getXmlFragment('body').toArray())
    if (block.nodeName === 'clause' && block.get(0) instanceof Y.XmlText) return block.get(0)
  throw new Error('the document has no clause with words')
}

async function until(fact, what) {
  const started = performance.now()
  while (!fact()) {
    if (performance.now() - started > PATIENCE_MS) throw new Error(`waited too long for ${what}`)
    await new Promise((go) => setTimeout(go, 5))
  }
}

/** Where each client comes in: at ours a session of its own account, at the others nothing is asked. */
export async function doorsOf(name, { url }, clients) {
  const ws = url.replace(/^http/, 'ws')
  if (name !== 'ours')
    return Array.from({ length: clients }, () => ({ url: `${ws}/${ROOM}`, headers: {} }))
  const agencies = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt']
  // Those who write come first: clerks only read.
  const accounts = ['officer', 'head', 'clerk'].flatMap((role) =>
    agencies.map((a) => `${a}.${role}`),
  )
  const cookies = []
  for (const account of accounts) cookies.push(await signIn(url, account))
  const get = async (place) =>
    (await fetch(url + place, { headers: { cookie: cookies[0] } })).json()
  const { blocs } = await get('/api/blocs')
  const { documents } = await get(`/api/blocs/${blocs[0].id}`)
  const { id } = documents.find(({ kind }) => kind === 'covenant')
  return Array.from({ length: clients }, (_, i) => ({
    url: `${ws}/sync/${id}`,
    headers: { cookie: cookies[i % cookies.length] },
  }))
}

async function signIn(url, account) {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password: process.env.DEMO_PASSWORD ?? 'nhat-tri-demo' }),
  })
  if (!answer.ok) throw new Error(`sign-in of ${account} was answered with ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
