import { getSchema } from '@tiptap/core'
import { Transform } from '@tiptap/pm/transform'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { schemaExtensions } from '../../client/clauses/schema/editorExtensions.ts'
import { Graveyard } from '../../server/sync/Graveyard.ts'
import { type Passage, SwallowWatch } from '../../server/sync/SwallowWatch.ts'
import { readUpdate } from '../../server/sync/updateFacts.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import { blockText } from '../../shared/clauses/clause.ts'
import { bodyOf, readBody, writeBody } from '../../shared/clauses/yjs.ts'
import { clause, table } from '../support/builders.ts'
import { seeded } from '../support/seeded.ts'

const schema = getSchema(schemaExtensions)
const SEEDS = Number(process.env.SWALLOWED_SEEDS ?? 60)

const textOf = (doc: Y.Doc) => readBody(doc).map(blockText).join('\n')
/**
 * Three letters that no other word has: the binding compares texts, and of words that begin alike it would move halves.
 */
const word = (n: number) => String.fromCodePoint(...[0, 1, 2].map((i) => 0x4e00 + 3 * n + i))
const wordsIn = (text: string) => new Set(text.match(/[\u4e00-\u9fff]{3}/g) ?? [])

/** A document on the server, without room, disk and sockets. */
class Server {
  readonly doc = new Y.Doc()
  readonly watch = new SwallowWatch(new Graveyard('articles', []))
  readonly passages = new Set<Passage>()

  take(update: Uint8Array, accountId: string, ownerOf: (client: number) => string | undefined) {
    const { clients } = readUpdate(update)
    applyStored(this.doc, [update], (transaction) =>
      this.watch.inspect(this.doc, transaction, update, clients),
    )
    const judged = [
      {
        frame: { peer: { accountId }, number: 1, update },
        verdict: { kind: 'accepted', fresh: [], claims: [] },
      },
    ]
    const { passages: changed } = this.watch.gather(judged as never, ownerOf, 0)
    for (const passage of changed) this.passages.add(passage)
    return changed
  }

  found(accountId?: string): string {
    return [...this.passages]
      .filter((passage) => accountId === undefined || passage.accountId === accountId)
      .map(({ words }) => words.text)
      .join('\n')
  }
}

/** One editor: every change passes through the binding's own comparison, as in the browser. */
class Client {
  readonly doc = new Y.Doc()
  readonly account: string
  /** Not yet sent. */
  sent: Uint8Array[] = []
  readonly typed: string[] = []
  /** Letters that its changes wrote, whoever typed them first: joining and moving copy, and so does the binding. */
  readonly #wrote = new Set<string>()
  /** Words that its person took out with open eyes. */
  readonly removed = new Set<string>()
  readonly #random: (below: number) => number

  constructor(account: string, random: (below: number) => number) {
    this.account = account
    this.#random = random
    bodyOf(this.doc)
    this.doc.on('update', (update, origin) => {
      if (origin === 'server') return
      this.sent.push(update)
      for (const struct of Y.decodeUpdate(update).structs)
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
          for (const letter of struct.content.str) this.#wrote.add(letter)
    })
  }

  /** Typed by its person, or copied by a change of his. */
  wrote = (one: string): boolean => [...one].every((letter) => this.#wrote.has(letter))

  act(name: string): void {
    const random = this.#random
    const { doc: page, meta } = initProseMirrorDoc(bodyOf(this.doc), schema)
    const blocks: { pos: number; size: number; text: string; isClause: boolean }[] = []
    page.forEach((node, pos) => {
      const isClause = node.type.name === 'clause'
      blocks.push({ pos, size: node.nodeSize, text: node.textContent, isClause })
    })
    const change = new Transform(page)
    const index = random(blocks.length)
    const block = blocks[index]
    const above = blocks[index - 1]
    if (!block) return
    const before = textOf(this.doc)
    if (name === 'letters' || name === 'word') {
      if (block.isClause) this.#type(name, block)
      return
    }
    if (name === 'delete' && blocks.length > 2) change.delete(block.pos, block.pos + block.size)
    else if (name === 'join' && above?.isClause && block.isClause) change.join(block.pos)
    else if (name === 'move' && blocks.length > 2) {
      const node = page.child(index)
      change.delete(block.pos, block.pos + block.size)
      change.insert(random(2) ? 0 : change.doc.content.size, node)
    } else if (name === 'retype' && block.isClause) {
      const node = page.child(index)
      change.replaceWith(
        block.pos,
        block.pos + block.size,
        node.type.create({ ...node.attrs, id: `r${random(1e6)}` }, node.content),
      )
    } else if (name === 'empty' && block.isClause && block.size > 2)
      change.delete(block.pos + 1, block.pos + block.size - 1)
    else if (name === 'cut' && above?.isClause && block.isClause) {
      const [from, to] = [boundary(above.text, random), boundary(block.text, random)]
      change.delete(above.pos + 1 + from, block.pos + 1 + to)
    } else return
    this.doc.transact(() => updateYFragment(this.doc, bodyOf(this.doc), change.doc, meta))
    // Of a word that stands twice, one copy counts: somebody else may take out the other.
    const times = (text: string, one: string) => text.split(one).length
    const after = textOf(this.doc)
    for (const one of wordsIn(before))
      if (times(after, one) < times(before, one)) this.removed.add(one)
  }

  #type(name: string, block: { pos: number; text: string }): void {
    const typed = word(1000 * Number(this.account) + this.typed.length)
    this.typed.push(typed)
    const at = block.pos + 1 + boundary(block.text, this.#random)
    const pieces = name === 'word' ? [`${typed} `] : [...`${typed} `]
    let done = 0
    for (const piece of pieces) {
      const { doc: page, meta } = initProseMirrorDoc(bodyOf(this.doc), schema)
      const change = new Transform(page).insert(at + done, schema.text(piece))
      done += piece.length
      this.doc.transact(() => updateYFragment(this.doc, bodyOf(this.doc), change.doc, meta))
    }
  }
}

function boundary(text: string, random: (below: number) => number): number {
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index + 1)
  return [0, ...spaces][random(spaces.length + 1)] ?? 0
}

function world(seed: number) {
  const random = seeded(seed).below
  const server = new Server()
  const template = new Y.Doc()
  writeBody(template, [
    clause('c1', 'article', 'Nội dung thi đua chung '),
    clause('c2', 'paragraph', 'Hoàn thành tốt nhiệm vụ '),
    clause('c3', 'point', 'Đúng hạn mọi việc '),
    clause('c4', 'point', ''),
    table('t1', [['Chỉ tiêu ', 'Điểm ']]),
    clause('c5', 'paragraph', 'Giữ gìn đoàn kết '),
  ])
  Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(template))
  const clients = ['1', '2', '3'].map((account) => new Client(account, random))
  const owners = new Map(clients.map(({ doc, account }) => [doc.clientID, account]))
  const receive = () => {
    for (const { doc } of clients)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(doc)), 'server')
  }
  /** Frames of all clients in any order, each one's own in theirs. */
  const deliver = () => {
    for (;;) {
      const waiting = clients.filter(({ sent }) => sent.length > 0)
      const client = waiting[random(waiting.length)]
      if (!client) return
      const frames = client.sent.splice(0, 1 + random(4))
      const update = frames.length === 1 ? (frames[0] as Uint8Array) : Y.mergeUpdates(frames)
      server.take(update, client.account, (id) => owners.get(id))
    }
  }
  receive()
  return { random, server, clients, receive, deliver }
}

const ACTS = ['word', 'letters', 'word', 'delete', 'join', 'move', 'retype', 'empty', 'cut']

test(`[P04] ${SEEDS} seeds: every word typed at the same time as a deletion is in the text or comes back to its author`, () => {
  let reported = 0
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { random, server, clients, receive, deliver } = world(seed)
    for (let round = 0; round < 4; round += 1) {
      for (const client of clients)
        for (let n = 1 + random(3); n > 0; n -= 1) client.act(ACTS[random(ACTS.length)] ?? '')
      deliver()
      receive()
    }
    const there = wordsIn(textOf(server.doc))
    const removed = new Set(clients.flatMap((client) => [...client.removed]))
    for (const client of clients) {
      const told = wordsIn(server.found(client.account))
      reported += told.size
      const back = new Set(
        clients.flatMap((other) =>
          [...wordsIn(server.found(other.account))].filter((one) => other.wrote(one)),
        ),
      )
      const lost = client.typed.filter(
        (typed) => !there.has(typed) && !removed.has(typed) && !back.has(typed),
      )
      expect({ seed, lost }).toEqual({ seed, lost: [] })
      const foreign = [...told].filter((one) => !client.wrote(one))
      expect({ seed, foreign }).toEqual({ seed, foreign: [] })
    }
  }
  // A run in which nothing was ever swallowed would prove nothing.
  expect(reported).toBeGreaterThan(SEEDS)
}, 600_000)

test('[P04] as long as everybody has seen everything, nothing is reported, whatever is deleted', () => {
  for (let seed = 1; seed <= Math.ceil(SEEDS / 4); seed += 1) {
    const { random, server, clients, receive, deliver } = world(seed)
    for (let step = 0; step < 40; step += 1) {
      clients[random(3)]?.act(ACTS[random(ACTS.length)] ?? '')
      deliver()
      receive()
    }
    expect({ seed, found: server.found() }).toEqual({ seed, found: '' })
  }
}, 600_000)
