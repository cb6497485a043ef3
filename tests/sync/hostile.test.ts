import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { contradicts } from '../../server/sync/contradicts.ts'
import { KnownUpdates } from '../../server/sync/KnownUpdates.ts'
import { readUpdate } from '../../server/sync/updateFacts.ts'
import { storeLate } from '../../server/sync/updateLog.ts'
import { bodyProblems } from '../../shared/clauses/bodyProblems.ts'
import { CLAUSE_LIMIT } from '../../shared/clauses/limits.ts'
import { REFERENCE_LETTER } from '../../shared/clauses/reference.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { FRAME_LIMIT, MESSAGE, SYNC } from '../../shared/sync/protocol.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, startTestRooms, typeInto } from './testRooms.ts'

/** A colleague who must not notice anything: neither a byte nor a change on disk. */
async function unmoved(attack: () => Promise<void>): Promise<void> {
  const witness = await world.join('snv.officer')
  const [received, text, rows] = [witness.received, witness.text, await world.logLength()]
  await attack()
  witness.write((_, doc) => typeInto(doc, 1, ' nhân chứng'))
  await witness.saved()
  expect(witness.received).toBe(received)
  expect(await world.logLength()).toBe(rows + 1)
  const { blocks } = await world.rooms.read(DOCUMENT)
  expect(blocks).toHaveLength(4)
  expect(await world.diskText()).toBe(witness.text)
  expect(witness.text.replace(' nhân chứng', '')).toBe(text)
}

const refusedWith = async (peer: TestPeer, code: number) =>
  expect((await peer.closed).code).toBe(code)

describe('frames that are none', () => {
  const bad: [string, Uint8Array | string][] = [
    ['a text frame', 'xin chào'],
    ['no bytes at all', new Uint8Array()],
    ['an unfinished number', new Uint8Array([255, 255])],
    ['an unknown type', new Uint8Array([77])],
    ['one of the server’s own types', new Uint8Array([MESSAGE.ack, 1, 1])],
    ['an unknown sync type', new Uint8Array([MESSAGE.sync, 9, 0])],
    ['an update that is none', new Uint8Array([MESSAGE.sync, SYNC.update, 3, 200, 200, 200])],
    ['a length beyond the end', new Uint8Array([MESSAGE.sync, SYNC.update, 90, 1])],
    ['bytes left over', new Uint8Array([MESSAGE.sync, SYNC.update, 2, 0, 0, 5])],
    ['a broken state vector', new Uint8Array([MESSAGE.sync, SYNC.step1, 1, 200])],
    ['presence that is no JSON', new Uint8Array([MESSAGE.awareness, 5, 1, 1, 1, 1, 123])],
  ]
  test.each(bad)('%s closes that socket with 4400 and touches nothing else', (_, bytes) =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      peer.send(bytes)
      await refusedWith(peer, 4400)
    }),
  )

  test('what came before a malformed frame still counts', async () => {
    const peer = await world.join('stc.officer')
    peer.write((_, doc) => typeInto(doc, 0, ' trước'))
    peer.send('x')
    await refusedWith(peer, 4400)
    expect(peer.acked).toBe(peer.sent)
    expect(await world.diskText()).toContain(' trước')
  })

  test('a frame beyond 1 MiB is 4413 before it is read; one just below is looked at', async () => {
    expect(FRAME_LIMIT).toBe(1024 * 1024)
    const peer = await world.join('stc.officer')
    await peer.saved()
    peer.sendUpdate(new Uint8Array(FRAME_LIMIT))
    await refusedWith(peer, 4413)
    const other = await world.join('stc.officer')
    other.sendUpdate(new Uint8Array(FRAME_LIMIT - 100).fill(255))
    await refusedWith(other, 4400)
  })
})

describe('one connection never ends the process', () => {
  const nested = `{"cursor":${'['.repeat(200_000)}${']'.repeat(200_000)}}`

  test('presence nested beyond every measure is 4400', () =>
    unmoved(async () => {
      const peer = await world.join('stc.officer', '?client=5')
      peer.sendPresenceText(5, 1, nested)
      await refusedWith(peer, 4400)
    }))

  test('whatever else breaks while a frame is handled costs that connection alone', async () => {
    let broken = false
    const { clock } = world.platform
    world.platform.clock = () => {
      if (broken) throw new RangeError('the clock has stopped')
      return clock()
    }
    await unmoved(async () => {
      const peer = await world.join('stc.officer', '?client=5')
      await peer.saved()
      broken = true
      peer.sendPresence([[5, 1, {}]])
      const { code } = await peer.closed
      broken = false
      expect(code).toBe(4400)
    })
  })

  test('an update at which the judge itself breaks costs its sender alone', async () => {
    const look = vi.spyOn(KnownUpdates.prototype, 'has')
    try {
      await unmoved(async () => {
        const peer = await world.join('stc.officer')
        await peer.saved()
        const update = peer.change((_, doc) => typeInto(doc, 0, ' không'))
        look.mockImplementation((bytes) => {
          if (Buffer.compare(bytes, update) === 0) throw new RangeError('broken by these bytes')
          return false
        })
        peer.sendUpdate(update)
        await refusedWith(peer, 4400)
      })
    } finally {
      look.mockRestore()
    }
  })
})

describe('content the schema refuses is 4422, and leaves no trace', () => {
  const element = (name: string, attributes: Record<string, string> = {}) => {
    const made = new Y.XmlElement(name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }
  const bad: [string, (body: Y.XmlFragment, doc: Y.Doc) => void][] = [
    ['a foreign root', (_, doc) => doc.getMap('meta').set('a', 1)],
    ['an unknown element', (body) => body.insert(0, [element('heading')])],
    ['text outside a clause', (body) => body.insert(0, [new Y.XmlText('x')])],
    [
      'a clause in a clause',
      (body) => (body.get(0) as Y.XmlElement).insert(0, [element('clause')]),
    ],
    ['a paragraph at the top', (body) => body.insert(0, [element('paragraph')])],
    ['an unknown attribute', (body) => (body.get(0) as Y.XmlElement).setAttribute('onclick', 'x')],
    ['an unknown level', (body) => (body.get(0) as Y.XmlElement).setAttribute('level', 'h1')],
    ['the id of another clause', (body) => (body.get(0) as Y.XmlElement).setAttribute('id', 'c2')],
    [
      'the name that positions on the order go by',
      (body) => (body.get(0) as Y.XmlElement).setAttribute('id', 'structure'),
    ],
    ['an id that is none', (body) => (body.get(0) as Y.XmlElement).setAttribute('id', 'a b')],
    [
      'a mark that carries a link',
      (body) => textOf(body).format(0, 3, { link: { href: 'javascript:alert(1)' } }),
    ],
    [
      'a reference to nothing',
      (body) =>
        textOf(body).insert(0, REFERENCE_LETTER, { reference: { clause: 'a b', was: 'Điều 9' } }),
    ],
    [
      'a reference with a load',
      (body) =>
        textOf(body).insert(0, REFERENCE_LETTER, {
          reference: { clause: 'c2', was: 'Điều 9', href: 'javascript:alert(1)' },
        }),
    ],
    ['an embed', (body) => textOf(body).insertEmbed(0, { image: 'x' })],
    [
      'a shared map in an attribute',
      (body) => (body.get(0) as Y.XmlElement).setAttribute('id', new Y.Map() as never),
    ],
  ]
  const textOf = (body: Y.XmlFragment) => (body.get(0) as Y.XmlElement).get(0) as Y.XmlText

  test.each(bad)('%s', (_, change) =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.write(change)
      await refusedWith(peer, 4422)
      expect(peer.refusals).toMatchObject([{ code: 'content/refused', frame: peer.sent }])
      expect(peer.acked).toBe(peer.sent - 1)
    }),
  )

  test('an editor that joins words into an empty clause hands its id on, and may', async () => {
    const peer = await world.join('stc.officer')
    peer.write((body) => {
      ;(body.get(1) as Y.XmlElement).setAttribute('id', 'c1')
      body.delete(0, 1)
    })
    await peer.saved()
    expect((await world.rooms.read(DOCUMENT)).blocks[0]?.id).toBe('c1')
  })

  test('a reference is let in, two of one target side by side too, and words typed behind it', async () => {
    const [peer, witness] = [await world.join('stc.officer'), await world.join('snv.officer')]
    const reference = { document: null, clause: 'c2', was: 'Điều 2' }
    peer.write((body) => textOf(body).insert(0, REFERENCE_LETTER.repeat(2), { reference }))
    peer.write((body) => textOf(body).insert(2, ' và ', { reference: null }))
    await peer.saved()
    await witness.until(() => witness.text === peer.text, 'the same text')
    const [block] = readBody(witness.doc)
    const runs = block?.level === 'table' ? [] : (block?.runs ?? [])
    expect(runs.filter((run) => run.reference)).toHaveLength(2)
    expect(runs[2]?.text).toMatch(/^ và /)
    expect(bodyProblems(witness.doc)).toEqual([])
  })

  test('a clause without id and level is mended by the server', async () => {
    const [peer, witness] = [await world.join('stc.officer'), await world.join('snv.officer')]
    peer.write((body) => body.insert(0, [element('clause')]))
    await peer.saved()
    const mended = () =>
      bodyProblems(witness.doc).length === 0 && witness.text.includes('level="text"')
    await witness.until(mended, 'the mended text')
    expect(await world.diskText()).toBe(witness.text)
  })

  test('two copies of one clause, as two movers leave them: the later gets an id of its own, nobody is blamed', async () => {
    const [a, b] = [await world.join('stc.officer'), await world.join('snv.officer')]
    for (const [peer, at] of [
      [a, 0],
      [b, 3],
    ] as const)
      peer.change((body) => {
        const copy = (body.get(1) as Y.XmlElement).clone()
        body.delete(1, 1)
        body.insert(at, [copy])
      })
    for (const peer of [a, b]) peer.sendUpdate(Y.encodeStateAsUpdate(peer.doc))
    const ids = (peer: TestPeer) =>
      (peer.doc.getXmlFragment('body').toArray() as Y.XmlElement[]).map((block) =>
        block.getAttribute('id'),
      )
    await a.until(() => ids(a).length === 5 && new Set(ids(a)).size === 5, 'five ids')
    await b.until(() => b.text === a.text, 'the same text')
    expect(ids(a)[0]).toBe('c2')
    for (const peer of [a, b]) {
      peer.write((_, doc) => typeInto(doc, 1, ' vẫn viết được'))
      await peer.saved()
    }
  })

  test('good frames of the same turn stay, those behind the bad one fall with it', async () => {
    const [bad, good] = [await world.join('stc.officer'), await world.join('snv.officer')]
    bad.write((_, doc) => typeInto(doc, 0, ' tốt'))
    good.write((_, doc) => typeInto(doc, 1, ' cũng tốt'))
    bad.write((body) => body.insert(0, [new Y.XmlElement('video')]))
    bad.write((_, doc) => typeInto(doc, 1, ' mất'))
    await refusedWith(bad, 4422)
    await good.saved()
    await good.until(() => good.text.includes(' tốt'), 'the good frame')
    const text = await world.diskText()
    expect(text).toContain(' tốt')
    expect(text).toContain(' cũng tốt')
    expect(text).not.toContain('video')
    expect(text).not.toContain(' mất')
    expect(good.text).toBe(text)
  })

  test('a clause beyond its length is 4413, however it grew', async () => {
    const peer = await world.join('stc.officer')
    const part = 'dài '.repeat(CLAUSE_LIMIT / 8)
    peer.write((_, doc) => typeInto(doc, 1, part))
    await peer.saved()
    await unmoved(async () => {
      peer.write((_, doc) => typeInto(doc, 1, `${part}quá dài`))
      await refusedWith(peer, 4413)
    })
  })

  const tall = (rows: number, rowspan: number) => {
    const table = element('table', { id: 'tall' })
    const lines = Array.from({ length: rows }, () => {
      const [line, cell] = [element('tableRow'), element('tableCell')]
      cell.setAttribute('rowspan', rowspan as never)
      cell.insert(0, [element('paragraph')])
      line.insert(0, [cell])
      return line
    })
    table.insert(0, lines)
    return table
  }

  test('a table of few cells and squares without end is 4413, however it comes to them', async () => {
    const peer = await world.join('stc.officer')
    peer.write((body) => body.insert(4, [tall(200, 1)]))
    await peer.saved()
    const lines = () => (peer.doc.getXmlFragment('body').get(4) as Y.XmlElement).toArray()
    peer.write(() => {
      for (const line of lines().slice(0, 5) as Y.XmlElement[])
        (line.get(0) as Y.XmlElement).setAttribute('colspan', 100 as never)
    })
    await peer.saved()
    peer.write(() => {
      for (const line of lines() as Y.XmlElement[]) {
        const cell = line.get(0) as Y.XmlElement
        cell.setAttribute('colspan', 100 as never)
        cell.setAttribute('rowspan', 200 as never)
      }
    })
    await refusedWith(peer, 4413)
    expect(peer.refusals).toMatchObject([{ details: { of: 'table' } }])
    const other = await world.join('stc.officer')
    other.write((body) => body.insert(0, [tall(1_000, 1_000)]))
    await refusedWith(other, 4413)
  })

  test('a whole text of 1.8 MB comes in, and whoever joins receives it in one answer', async () => {
    const peer = await world.join('stc.officer')
    for (let i = 0; i < 5; i += 1)
      peer.write((body) => {
        const made = element('clause', { id: `g${i}`, level: 'text' })
        made.insert(0, [new Y.XmlText('ă'.repeat(180_000))])
        body.insert(0, [made])
      })
    await peer.saved()
    const witness = await world.join('snv.officer')
    await witness.until(() => witness.text === peer.text, 'the text')
    expect((await world.rooms.read(DOCUMENT)).blocks).toHaveLength(4 + 5)
  })

  test('a text beyond 2 MB is 4413', async () => {
    const peer = await world.join('stc.officer')
    const part = 'ă'.repeat(180_000)
    const grow = (i: number) =>
      peer.write((body) => {
        const made = element('clause', { id: `g${i}`, level: 'text' })
        made.insert(0, [new Y.XmlText(part)])
        body.insert(0, [made])
      })
    for (let i = 0; i < 5; i += 1) grow(i)
    await peer.saved()
    grow(5)
    await refusedWith(peer, 4413)
    expect(peer.refusals).toMatchObject([{ details: { of: 'document' } }])
    expect((await world.rooms.read(DOCUMENT)).blocks).toHaveLength(4 + 5)
  })
})

describe('whose clientID', () => {
  const forge = (peer: TestPeer, client: number): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer.doc))
    const before = Y.encodeStateVector(doc)
    doc.clientID = client
    typeInto(doc, 0, ' giả mạo')
    return Y.encodeStateAsUpdate(doc, before)
  }

  test('new words under a colleague’s clientID are refused before anything is stored', async () => {
    const victim = await world.join('snv.officer')
    victim.write((_, doc) => typeInto(doc, 1, ' thật'))
    await victim.saved()
    await unmoved(async () => {
      const attacker = await world.join('stc.officer')
      attacker.sendUpdate(forge(attacker, victim.doc.clientID))
      await refusedWith(attacker, 4403)
    })
    victim.write((_, doc) => typeInto(doc, 1, ' vẫn được'))
    await victim.saved()
    expect(await world.diskText()).toContain(' thật')
  })

  test('a clientID that is online but has written nothing yet is no less its own', async () => {
    const client = 4711
    const victim = await world.join('snv.officer', `?client=${client}`)
    const attacker = await world.join('stc.officer')
    attacker.sendUpdate(forge(attacker, client))
    await refusedWith(attacker, 4403)
    const thief = await world.connect('stc.officer', `?client=${client}`)
    await refusedWith(thief, 4403)
    victim.doc.clientID = client
    victim.write((_, doc) => typeInto(doc, 1, ' của tôi'))
    await victim.saved()
  })

  test('the clientID of the template and of the server’s own edits is nobody’s', async () => {
    const attacker = await world.join('stc.officer')
    attacker.sendUpdate(forge(attacker, 1))
    await refusedWith(attacker, 4403)
    expect(await world.logLength()).toBe(1)
  })

  test('claims outlive the room', async () => {
    const victim = await world.join('snv.officer')
    victim.write((_, doc) => typeInto(doc, 1, ' thật'))
    await victim.saved()
    await victim.leave()
    await eventually(() => world.rooms.stats().rooms).toBe(0)
    const attacker = await world.join('stc.officer')
    attacker.sendUpdate(forge(attacker, victim.doc.clientID))
    await refusedWith(attacker, 4403)
  })

  test('the same user may bring words of an earlier clientID, as recovered offline work', async () => {
    const first = await world.join('stc.officer')
    first.write((_, doc) => typeInto(doc, 1, ' một'))
    await first.saved()
    const kept = first.change((_, doc) => typeInto(doc, 1, ' hai'))
    await first.leave()
    const second = await world.join('stc.officer')
    second.sendUpdate(kept)
    await second.saved()
    expect(await world.diskText()).toContain(' một hai')
  })

  test('a newer connection with the same clientID wins; the older is closed with 4409', async () => {
    const older = await world.join('stc.officer', '?client=99')
    const newer = await world.join('stc.officer', '?client=99')
    await refusedWith(older, 4409)
    newer.doc.clientID = 99
    newer.write((_, doc) => typeInto(doc, 1, ' mới'))
    await newer.saved()
  })

  test('two tabs that write with one clientID: the second hears it, and its words are not acknowledged', async () => {
    const tab = await world.join('stc.officer')
    const clone = await world.join('stc.officer')
    await clone.saved()
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(clone.doc))
    copy.clientID = tab.doc.clientID
    const before = Y.encodeStateVector(copy)
    typeInto(copy, 0, ' tab hai')
    tab.write((_, doc) => typeInto(doc, 0, ' tab một'))
    await tab.saved()
    clone.sendUpdate(Y.encodeStateAsUpdate(copy, before))
    await refusedWith(clone, 4409)
    expect(clone.acked).toBe(clone.sent - 1)
    expect(await world.diskText()).not.toContain(' tab hai')
  })
})

describe('a clientID used again with other bytes is 4409, never acknowledged', () => {
  const CLIENT = 4242
  /** What a clone says that begins from the template under the clientID and clocks of another. */
  const asClone = (base: Uint8Array, work: (body: Y.XmlFragment, doc: Y.Doc) => void) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, base)
    doc.clientID = CLIENT
    const before = Y.encodeStateVector(doc)
    doc.transact(() => work(doc.getXmlFragment('body'), doc))
    return Y.encodeStateAsUpdate(doc, before)
  }
  const text = (body: Y.XmlFragment, index: number) =>
    (body.get(index) as Y.XmlElement).get(0) as Y.XmlText
  const typed = (_: Y.XmlFragment, doc: Y.Doc) => typeInto(doc, 1, 'abcdef')
  const level = (value: string) => (body: Y.XmlFragment) =>
    (body.get(0) as Y.XmlElement).setAttribute('level', value)
  const made = (name: string) => (body: Y.XmlFragment) => body.insert(0, [new Y.XmlElement(name)])
  const bold = (at: number, mark: string) => (body: Y.XmlFragment) =>
    text(body, 0).format(at, 2, { [mark]: {} })

  type Write = (body: Y.XmlFragment, doc: Y.Doc) => void
  const cases: [string, Write, Write][] = [
    ['an element under the numbers of letters', typed, made('clause')],
    ['letters under the numbers of an element', made('clause'), (b) => text(b, 1).insert(0, 'a')],
    ['another element', made('clause'), made('table')],
    ['the same letters at another place', typed, (body) => text(body, 1).insert(2, 'abcdef')],
    [
      'the same letters at the start of another clause',
      (body) => text(body, 0).insert(0, 'abcdef'),
      (body) => text(body, 1).insert(0, 'abcdef'),
    ],
    [
      'the first text of another clause',
      (body) => (body.get(2) as Y.XmlElement).insert(0, [new Y.XmlText('a')]),
      (body) => {
        const [cell] = [
          ...body.createTreeWalker((e) => (e as Y.XmlElement).nodeName === 'paragraph'),
        ]
        ;(cell as unknown as Y.XmlElement).setAttribute('id', 'x')
      },
    ],
    ['another value of an attribute', level('point'), level('text')],
    [
      'another attribute',
      (body) => (body.get(2) as Y.XmlElement).setAttribute('a', 'x'),
      (body) => (body.get(2) as Y.XmlElement).setAttribute('b', 'x'),
    ],
    ['another mark', bold(0, 'bold'), bold(0, 'italic')],
    ['the mark at another place', bold(1, 'bold'), bold(3, 'bold')],
  ]
  test.each(cases)('%s', async (name, mine, other) => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    const base = Y.encodeStateAsUpdate(peer.doc)
    const [first, second] = [asClone(base, mine), asClone(base, other)]
    const room = new Y.Doc()
    Y.applyUpdate(room, base)
    Y.applyUpdate(room, first)
    expect(contradicts(room, readUpdate(first)), name).toBe(false)
    expect(contradicts(room, readUpdate(Y.encodeStateAsUpdate(room))), name).toBe(false)
    expect(contradicts(room, readUpdate(second)), name).toBe(true)
  })

  test('over sockets: the clone is told, and nothing of it counts as saved', async () => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    const base = Y.encodeStateAsUpdate(peer.doc)
    peer.sendUpdate(asClone(base, typed))
    await peer.saved()
    await peer.leave()
    for (const other of cases.filter(([, mine]) => mine === typed).map(([, , write]) => write)) {
      const clone = await world.join('stc.officer')
      await clone.saved()
      clone.sendUpdate(asClone(base, other))
      await refusedWith(clone, 4409)
      expect(clone.acked).toBe(clone.sent - 1)
      expect(clone.refusals).toMatchObject([{ code: 'sync/other-epoch' }])
    }
  })
})

describe('[B32] gaps', () => {
  test('a lost frame is asked for again; nothing is called saved before it has come', async () => {
    const peer = await world.join('stc.officer')
    await peer.saved()
    const saved = peer.acked
    peer.answers = false
    const lost = peer.change((_, doc) => typeInto(doc, 0, ' mất'))
    peer.write((_, doc) => typeInto(doc, 0, ' sau'))
    await peer.until(() => peer.order.filter(([, sub]) => sub === SYNC.step1).length > 1, 'asked')
    expect(peer.acked).toBe(saved)
    expect(await world.diskText()).not.toContain(' sau')
    expect(lost.length).toBeGreaterThan(0)
    const { doc } = peer
    peer.sendStep2(Y.encodeStateAsUpdate(doc))
    await peer.saved()
    expect(await world.diskText()).toContain(' mất sau')
    const [late] = [await world.join('snv.officer')]
    expect(late.text).toBe(peer.text)
  })

  test('the stock client heals by itself', async () => {
    const client = world.stock('stc.officer')
    await client.synced()
    const socket = client.provider.ws
    const send = socket?.send
    if (!socket || !send) throw new Error('no socket')
    socket.send = () => {}
    typeInto(client.doc, 0, ' rơi')
    socket.send = send
    typeInto(client.doc, 0, ' giữ')
    await eventually(() => client.isSaved()).toBe(true)
    expect(await world.diskText()).toContain(' rơi giữ')
  })

  test('a deletion of something unknown waits too', async () => {
    const [writer, peer] = [await world.join('snv.officer'), await world.join('stc.officer')]
    peer.answers = false
    const unseen = writer.change((_, doc) => typeInto(doc, 1, ' chưa gửi'))
    Y.applyUpdate(peer.doc, unseen)
    const removal = peer.change((body) => {
      const text = (body.get(1) as Y.XmlElement).get(0) as Y.XmlText
      text.delete(text.length - 3, 3)
    })
    const before = peer.acked
    peer.sendUpdate(removal)
    await peer.until(() => peer.order.filter(([, sub]) => sub === SYNC.step1).length > 1, 'asked')
    expect(peer.acked).toBe(before)
    writer.sendUpdate(unseen)
    await writer.saved()
    peer.sendUpdate(removal)
    await peer.saved()
    expect(await world.diskText()).toContain(' chưa ')
    expect(await world.diskText()).not.toContain(' chưa gửi')
  })

  test('whoever sends nothing but gaps is closed with 4400 and has cost nobody anything', () =>
    unmoved(async () => {
      const peer = await world.join('stc.officer')
      await peer.saved()
      peer.answers = false
      peer.change((_, doc) => typeInto(doc, 0, ' mất'))
      for (let i = 0; i < 80; i += 1) peer.write((_, doc) => typeInto(doc, 0, `${i}`))
      await refusedWith(peer, 4400)
      const claims = await world.database.read.selectFrom('client_claim').selectAll().execute()
      expect(claims.map((claim) => claim.account_id)).not.toContain(accountId('stc.officer'))
    }))
})

test('whoever asks a thousand times over what it lacks is answered now and then, and holds up nobody', async () => {
  const writer = await world.join('stc.officer')
  writer.write((body) => {
    for (let i = 0; i < 200; i += 1) {
      const made = new Y.XmlElement('clause')
      made.setAttribute('id', `k${i}`)
      made.setAttribute('level', 'paragraph')
      made.insert(0, [new Y.XmlText('ă'.repeat(500))])
      body.insert(body.length, [made])
    }
  })
  await writer.saved()
  const observer = await world.join('bantdkt.observer')
  const before = observer.received
  // Each says that it has one word of a clientID of its own, so that no answer fits the next.
  for (let i = 0; i < 1_000; i += 1) observer.sendStep1(Y.encodeStateVector(new Map([[5 + i, 1]])))
  writer.write((_, doc) => typeInto(doc, 0, 'z'))
  await writer.saved()
  await observer.until(() => observer.received > before, 'an answer')
  expect(observer.received - before).toBeLessThan(100)
})

test('an account that does again and again what no editor does is 429 at the door for a while, and nobody else', async () => {
  const strict = await startTestRooms({ offencesAMinute: 3 })
  try {
    for (let i = 0; i < 3; i += 1) {
      const peer = await strict.join('stc.officer')
      peer.send('x')
      expect((await peer.closed).code).toBe(4400)
    }
    const refused = () =>
      strict.connect('stc.officer').then(
        (peer) => peer.leave(),
        (cause) => cause,
      )
    await eventually(refused).toMatchObject({ status: 429 })
    const colleague = await strict.join('stc.head')
    colleague.write((_, doc) => typeInto(doc, 0, ' vẫn viết'))
    await colleague.saved()
  } finally {
    await strict.close()
  }
})

test('whoever comes with many connections first loses them all with the last offence that is borne', async () => {
  const strict = await startTestRooms({ offencesAMinute: 3 })
  try {
    const peers = []
    for (let i = 0; i < 5; i += 1) peers.push(await strict.join('stc.officer'))
    for (const peer of peers.slice(0, 3)) peer.send('x')
    const codes = await Promise.all(peers.map(async (peer) => (await peer.closed).code))
    expect(codes).toEqual([4400, 4400, 4400, 4429, 4429])
  } finally {
    await strict.close()
  }
})

test('a deletion that names the same letters again, or none, is no update', () => {
  const update = (...deletes: [clock: number, length: number][]) =>
    new Uint8Array([0, 1, 7, deletes.length, ...deletes.flat()])
  expect(readUpdate(update([5, 2], [0, 3])).deletes).toHaveLength(2)
  for (const bad of [update([0, 0]), update([0, 3], [2, 2]), update([4, 1], [0, 9])])
    expect(() => readUpdate(bad)).toThrow('says nothing new')
})

test('what comes too late has a bound, and what was kept before stays', async () => {
  const late = (bytes: Uint8Array) => ({
    documentId: DOCUMENT,
    epoch: 'e1',
    accountId: accountId('stc.officer'),
    clientId: 1,
    baseRevision: 1,
    bytes,
    at: 1,
  })
  let ids = 0
  const keep = (bytes: Uint8Array) => storeLate(world.database, () => `late${ids++}`, late(bytes))
  const first = await keep(new Uint8Array(15 * 2 ** 20))
  await expect(keep(new Uint8Array(2 ** 20 + 1))).rejects.toMatchObject({ code: 'input/too-large' })
  expect(await keep(new Uint8Array(15 * 2 ** 20))).toMatchObject({ id: first.id })
  await keep(new Uint8Array(2 ** 20))
})
