import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { NO_DEVICE, NOTHING_KEPT } from '../../../../client/clauses/suggest/draftDatabase.ts'
import { draftMoves } from '../../../../client/clauses/suggest/draftMoves.ts'
import { openFork } from '../../../../client/clauses/suggest/fork.ts'
import { OwnSteps, type Way } from '../../../../client/clauses/undo/OwnSteps.ts'
import { blockText } from '../../../../shared/clauses/clause.ts'
import { bodyOf, readBody, setClauseText, writeBody } from '../../../../shared/clauses/yjs.ts'
import { clause } from '../../../support/builders.ts'

const TYPED = 'typed'

function start() {
  const room = new Y.Doc()
  writeBody(room, [
    clause('A', 'article', 'điều một'),
    clause('a1', 'paragraph', 'một hai'),
    clause('B', 'article', 'điều hai'),
  ])
  const fork = openFork(room, { userId: 'u', documentId: 'd', epoch: 'e' }, NO_DEVICE, NOTHING_KEPT)
  const manager = new Y.UndoManager(bodyOf(fork.doc), {
    trackedOrigins: new Set([TYPED]),
    captureTimeout: 0,
  })
  let ids = 0
  const newId = () => `n${++ids}`
  const steps = new OwnSteps(manager, newId)
  const moves = draftMoves(fork, steps, newId)
  steps.setTakeBackAct(async (name, as) => moves.takeBack(name, as).taken)
  const back = async (way: Way) => {
    steps.run(way)
    // What is taken back is done in a later turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const text = () => readBody(fork.doc).map((block) => `${block.id} ${blockText(block)}`)
  return {
    room,
    fork,
    steps,
    moves,
    back,
    text,
    type: (id: string, words: string) => setClauseText(fork.doc, id, words, TYPED),
  }
}

test('[UX-61] typed, moved, typed in a draft: undo goes back in that order, and redo forth again', async () => {
  const { moves, back, text, type, fork } = start()
  const seen = [text()]
  type('a1', 'một hai ba')
  seen.push(text())
  expect(moves.move('A', 'B')).toBe(true)
  seen.push(text())
  type('a1', 'không một hai ba')
  seen.push(text())
  for (const was of [2, 1, 0]) {
    await back('undo')
    expect(text()).toEqual(seen[was])
  }
  expect(fork.now().changes).toEqual([])
  for (const is of [1, 2, 3]) {
    await back('redo')
    expect(text()).toEqual(seen[is])
  }
})

test('[UX-61] what others write into a moved clause stays when the move is undone', async () => {
  const { room, moves, back, text, type, fork } = start()
  moves.move('A', 'B')
  type('a1', 'một hai ba')
  setClauseText(room, 'a1', 'MỘT hai')
  await back('undo')
  await back('undo')
  expect(text()).toEqual(['A điều một', 'a1 MỘT hai', 'B điều hai'])
  expect(fork.now().changes).toEqual([])
})

test('a move to where it cannot stand is no step', () => {
  const { moves, steps } = start()
  expect(moves.move('A', 'a1')).toBe(false)
  expect(steps.can('undo')).toBe(false)
})
