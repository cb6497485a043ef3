import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { TestPeer } from '../support/TestPeer.ts'
import { disk, world } from './freshRooms.ts'
import { accountId, DOCUMENT, eventually, typeInto } from './testRooms.ts'

const rows = () =>
  world.database.read.selectFrom('swallowed_text').selectAll().orderBy('at').execute()
const told = (peer: TestPeer) => peer.notices.filter(({ type }) => type === 'swallowed')

const elementAt = (body: Y.XmlFragment, index: number) => body.get(index) as Y.XmlElement
const textAt = (body: Y.XmlFragment, index: number) => elementAt(body, index).get(0) as Y.XmlText

function copyOf(element: Y.XmlElement, id: string): Y.XmlElement {
  const copy = new Y.XmlElement('clause')
  copy.setAttribute('id', id)
  copy.setAttribute('level', element.getAttribute('level') ?? 'text')
  copy.insert(0, [new Y.XmlText((element.get(0) as Y.XmlText).toString())])
  return copy
}

/** As editors do it to the second clause: none of them knows what a colleague is typing there. */
const HIDING = {
  delete: (body: Y.XmlFragment) => body.delete(1, 1),
  merge(body: Y.XmlFragment) {
    const above = textAt(body, 0)
    above.insert(above.length, ` ${textAt(body, 1).toString()}`)
    body.delete(1, 1)
  },
  move(body: Y.XmlFragment) {
    const copy = copyOf(elementAt(body, 1), 'c2')
    body.delete(1, 1)
    body.insert(body.length, [copy])
  },
  retype(body: Y.XmlFragment) {
    const copy = copyOf(elementAt(body, 1), 'c2x')
    body.delete(1, 1)
    body.insert(1, [copy])
  },
  'cut of a range'(body: Y.XmlFragment) {
    const [above, below] = [textAt(body, 0), textAt(body, 1)]
    const rest = below.toString().slice(10)
    above.delete(8, above.length - 8)
    above.insert(8, rest)
    body.delete(1, 1)
  },
  'typing over the whole clause': (body: Y.XmlFragment) => elementAt(body, 1).delete(0, 1),
}
const CASES = Object.entries(HIDING)

describe('[P04] words hidden by what somebody does at the same time come back to their author', () => {
  test.each(CASES)('%s first, the words later', async (name, hide) => {
    const [author, other, watcher] = [
      await world.join('stc.officer'),
      await world.join('snv.officer'),
      await world.join('vpdbqh.officer'),
    ]
    const late = author.change((_, doc) => typeInto(doc, 1, ' đúng hạn'))
    other.write(hide)
    await other.saved()
    author.sendUpdate(late)
    await author.until(() => told(author).length > 0, 'told')
    await author.saved()
    const [row, ...more] = await rows()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      document_id: DOCUMENT,
      epoch: 'e1',
      account_id: accountId('stc.officer'),
      by_account_id: accountId('snv.officer'),
      text: 'đúng hạn',
      place: 'khoản 1 Điều 1',
      clause_id: name === 'merge' ? 'c1' : 'c2',
      after_clause_id: 'c1',
    })
    expect(told(author)).toEqual([{ type: 'swallowed', id: row?.id }])
    expect([...told(other), ...told(watcher)]).toEqual([])
    expect(await world.diskText()).not.toContain('đúng hạn')
  })

  test.each(CASES)('the words first, %s later', async (_, hide) => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const late = other.change(hide)
    author.write((_body, doc) => typeInto(doc, 1, ' đúng hạn'))
    await author.saved()
    other.sendUpdate(late)
    await author.until(() => told(author).length > 0, 'told')
    await other.saved()
    expect(await rows()).toMatchObject([
      { account_id: accountId('stc.officer'), text: 'đúng hạn', place: 'khoản 1 Điều 1' },
    ])
    expect(told(author)).toHaveLength(1)
    expect(told(other)).toEqual([])
  })

  test('a disk that cannot take the notice does not take the update either: both come with the next attempt', async () => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const late = author.change((_, doc) => typeInto(doc, 1, ' đúng hạn'))
    other.write(HIDING.delete)
    await other.saved()
    const run = (statement: string) => world.database.write((tx) => sql.raw(statement).execute(tx))
    await run(
      `create trigger full before insert on swallowed_text begin select raise(abort, 'full'); end`,
    )
    const before = other.revision
    author.sendUpdate(late)
    expect((await author.closed).code).toBe(4503)
    await run('drop trigger full')
    const again = await world.join('stc.officer')
    expect(again.revision).toBe(before)
    again.sendUpdate(late)
    await again.until(() => told(again).length > 0, 'told')
    expect(await rows()).toMatchObject([{ text: 'đúng hạn' }])
  })

  test('of a table that the server itself had to take away', async () => {
    const [author, one, two] = [
      await world.join('stc.officer'),
      await world.join('snv.officer'),
      await world.join('vpdbqh.officer'),
    ]
    const late = author.change((body) => {
      const [row, cell, paragraph] = [
        new Y.XmlElement('tableRow'),
        new Y.XmlElement('tableCell'),
        new Y.XmlElement('paragraph'),
      ]
      paragraph.insert(0, [new Y.XmlText('Thu ngân sách')])
      cell.insert(0, [paragraph])
      row.insert(0, [cell])
      elementAt(body, 3).insert(2, [row])
    })
    const [first, second] = [
      one.change((body) => elementAt(body, 3).delete(0, 1)),
      two.change((body) => elementAt(body, 3).delete(1, 1)),
    ]
    one.sendUpdate(first)
    two.sendUpdate(second)
    await eventually(async () => (await world.diskText()).includes('<table')).toBe(false)
    author.sendUpdate(late)
    await author.saved()
    expect(await rows()).toMatchObject([{ text: 'Thu ngân sách', by_account_id: null }])
  })

  test('whoever comes back when the room has long been closed still hears where it was, and from whom', async () => {
    const author = await world.join('stc.officer')
    const late = author.change((_, doc) => typeInto(doc, 1, ' đúng hạn'))
    const other = await world.join('snv.officer')
    other.write(HIDING.delete)
    await other.saved()
    await Promise.all([author.leave(), other.leave()])
    await eventually(() => world.rooms.stats().rooms).toBe(0)
    const again = await world.join('stc.officer')
    again.sendUpdate(late)
    await again.saved()
    expect(await rows()).toMatchObject([
      {
        text: 'đúng hạn',
        place: 'khoản 1 Điều 1',
        clause_id: 'c2',
        after_clause_id: 'c1',
        by_account_id: accountId('snv.officer'),
      },
    ])
  })

  test('a word corrected in the Telex way while it is being swallowed comes back whole', async () => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const typing = (work: (text: Y.XmlText) => void) =>
      author.change((body) => work(textAt(body, 1)))
    const frames = [
      typing((text) => text.insert(text.length, ' đu')),
      typing((text) => text.delete(text.length - 1, 1)),
      typing((text) => text.insert(text.length, 'ú')),
      typing((text) => text.insert(text.length, 'ng')),
    ]
    other.write(HIDING.delete)
    await other.saved()
    for (const frame of frames) {
      author.sendUpdate(frame)
      await author.saved()
    }
    expect((await rows()).map(({ text }) => text)).toEqual(['đúng'])
  })

  test('a cell of a table, and a clause that was the first', async () => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const late = author.change((body, doc) => {
      typeInto(doc, 0, ' mới')
      const row = elementAt(body, 3).get(1) as Y.XmlElement
      const paragraph = (row.get(0) as Y.XmlElement).get(0) as Y.XmlElement
      ;(paragraph.get(0) as Y.XmlText).insert(0, 'Toàn tỉnh ')
    })
    other.write((body) => {
      elementAt(body, 3).delete(1, 1)
      body.delete(0, 1)
    })
    await other.saved()
    author.sendUpdate(late)
    await author.until(() => told(author).length > 1, 'told')
    expect(await rows()).toMatchObject([
      { text: 'mới', place: 'Điều 1', clause_id: 'c1', after_clause_id: null },
      { text: 'Toàn tỉnh', clause_id: 't1', after_clause_id: 'c3' },
    ])
  })

  test('letter by letter it is one notice, without what its author took back himself', async () => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const typing = (work: (text: Y.XmlText) => void) =>
      author.change((body) => work(textAt(body, 1)))
    // Unikey's way: the letter goes and comes back with its mark.
    const frames = [
      typing((text) => text.insert(text.length, ' d')),
      typing((text) => text.delete(text.length - 1, 1)),
      typing((text) => text.insert(text.length, 'đ')),
      typing((text) => text.insert(text.length, 'ủ')),
    ]
    other.write(HIDING.delete)
    await other.saved()
    for (const frame of frames) {
      author.sendUpdate(frame)
      await author.saved()
    }
    const [row, ...more] = await rows()
    expect(more).toEqual([])
    expect(row?.text).toBe('đủ')
    expect(new Set(told(author).map((notice) => JSON.stringify(notice))).size).toBe(1)
    // Once he has heard of the deletion his own copy lists the letters as deleted: they are not taken back by that.
    await author.until(() => !author.text.includes('đủ'), 'the deletion')
    author.sendStep2(Y.encodeStateAsUpdate(author.doc))
    author.write((_, doc) => typeInto(doc, 0, ' thêm'))
    author.sendStep2(Y.encodeStateAsUpdate(author.doc))
    await author.saved()
    expect(await rows()).toEqual([row])
  })
})

describe('nobody is told', () => {
  test.each(CASES)(
    'of a %s of what one has seen, one’s own or a colleague’s: that is editing',
    async (_, hide) => {
      const author = await world.join('stc.officer')
      const other = await world.join('snv.officer')
      author.write((_body, doc) => typeInto(doc, 1, ' đúng hạn'))
      await author.saved()
      await other.until(() => other.text.includes('đúng hạn'), 'the words')
      other.write(hide)
      await other.saved()
      await author.until(() => author.text === other.text, 'the deletion')
      // Written and deleted by oneself while offline, it arrives at once.
      await author.leave()
      author.change((body) => {
        textAt(body, 0).insert(0, 'thêm ')
        body.delete(0, 1)
      })
      const back = await world.join('stc.officer', '', author.doc)
      await back.saved()
      expect(await rows()).toEqual([])
      expect([...told(author), ...told(back)]).toEqual([])
    },
  )

  test('of a single letter', async () => {
    const author = await world.join('stc.officer')
    const other = await world.join('snv.officer')
    const late = author.change((_, doc) => typeInto(doc, 1, ' x '))
    other.write(HIDING.delete)
    await other.saved()
    author.sendUpdate(late)
    await author.saved()
    expect(await rows()).toEqual([])
  })
})

test('[P04] a stock client that comes back from offline work gets all it wrote there in one piece', async () => {
  const client = world.stock('stc.officer')
  await client.synced()
  client.provider.disconnect()
  typeInto(client.doc, 1, ' đúng chất lượng')
  textAt(client.doc.getXmlFragment('body'), 1).insert(
    textAt(client.doc.getXmlFragment('body'), 1).length - 'chất lượng'.length,
    'hạn, bảo đảm ',
  )
  const other = await world.join('snv.officer')
  other.write(HIDING.delete)
  await other.saved()
  client.provider.connect()
  await expect
    .poll(async () => (await rows()).map(({ text }) => text), { timeout: 20_000 })
    .toEqual(['đúng hạn, bảo đảm chất lượng'])
  await expect.poll(() => client.notices.length, { timeout: 20_000 }).toBe(1)
})

test('[P04] the words and the notice of their loss are on disk together, before the frame is acknowledged', async () => {
  let hold = false
  let waiting = false
  let letGo = () => {}
  disk.append = async (batch, along) => {
    if (hold)
      await new Promise<void>((go) => {
        waiting = true
        letGo = go
      })
    return world.database.append(batch, along)
  }
  const author = await world.join('stc.officer')
  const other = await world.join('snv.officer')
  await author.saved()
  const late = author.change((_, doc) => typeInto(doc, 1, ' đúng hạn'))
  other.write(HIDING.delete)
  await other.saved()
  hold = true
  const before = await world.logLength()
  author.sendUpdate(late)
  await eventually(() => waiting).toBe(true)
  expect(author.acked).toBe(author.sent - 1)
  expect(await rows()).toEqual([])
  expect(await world.logLength()).toBe(before)
  hold = false
  letGo()
  await author.saved()
  expect(await rows()).toHaveLength(1)
  expect(await world.logLength()).toBe(before + 1)
})
