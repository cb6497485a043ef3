import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isCopy } from '../../../../client/clauses/suggest/copies.ts'
import { NOTHING_KEPT } from '../../../../client/clauses/suggest/draftDatabase.ts'
import { type Fork, openFork } from '../../../../client/clauses/suggest/fork.ts'
import type { Block } from '../../../../shared/clauses/clause.ts'
import { moveBlocks } from '../../../../shared/clauses/moveBlocks.ts'
import { moveDown, moveUp } from '../../../../shared/clauses/subtree.ts'
import {
  deleteClause,
  findBlock,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../../shared/clauses/yjs.ts'
import { clause, table } from '../../../support/builders.ts'
import { DRAFT_KEY, draftDevice } from '../../../support/draftDevice.ts'

const BODY: Block[] = [
  clause('A', 'article', 'điều một'),
  clause('a1', 'paragraph', 'một hai ba'),
  clause('a2', 'paragraph', 'bốn năm sáu'),
  clause('B', 'article', 'điều hai'),
  clause('b1', 'paragraph', 'bảy tám chín'),
  clause('C', 'article', 'điều ba'),
]

function start(body = BODY) {
  const room = new Y.Doc()
  writeBody(room, body)
  const { device, database } = draftDevice()
  const reopen = () => openFork(room, DRAFT_KEY, database, device)
  return { room, device, reopen, fork: openFork(room, DRAFT_KEY, database, NOTHING_KEPT) }
}
const says = (fork: Fork) =>
  fork
    .now()
    .changes.map((change) =>
      [
        change.kind,
        change.clauseId,
        ...('afterClauseId' in change ? ['after', change.afterClauseId] : []),
        ...('text' in change && (!('before' in change) || textOf(change.before) !== change.text)
          ? [`: ${change.text}`]
          : []),
      ].join(' '),
    )
const textOf = (block: Block) =>
  'runs' in block ? block.runs.map(({ text }) => text).join('') : ''
const order = (doc: Y.Doc) => readBody(doc).map(({ id }) => String(id))
const word = (doc: Y.Doc, id: string) =>
  textOf(readBody(doc).find((block) => block.id === id) as Block)
/** As the server does it. */
const moveInRoom = (room: Y.Doc, ids: readonly string[], after: string | null) =>
  moveBlocks(
    room,
    ids.map((id) => ({ id, block: readBody(room).find((block) => block.id === id) as Block })),
    after,
  )

test('[P11] an Điều moved in a draft takes its khoản along, is one change, and the shared text stays', () => {
  const { room, fork } = start()
  const before = Y.encodeStateVector(room)
  expect(fork.move('A', 'b1')).toBe(null)
  expect(order(fork.doc)).toEqual(['B', 'b1', 'A', 'a1', 'a2', 'C'])
  expect(says(fork)).toEqual(['move A after b1'])
  expect(Y.encodeStateVector(room)).toEqual(before)
  expect(fork.written()).toBe(1)
})

test('[P11] moved back it is no change; a place where headings would come apart is none', () => {
  const { fork } = start()
  expect(fork.move('A', 'B')).toBe(undefined)
  expect(fork.move('a1', 'nowhere')).toBe(undefined)
  fork.move('B', null)
  expect(fork.move('B', 'a2')).toBe(null)
  expect(says(fork)).toEqual([])
})

test('[P11] what others write in a clause that was moved comes into the draft, merged with one’s own words', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  setClauseText(fork.doc, 'a1', 'một hai BA')
  setClauseText(room, 'a1', 'MỘT hai ba')
  setClauseText(room, 'a2', 'bốn năm')
  expect(word(fork.doc, 'a1')).toBe('MỘT hai BA')
  expect(word(fork.doc, 'a2')).toBe('bốn năm')
  expect(says(fork)).toEqual(['move A after b1', 'edit a1 : MỘT hai BA'])
  expect(fork.now().disputes.size).toBe(0)
})

test('[P11] where both say different things in one place one’s own words stay, and the dispute is told', () => {
  const { room, fork, reopen } = start()
  fork.move('A', 'b1')
  setClauseText(fork.doc, 'a1', 'một 2 ba')
  setClauseText(room, 'a1', 'một hài ba và bốn')
  expect(word(fork.doc, 'a1')).toBe('một 2 ba và bốn')
  const dispute = new Map([['a1', [{ base: 'hai', mine: '2', theirs: 'hài' }]]])
  expect(fork.now().disputes).toEqual(dispute)
  fork.destroy()
  const again = reopen()
  expect(again.now().disputes).toEqual(dispute)
  // Given up, it is none any more.
  setClauseText(again.doc, 'a1', 'một hài ba và bốn')
  expect(again.now().disputes.size).toBe(0)
})

test('[P11] a dispute in which the others write on is one, and ends where they write the old words again', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  setClauseText(fork.doc, 'a1', 'một 2 ba')
  for (const theirs of ['h', 'hà', 'hài']) setClauseText(room, 'a1', `một ${theirs} ba`)
  expect(fork.now().disputes.get('a1')).toEqual([{ base: 'hai', mine: '2', theirs: 'hài' }])
  expect(word(fork.doc, 'a1')).toBe('một 2 ba')
  setClauseText(room, 'a1', 'một hai ba')
  expect(fork.now().disputes.size).toBe(0)
  expect(word(fork.doc, 'a1')).toBe('một 2 ba')
})

test('[P11] a level that others change is taken over, one’s own stays', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  findBlock(room, 'a2')?.setAttribute('level', 'point')
  expect(says(fork)).toEqual(['move A after b1'])
  findBlock(fork.doc, 'a1')?.setAttribute('level', 'point')
  findBlock(room, 'a1')?.setAttribute('level', 'text')
  expect(fork.now().changes).toMatchObject([{ kind: 'move' }, { clauseId: 'a1', level: 'point' }])
})

test('[P04] a moved clause that others delete goes, and what was drafted in it is shown', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  setClauseText(fork.doc, 'a2', 'lời của tôi')
  deleteClause(room, 'a1')
  deleteClause(room, 'a2')
  expect(says(fork)).toEqual(['move A after b1'])
  expect(fork.now().adrift).toEqual([{ clauseId: 'a2', text: 'lời của tôi' }])
})

test('[P11] moved by others too, a clause stays where its author put it, once', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  fork.now()
  moveInRoom(room, ['A', 'a1', 'a2'], 'C')
  expect(order(fork.doc)).toEqual(['B', 'b1', 'A', 'a1', 'a2', 'C'])
  expect(says(fork)).toEqual(['move A after b1'])
  setClauseText(room, 'a1', 'một hai ba bốn')
  expect(word(fork.doc, 'a1')).toBe('một hai ba bốn')
})

test('[P11] a clause that others move while one has only written in it is no move of one’s own', () => {
  const { room, fork } = start()
  setClauseText(fork.doc, 'b1', 'bảy tám CHÍN')
  moveInRoom(room, ['B', 'b1'], null)
  expect(says(fork)).toEqual(['edit b1 : bảy tám CHÍN'])
  fork.move('C', 'b1')
  setClauseText(fork.doc, 'a1', 'một')
  moveInRoom(room, ['A', 'a1', 'a2'], null)
  expect(says(fork)).toEqual(['edit a1 : một', 'edit b1 : bảy tám CHÍN'])
})

test('[P11] moved and moved back, it goes where others move it, and words are kept', () => {
  const { room, fork } = start()
  fork.move('B', null)
  fork.move('B', 'a2')
  setClauseText(fork.doc, 'b1', 'bảy tám CHÍN')
  fork.now()
  moveInRoom(room, ['B', 'b1'], 'C')
  expect(order(fork.doc)).toEqual(order(room))
  expect(says(fork)).toEqual(['edit b1 : bảy tám CHÍN'])
})

test('[P11] what others add under a moved Điều belongs to it in the draft too', () => {
  const { room, fork } = start()
  fork.move('A', 'b1')
  insertClause(room, 'a1', clause('n', 'paragraph', 'mới'))
  insertClause(room, 'A', clause('o', 'text', 'dẫn'))
  expect(order(fork.doc)).toEqual(['B', 'b1', 'A', 'o', 'a1', 'n', 'a2', 'C'])
  expect(says(fork)).toEqual(['move A after b1'])
})

test('[P11] a table that only goes along takes whatever shape others give it', () => {
  const { room, fork } = start([...BODY.slice(0, 3), table('t', [['a', 'b']]), ...BODY.slice(3)])
  fork.move('A', 'b1')
  room.transact(() => {
    deleteClause(room, 't')
    insertClause(room, 'a2', table('t', [['a'], ['c']]))
  })
  expect(says(fork)).toEqual(['move A after b1'])
})

test('[P11] a move and what it has taken over are kept over a reload, and go on from there', () => {
  const { room, fork, reopen } = start()
  fork.move('A', 'b1')
  setClauseText(fork.doc, 'a1', 'một hai BA')
  setClauseText(room, 'a1', 'MỘT hai ba')
  fork.destroy()
  setClauseText(room, 'a1', 'MỘT HAI ba')
  setClauseText(room, 'a2', 'bốn')
  const again = reopen()
  expect(order(again.doc)).toEqual(['B', 'b1', 'A', 'a1', 'a2', 'C'])
  expect(says(again)).toEqual(['move A after b1', 'edit a1 : MỘT HAI BA'])
  setClauseText(room, 'a2', 'bốn năm mươi')
  expect(word(again.doc, 'a2')).toBe('bốn năm mươi')
})

type Act =
  | { by: 'me' | 'them'; kind: 'move'; at: number; up: boolean }
  | { by: 'me' | 'them'; kind: 'write'; at: number; word: string }
  | { by: 'reload' }
const acts = fc.array(
  fc.oneof(
    fc.record({
      by: fc.constantFrom('me' as const, 'them' as const),
      kind: fc.constant('move' as const),
      at: fc.nat(),
      up: fc.boolean(),
    }),
    fc.record({
      by: fc.constantFrom('me' as const, 'them' as const),
      kind: fc.constant('write' as const),
      at: fc.nat(),
      word: fc.constantFrom('x', 'y', 'z'),
    }),
    fc.record({ by: fc.constant('reload' as const) }),
  ),
  { maxLength: 10 },
)

test('[P11] whoever moves and writes what, nothing of the others is proposed away, and nothing of one’s own is lost', () => {
  fc.assert(
    fc.property(acts, (all: readonly Act[]) => {
      const { room, reopen, ...opened } = start()
      let { fork } = opened
      let count = 0
      const mine = new Map<string, string[]>()
      const theirs = new Map<string, string[]>()
      const moved = new Set<string>()
      for (const act of all) {
        if (act.by === 'reload') {
          fork.destroy()
          fork = reopen()
          continue
        }
        const doc = act.by === 'me' ? fork.doc : room
        const blocks = readBody(doc)
        const index = act.at % blocks.length
        const { id } = blocks[index] as Block
        if (act.kind === 'write') {
          count += 1
          const said = `${act.word}${count}`
          const list = act.by === 'me' ? mine : theirs
          list.set(id, [...(list.get(id) ?? []), said])
          // At different ends, so that there is always one clean way.
          const now = word(doc, id)
          setClauseText(doc, id, act.by === 'me' ? `${now} ${said}` : `${said} ${now}`)
          continue
        }
        const levels = blocks.map(({ level }) => level)
        const target = (act.up ? moveUp : moveDown)(levels, index)
        if (!target) continue
        const after = target.after === null ? null : String(blocks[target.after]?.id)
        if (act.by === 'me') {
          fork.move(id, after)
          fork.now()
          moved.add(id)
        } else {
          const parents = blocks.slice(index).map(({ level }) => level)
          const end = parents.findIndex(
            (level, n) => n > 0 && !(level === 'paragraph' && parents[0] === 'article'),
          )
          const ids = blocks
            .slice(index, end < 0 ? undefined : index + end)
            .map((block) => String(block.id))
          moveInRoom(room, ids, after)
        }
      }
      expect(order(fork.doc).sort()).toEqual(order(room).sort())
      for (const [id, said] of mine)
        for (const each of said) expect(word(fork.doc, id)).toContain(each)
      for (const [id, said] of theirs)
        for (const each of said) expect(word(fork.doc, id)).toContain(each)
      const { changes } = fork.now()
      const edited = changes.filter(({ kind }) => kind === 'edit').map(({ clauseId }) => clauseId)
      for (const id of edited) expect([...mine.keys()]).toContain(id)
      for (const change of changes) {
        expect(['edit', 'move']).toContain(change.kind)
        if (change.kind === 'move') expect(isCopy(fork.doc, change.clauseId)).toBe(true)
      }
      if (moved.size === 0) expect(order(fork.doc)).toEqual(order(room))
      fork.destroy()
    }),
    { numRuns: 120 },
  )
})
