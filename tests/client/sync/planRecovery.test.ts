import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { planRecovery } from '../../../client/sync/planRecovery.ts'
import type { KeptChange, Tail } from '../../../client/sync/tail.ts'
import { readBody, setClauseText, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'

/** A server with two clauses, and a tab that writes `texts` into the second, one after the other. */
function setUp(texts: readonly string[]) {
  const server = new Y.Doc()
  writeBody(server, [clause('a', 'article', 'Mục tiêu'), clause('k', 'paragraph', 'cũ')])
  const tab = new Y.Doc()
  Y.applyUpdate(tab, Y.encodeStateAsUpdate(server))
  const changes: KeptChange[] = []
  tab.on('update', (bytes: Uint8Array) => changes.push({ n: changes.length + 1, bytes }))
  for (const text of texts) setClauseText(tab, 'k', text)
  const tail: Tail = {
    userId: 'u',
    documentId: 'd',
    epoch: 'e1',
    client: tab.clientID,
    changes,
    words: [{ clauseId: 'k', place: 'khoản 1 Điều 1', mine: texts.at(-1) ?? '' }],
    wordsUpTo: texts.length,
    refused: null,
  }
  return { server, tail }
}

test('[B51] what fits is sent as it was written, and comes out as it was meant', () => {
  const { server, tail } = setUp(['cũ m', 'cũ mới'])
  const plan = planRecovery(tail, 'e1', server)
  if (plan.kind !== 'send') throw new Error(`planned to ${plan.kind}`)
  setClauseText(server, 'a', 'Mục tiêu chung')
  for (const update of plan.updates) Y.applyUpdate(server, update)
  expect(JSON.stringify(readBody(server))).toContain('cũ mới')
  expect(JSON.stringify(readBody(server))).toContain('Mục tiêu chung')
})

test('[B04] another epoch gets the words, never the update', () => {
  const { server, tail } = setUp(['cũ mới'])
  expect(planRecovery(tail, 'e2', server)).toEqual({
    kind: 'offer',
    unsent: [{ clauseId: 'k', place: 'khoản 1 Điều 1', mine: 'cũ mới', theirs: 'cũ' }],
  })
})

test('[B50] what was refused is shown, until it stands in the text after all', () => {
  const { server, tail } = setUp(['cũ mới'])
  const refused = { ...tail, refused: 'document/locked' }
  expect(planRecovery(refused, 'e1', server).kind).toBe('offer')
  setClauseText(server, 'k', 'cũ mới')
  expect(planRecovery(refused, 'e1', server)).toEqual({ kind: 'none' })
})

test('with a change missing in between nothing is sent: it would pend unseen', () => {
  const { server, tail } = setUp(['cũ m', 'cũ mới'])
  const gap = { ...tail, changes: tail.changes.slice(1) }
  expect(planRecovery(gap, 'e1', server)).toMatchObject({
    kind: 'offer',
    unsent: [{ mine: 'cũ mới' }],
  })
  expect(server.store.pendingStructs).toBeNull()
})

test('damaged bytes cost no words', () => {
  const { server, tail } = setUp(['cũ mới'])
  const damaged = { ...tail, changes: [{ n: 1, bytes: new Uint8Array([1, 255, 7]) }] }
  expect(planRecovery(damaged, 'e1', server)).toMatchObject({ kind: 'offer' })
  expect(planRecovery({ ...damaged, words: [], wordsUpTo: 0 }, 'e1', server)).toEqual({
    kind: 'none',
  })
})

test('a tab that died before it could note its clauses leaves at least its letters', () => {
  const { server, tail } = setUp(['cũ mới', 'cũ mới nữa'])
  expect(planRecovery({ ...tail, words: [], wordsUpTo: 0 }, 'e2', server)).toEqual({
    kind: 'offer',
    unsent: [{ clauseId: '', place: '', mine: ' mới nữa', theirs: null }],
  })
})

test('letters typed since the clauses were noted last stand beside them, also where those are in the text', () => {
  const { server, tail } = setUp(['cũ mới', 'cũ mới nữa'])
  const noted = { clauseId: 'k', place: 'khoản 1 Điều 1', mine: 'cũ mới' }
  const died = { ...tail, words: [noted], wordsUpTo: 1 }
  const letters = { clauseId: '', place: '', mine: ' nữa', theirs: null }
  expect(planRecovery(died, 'e2', server)).toEqual({
    kind: 'offer',
    unsent: [{ ...noted, theirs: 'cũ' }, letters],
  })
  setClauseText(server, 'k', 'cũ mới')
  expect(planRecovery(died, 'e2', server)).toEqual({ kind: 'offer', unsent: [letters] })
})

test('nothing is left where all was acknowledged', () => {
  const { server, tail } = setUp(['cũ mới'])
  expect(planRecovery({ ...tail, changes: [] }, 'e1', server)).toEqual({ kind: 'none' })
})
