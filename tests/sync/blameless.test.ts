import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../shared/clauses/bodyProblems.ts'
import { bodyOf, readBody } from '../../shared/clauses/yjs.ts'
import type { TestPeer } from '../support/TestPeer.ts'
import { world } from './freshRooms.ts'
import { DOCUMENT, typeInto } from './testRooms.ts'

/**
 * What only the merged text shows is mended, and nobody is sent away for it: who made a clause is not who left it
 * without an id.
 */
const elementAt = (body: Y.XmlFragment, index: number) => body.get(index) as Y.XmlElement

function made(id: string, level: string): Y.XmlElement {
  const clause = new Y.XmlElement('clause')
  clause.setAttribute('id', id)
  clause.setAttribute('level', level)
  clause.insert(0, [new Y.XmlText('Chỉ tiêu')])
  return clause
}

/** In this order: of two values written at once the one of the greater clientID counts. */
async function three(): Promise<[TestPeer, TestPeer, TestPeer]> {
  const join = (account: string, client: number) => {
    const doc = new Y.Doc()
    doc.clientID = client
    return world.join(account, `?client=${client}`, doc)
  }
  return [
    await join('vpdbqh.officer', 2_000),
    await join('snv.officer', 3_000),
    await join('stc.officer', 4_000),
  ]
}

const sendAll = (peer: TestPeer) => peer.sendUpdate(Y.encodeStateAsUpdate(peer.doc))

/** The text has been looked at and is in order, and each of them can go on in it. */
async function allWriteOn(peers: readonly TestPeer[]): Promise<void> {
  await Promise.all(peers.map((peer) => peer.saved()))
  await world.rooms.read(DOCUMENT)
  for (const peer of peers) {
    peer.write((_, doc) => typeInto(doc, 0, ` và ${doc.clientID}`))
    await peer.saved()
    expect(peer.refusals).toEqual([])
  }
  const text = await world.diskText()
  for (const peer of peers) {
    await peer.until(() => peer.text === text, 'the text on disk')
    expect(bodyProblems(peer.doc)).toEqual([])
  }
}

describe('nobody is sent away for what the server mends in the merged text', () => {
  test.each(['id', 'level'])(
    'somebody takes the %s off a clause: who wrote the clause stays',
    async (name) => {
      const [author, , vandal] = await three()
      author.write((body) => body.insert(1, [made('moi', 'point')]))
      await vandal.until(() => vandal.text.includes('moi'), 'the clause')
      vandal.write((body) => elementAt(body, 1).removeAttribute(name))
      await allWriteOn([author, vandal])
    },
  )

  test('two change a level at once and one of them takes it back, which leaves none at all: all three stay', async () => {
    const [author, colleague, undoer] = await three()
    author.write((body) => body.insert(1, [made('moi', 'point')]))
    for (const one of [colleague, undoer])
      await one.until(() => one.text.includes('moi'), 'the clause')
    const undo = new Y.UndoManager(bodyOf(undoer.doc))
    undoer.change((body) => elementAt(body, 1).setAttribute('level', 'article'))
    colleague.write((body) => elementAt(body, 1).setAttribute('level', 'text'))
    await colleague.saved()
    sendAll(undoer)
    await undoer.saved()
    undo.undo()
    expect(elementAt(bodyOf(undoer.doc), 1).getAttribute('level')).toBeUndefined()
    sendAll(undoer)
    await allWriteOn([author, colleague, undoer])
    expect(readBody(author.doc)[1]).toMatchObject({ id: 'moi', level: 'text' })
  })

  test('one deletes a clause that another hands on at once, and takes that back: it comes bare, and he stays', async () => {
    const [, colleague, undoer] = await three()
    const undo = new Y.UndoManager(bodyOf(undoer.doc))
    undoer.change((body) => body.delete(0, 1))
    colleague.write((body) => {
      elementAt(body, 0).setAttribute('id', 'c2')
      elementAt(body, 0).setAttribute('level', 'paragraph')
      body.delete(1, 1)
    })
    await undoer.until(() => undoer.text.includes('c3') && !undoer.text.includes('c2'), 'the join')
    undo.undo()
    expect(undoer.text).toMatch(/^<clause>/)
    sendAll(undoer)
    await allWriteOn([colleague, undoer])
  })
})

describe('an id that is handed on while a colleague moves the clause that had it', () => {
  /** As the editor joins the second clause into the first, which is empty. */
  const join = (body: Y.XmlFragment) => {
    elementAt(body, 0).setAttribute('id', 'c2')
    body.delete(1, 1)
  }
  const move = (body: Y.XmlFragment) => {
    body.delete(1, 1)
    body.insert(2, [made('c2', 'paragraph')])
  }
  const idsNow = async () => (await world.rooms.read(DOCUMENT)).blocks.map(({ id }) => id)

  test.each([
    ['the join', join, move],
    ['the move', move, join],
  ])(
    '%s comes first: both stay, and the clause that was written with the id has it',
    async (_, first, second) => {
      const [, one, other] = await three()
      const late = other.change(second)
      one.write(first)
      await one.saved()
      other.sendUpdate(late)
      await other.saved()
      const ids = await idsNow()
      expect(ids).toEqual([expect.stringMatching(/^id/), 'c3', 'c2', 't1'])
      await allWriteOn([one, other])
    },
  )

  test('whoever takes the id of a clause that stands, under the cover of a deletion, does not get it', async () => {
    const [, one, other] = await three()
    const late = other.change((body) => {
      elementAt(body, 0).setAttribute('id', 'c2')
      body.delete(2, 1)
    })
    one.write((body) => body.delete(2, 1))
    await one.saved()
    other.sendUpdate(late)
    await other.saved()
    expect(await idsNow()).toEqual([expect.stringMatching(/^id/), 'c2', 't1'])
  })
})
