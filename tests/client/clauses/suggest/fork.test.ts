import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import {
  type Kept,
  NO_DEVICE,
  NOTHING_KEPT,
  type Words,
} from '../../../../client/clauses/suggest/draftDatabase.ts'
import { endDraft } from '../../../../client/clauses/suggest/endDraft.ts'
import { type Fork, openFork } from '../../../../client/clauses/suggest/fork.ts'
import type { Block } from '../../../../shared/clauses/clause.ts'
import {
  deleteClause,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../../shared/clauses/yjs.ts'
import { clause } from '../../../support/builders.ts'
import { DRAFT_KEY, draftDevice } from '../../../support/draftDevice.ts'

function start() {
  const room = new Y.Doc()
  writeBody(room, [
    clause('a', 'paragraph', 'một hai ba'),
    clause('b', 'paragraph', 'bốn năm'),
    clause('c', 'paragraph', 'sáu'),
  ])
  const { device, database } = draftDevice()
  return { room, device, database, fork: openFork(room, DRAFT_KEY, database, NOTHING_KEPT) }
}
const says = (fork: Fork) =>
  fork
    .now()
    .changes.map(
      (change) => `${change.kind} ${change.clauseId}${'text' in change ? `: ${change.text}` : ''}`,
    )

test('[P11] a draft is one’s own: the shared text hears nothing of it, and goes on into it', () => {
  const { room, fork } = start()
  const before = Y.encodeStateVector(room)
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  expect(Y.encodeStateVector(room)).toEqual(before)
  setClauseText(room, 'a', 'không một hai ba')
  setClauseText(room, 'c', 'sáu bảy')
  expect(says(fork)).toEqual(['edit a: không một hai ba bốn'])
})

test('what the device kept comes back over a newer text', () => {
  const { room, fork, device, database } = start()
  setClauseText(fork.doc, 'a', 'một 2 ba')
  deleteClause(fork.doc, 'b')
  insertClause(fork.doc, 'a', clause('n', 'point', 'mới'))
  setClauseText(room, 'c', 'sáu bảy')
  const again = openFork(room, DRAFT_KEY, database, device)
  expect(says(again)).toEqual(['delete b', 'edit a: một 2 ba', 'insert n: mới'])
})

test('a clause that others move takes its draft along, merged with what they wrote', () => {
  const { room, fork } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  const moved = { ...(readBody(room)[0] as Block) }
  room.transact(() => {
    deleteClause(room, 'a')
    insertClause(room, 'c', moved)
    setClauseText(room, 'a', 'MỘT hai ba')
  })
  expect(says(fork)).toEqual(['edit a: MỘT hai ba bốn'])
  expect(fork.now().adrift).toEqual([])
})

test('a level that was drafted outlives a move too', () => {
  const { room, fork } = start()
  ;(fork.doc.getXmlFragment('body').get(0) as Y.XmlElement).setAttribute('level', 'point')
  const moved = { ...(readBody(room)[0] as Block) }
  room.transact(() => {
    deleteClause(room, 'a')
    insertClause(room, 'c', moved)
  })
  expect(fork.now().changes).toMatchObject([{ kind: 'edit', clauseId: 'a', level: 'point' }])
})

test('[P04] a clause that others delete leaves what was drafted in it to its author', () => {
  const { room, fork } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  deleteClause(room, 'a')
  expect(says(fork)).toEqual([])
  expect(fork.now().adrift).toEqual([{ clauseId: 'a', text: 'một hai ba bốn' }])
  fork.dismissAdrift()
  expect(fork.now().adrift).toEqual([])
})

test('[P04] so it is when the clause was deleted while no page was open, until they have been seen', () => {
  const { room, fork, device, database } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  expect(says(fork)).toHaveLength(1)
  fork.destroy()
  deleteClause(room, 'a')
  const lost = [{ clauseId: 'a', text: 'một hai ba bốn' }]
  const again = openFork(room, DRAFT_KEY, database, device)
  expect(again.now().adrift).toEqual(lost)
  again.destroy()
  const third = openFork(room, DRAFT_KEY, database, device)
  expect(third.now().adrift).toEqual(lost)
  third.dismissAdrift()
  third.destroy()
  expect(openFork(room, DRAFT_KEY, database, device).now().adrift).toEqual([])
})

test('a device that takes nothing is said', async () => {
  const room = new Y.Doc()
  writeBody(room, [clause('a', 'paragraph', 'một')])
  const nothing = async () => false
  const fork = openFork(room, DRAFT_KEY, { add: nothing, setWords: nothing }, NOTHING_KEPT)
  setClauseText(fork.doc, 'a', 'hai')
  await expect.poll(() => fork.now().kept).toBe(false)
})

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('[P11] a draft that has ended writes nothing to the device, whatever is still typed or on its way', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { room, fork, device, database } = start()
    setClauseText(fork.doc, 'a', 'một 2 ba')
    const forget = async (_: unknown, left: Words) => {
      device.updates.length = 0
      Object.assign(device, left, { updates: device.updates })
      return true
    }
    const ending = endDraft(fork, DRAFT_KEY, { forget })
    setClauseText(fork.doc, 'b', 'muộn')
    setClauseText(room, 'c', 'sáu bảy')
    expect(await ending).toEqual(NOTHING_KEPT)
    vi.runAllTimers()
    fork.destroy()
    await turn()
    expect(device).toEqual(NOTHING_KEPT)
    expect(says(openFork(room, DRAFT_KEY, database, device))).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('[P04] words adrift outlive the draft that was sent, until they have been seen', async () => {
  const { room, fork, database } = start()
  setClauseText(fork.doc, 'a', 'một hai ba bốn')
  deleteClause(room, 'a')
  const lost = [{ clauseId: 'a', text: 'một hai ba bốn' }]
  let left: Words | null = null
  const forget = async (_: unknown, words: Words) => {
    left = words
    return true
  }
  const next = await endDraft(fork, DRAFT_KEY, { forget })
  expect(left).toMatchObject({ adrift: lost, drafted: [] })
  expect(openFork(room, DRAFT_KEY, database, next as Kept).now().adrift).toEqual(lost)
})

test('a device that does not forget a draft has it still; one that never took it need not', async () => {
  const forget = async () => false
  expect(await endDraft(start().fork, DRAFT_KEY, { forget })).toBeNull()
  const { room } = start()
  const fork = openFork(room, DRAFT_KEY, NO_DEVICE, NOTHING_KEPT)
  setClauseText(fork.doc, 'a', 'hai')
  await expect.poll(() => fork.now().kept).toBe(false)
  expect(await endDraft(fork, DRAFT_KEY, { forget })).toEqual(NOTHING_KEPT)
})

test('what was said last is on the device when the page goes, without waiting for the writing to pause', () => {
  const { fork, device } = start()
  setClauseText(fork.doc, 'a', 'một 2 ba')
  fork.destroy()
  expect(device.drafted).toMatchObject([{ clauseId: 'a', text: 'một 2 ba' }])
})

test('only what its author writes counts as written', () => {
  const { room, fork } = start()
  setClauseText(room, 'c', 'sáu bảy')
  expect(fork.written()).toBe(0)
  setClauseText(fork.doc, 'a', 'một 2 ba')
  expect(fork.written()).toBe(1)
})

test('what others write elsewhere is not written to the device again', () => {
  const { room, fork, database } = start()
  setClauseText(fork.doc, 'a', 'một 2 ba')
  fork.now()
  const setWords = vi.spyOn(database, 'setWords')
  setClauseText(room, 'c', 'sáu bảy')
  fork.now()
  expect(setWords).not.toHaveBeenCalled()
  setClauseText(fork.doc, 'a', 'một 2 3')
  fork.now()
  expect(setWords).toHaveBeenCalledOnce()
})
