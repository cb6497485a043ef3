import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestRooms, type TestRooms, typeInto } from '../testRooms.ts'
import { type Bomb, bulkBombs, decoderBombs, numberBombs } from './bombs.ts'
import { CONTENT, item, raw, text, update } from './updateBytes.ts'

let world: TestRooms
let witness: TestPeer
beforeAll(async () => {
  world = await startTestRooms()
  witness = await world.join('snv.officer')
}, 60_000)
afterAll(() => world.close())

/** What the whole text is on disk, and that everybody still has it. */
async function whole(): Promise<string> {
  const disk = await world.diskText()
  await witness.until(() => witness.text === disk, 'the text on disk')
  return disk
}

/** A colleague writes a point; but for it the text is as before. */
async function unmoved(attack: () => Promise<void>): Promise<void> {
  const before = await whole()
  await attack()
  witness.write((_, doc) => typeInto(doc, 1, '.'))
  await witness.saved()
  const bare = (words: string) => words.replaceAll(/\.+<\/clause>/g, '</clause>')
  expect(bare(await whole())).toBe(bare(before))
}

/** Resolves when all that was sent before has been dealt with: the answer to a question comes behind it. */
async function dealtWith(peer: TestPeer): Promise<void> {
  const before = peer.received
  peer.sendStep1()
  await peer.until(() => peer.received > before, 'an answer')
}

const explode = ({ name, frame, ends }: Bomb) =>
  unmoved(async () => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    peer.answers = false
    const cpu = process.cpuUsage()
    peer.send(frame)
    if (ends === null) await dealtWith(peer)
    else expect((await peer.closed).code).toBe(ends)
    const { user, system } = process.cpuUsage(cpu)
    // The client's half of the work is in it, and all threads of this process.
    if (process.env.SOAK === '1') {
      process.stdout.write(`  ${name}: ${((user + system) / 1000).toFixed(0)} ms of CPU\n`)
      expect((user + system) / 1000).toBeLessThan(2_500)
    }
    await peer.leave()
  })

describe('[F30] decoder bombs: the socket ends with the contract’s code, the text stays, others write on', () => {
  test.each(decoderBombs().map((bomb) => [bomb.name, bomb] as const))('%s', (_, bomb) =>
    explode(bomb),
  )
})

describe('[F30] numbers out of all bounds', () => {
  test.each(numberBombs().map((bomb) => [bomb.name, bomb] as const))('%s', (_, bomb) =>
    explode(bomb),
  )

  test('after all of them the state can still be told to whoever comes', async () => {
    const fresh = await world.join('stc.head')
    expect(fresh.text).toBe(await whole())
    expect(bodyProblems(fresh.doc)).toEqual([])
    await fresh.leave()
  })
})

describe('[F32] as much as a frame holds', () => {
  test.each(bulkBombs().map((bomb) => [bomb.name, bomb] as const))('%s', (_, bomb) => explode(bomb))
})

describe('[F30] updates that are right, and whose work is beyond measure', () => {
  const LEVEL = Buffer.from('text')
  let last = 88_000
  const nextClient = () => {
    last += 1
    return last
  }
  /** Where the letters of a long text begin that somebody has just written into the last clause. */
  async function longText(letters: number): Promise<{ client: number; first: number }> {
    const client = nextClient()
    const doc = new Y.Doc()
    doc.clientID = client
    const peer = await world.join('stc.officer', '', doc)
    const first = peer.change((_, own) => typeInto(own, 1, 'x'.repeat(letters)))
    peer.sendUpdate(first)
    await peer.saved()
    await peer.leave()
    return { client, first: 0 }
  }
  /** Sent by whoever wrote the text; closed with 4413 and nothing of it stays. */
  const tooMuch = (frame: Uint8Array) =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.answers = false
      peer.sendUpdate(frame)
      expect((await peer.closed).code).toBe(4413)
      expect(peer.refusals).toMatchObject([{ code: 'input/too-large', details: { of: 'update' } }])
    })

  test('20,000 letters behind the first of a text, none of which knows of another: each is walked past by all that follow', async () => {
    const { client } = await longText(30_000)
    const structs = Array.from({ length: 20_000 }, () =>
      item(CONTENT.string, { origin: [client, 0] }, text('a')),
    )
    await tooMuch(update([{ client: nextClient(), clock: 0, structs }]))
  })

  test('the same within one update, with nothing on the server before it', async () => {
    const { client } = await longText(1)
    const own = nextClient()
    const letters = item(CONTENT.string, { origin: [client, 0] }, text('x'.repeat(30_000)))
    const structs = Array.from({ length: 20_000 }, () =>
      item(CONTENT.string, { origin: [client, 0] }, text('a')),
    )
    await tooMuch(update([{ client: own, clock: 0, structs: [letters, ...structs] }]))
  })

  test('a mark whose right neighbour stands left of its left one, which every copy would place elsewhere, is 4400', async () => {
    const { client } = await longText(20)
    await unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.answers = false
      const mark = item(CONTENT.format, { origin: [client, 8], right: [client, 5] }, (encoder) => {
        for (const part of [text('bold'), text('{}')]) part(encoder)
      })
      peer.sendUpdate(update([{ client: nextClient(), clock: 0, structs: [mark] }]))
      expect((await peer.closed).code).toBe(4400)
    })
  })

  test('words between the beginning of a text and a letter written behind another, which each copy would place elsewhere, are 4400', async () => {
    const { client } = await longText(20)
    await unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.answers = false
      const stray = item(CONTENT.string, { right: [client, 5] }, text('a'))
      peer.sendUpdate(update([{ client: nextClient(), clock: 0, structs: [stray] }]))
      expect((await peer.closed).code).toBe(4400)
    })
  })

  test('20,000 values of one attribute, none of which knows of another', async () => {
    const peer = await world.join('stc.officer')
    const clause = peer.doc.getXmlFragment('body').get(0) as Y.XmlElement
    const { client, clock } = (clause._item as Y.Item).id
    await peer.leave()
    const structs = Array.from({ length: 20_000 }, () =>
      item(CONTENT.any, { under: [client, clock], key: 'level' }, raw([1, 119, 4, ...LEVEL])),
    )
    await tooMuch(update([{ client: nextClient(), clock: 0, structs }]))
  })

  test('every second letter of a text deleted in ranges of their own', async () => {
    const { client } = await longText(140_000)
    const ranges = Array.from({ length: 60_000 }, (_, i) => [i * 2 + 1, 1] as const)
    await tooMuch(update([], [{ client, ranges }]))
  })

  test('a thousand clauses written in one go, and all of them deleted again, are ordinary', async () => {
    const peer = await world.join('stc.officer')
    const before = peer.text
    peer.write((body) => {
      const made = Array.from({ length: 1_000 }, (_, i) => {
        const clause = new Y.XmlElement('clause')
        clause.setAttribute('id', `m${i}`)
        clause.setAttribute('level', 'paragraph')
        clause.insert(0, [new Y.XmlText('Tập trung chỉ đạo')])
        return clause
      })
      body.insert(1, made)
    })
    peer.write((body) => body.delete(1, 1_000))
    await peer.saved()
    expect(peer.text).toBe(before)
    await peer.leave()
    await whole()
  })
})

describe('[F33] floods of frames that are right', () => {
  test('3,000 updates in the wrong order in one breath: judged a few times each, the socket closed with 4400', () =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.answers = false
      const clone = new Y.Doc()
      Y.applyUpdate(clone, Y.encodeStateAsUpdate(peer.doc))
      const letters: Uint8Array[] = []
      clone.on('update', (bytes: Uint8Array) => letters.push(bytes))
      for (let i = 0; i < 3_000; i += 1) typeInto(clone, 0, 'k')
      // The first is never sent.
      for (const letter of letters.slice(1).reverse()) peer.sendUpdate(letter)
      expect((await peer.closed).code).toBe(4400)
    }))

  test('10,000 questions in one breath get one answer after the other, not 10,000, and others are served', () =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      const before = peer.received
      for (let i = 0; i < 10_000; i += 1)
        peer.send(new Uint8Array([MESSAGE.sync, SYNC.step1, 1, 0]))
      witness.write((_, doc) => typeInto(doc, 1, '.'))
      await witness.saved()
      await dealtWith(peer)
      expect(peer.received - before).toBeLessThan(5_000)
      witness.change((body) => {
        const words = (body.get(1) as Y.XmlElement).get(0) as Y.XmlText
        words.delete(words.length - 1, 1)
      })
      witness.sendStep2(Y.encodeStateAsUpdate(witness.doc))
      await witness.saved()
      await peer.leave()
    }))
})
