import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ClauseId, DocumentId } from '../../../shared/base/ids.ts'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { carriedText, readCarried, sayCarried } from '../../../shared/clauses/carriedText.ts'
import {
  type Block,
  blockText,
  isTable,
  type Run,
  sayBlock,
} from '../../../shared/clauses/clause.ts'
import { describePlace, placeBlocks } from '../../../shared/clauses/describePlace.ts'
import { clauseHash } from '../../../shared/clauses/hash.ts'
import { joinToPrevious } from '../../../shared/clauses/joinClauses.ts'
import { REFERENCE_LETTER, readReference } from '../../../shared/clauses/reference.ts'
import { elsewhereFrom } from '../../../shared/clauses/sayReferences.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import {
  deleteClause,
  findBlock,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../shared/clauses/yjs.ts'
import { citeFrom } from '../../../shared/documents/document.ts'
import { lockBlockers } from '../../../shared/locking/lockBlockers.ts'
import { cell, cites, clause, fields, run } from '../../support/builders.ts'
import { documents, runs } from '../../support/random.ts'

const OTHER = 'docother0000000000001'

const docOf = (blocks: readonly Block[]) => {
  const doc = new Y.Doc()
  writeBody(doc, blocks)
  return doc
}
const textsOf = (blocks: readonly Block[], model: 'articles' | 'plan' = 'articles') =>
  viewClauses(blocks, fields(), model).clauses.map(({ text }) => text)

const COVENANT = [
  clause('m1', 'article', 'Mục tiêu'),
  clause('m2', 'article', 'Chỉ tiêu'),
  clause('k1', 'paragraph', 'Khoản'),
  clause('k2', 'paragraph', 'Khoản'),
  clause('d1', 'point', 'Điểm'),
]

describe('what a reference says', () => {
  const says = (target: string, before: readonly Block[] = [], model?: 'plan') =>
    textsOf(
      [...before, ...COVENANT, clause('x', 'text', [run('theo '), cites(target), run('./.')])],
      model,
    ).at(-1)

  test('the place as a text cites it, innermost first, by the numbers of now', () => {
    expect(says('d1')).toBe('theo điểm a khoản 2 Điều 2./.')
    expect(says('m1')).toBe('theo Điều 1./.')
    expect(says('d1', [clause('m0', 'article', 'Trước')])).toBe('theo điểm a khoản 2 Điều 3./.')
  })

  test('in a plan by sections, and in a table as in a clause', () => {
    const plan = [
      clause('s', 'section', 'MỤC ĐÍCH'),
      clause('k', 'paragraph', 'Yêu cầu'),
      clause('d', 'point', 'Thiết thực'),
    ]
    const words = { level: 'table', id: 't' as ClauseId, rows: [{ cells: [cell([cites('d')])] }] }
    expect(textsOf([...plan, words as Block], 'plan').at(-1)).toBe('điểm a khoản 1 mục I')
  })

  test('of a clause that is gone it is a blank that holds the lock', () => {
    expect(says('gone')).toBe('theo {{Điều 9}}./.')
    const { clauses, structureHash } = viewClauses(
      [clause('x', 'text', [cites('gone', 'khoản 2 Điều 3')])],
      fields(),
      'articles',
    )
    const blockers = lockBlockers({
      policy: 'all',
      parties: [],
      clauses,
      structureHash,
      fields: fields(),
      positions: [],
      openProposals: [],
      canPrint: () => true,
    })
    expect(blockers).toEqual([
      { code: 'text/placeholder', clauseId: 'x', text: '{{khoản 2 Điều 3}}' },
    ])
  })

  test('of another document it has that one’s name; while nobody knows, it says what it was', () => {
    const words = citeFrom('covenant', 'Điều 3')
    expect(words).toBe('Điều 3 Bản giao ước thi đua')
    const block = clause('x', 'text', [cites('m3', 'Điều 2 Quy chế', OTHER)])
    const said = (known: Record<string, string | null>) =>
      viewClauses([block], fields(), 'plan', elsewhereFrom(known)).clauses[0]?.text
    expect(said({ [`${OTHER} m3`]: words })).toBe(words)
    expect(said({ [`${OTHER} m3`]: null })).toBe('{{Điều 2 Quy chế}}')
    expect(said({})).toBe('Điều 2 Quy chế')
  })
})

describe('the hash of a clause', () => {
  const hash = (...content: Run[]) => clauseHash(clause('x', 'text', content))

  test('covers the target, and neither its number nor what it was', () => {
    expect(hash(run('theo '), cites('a', 'Điều 1'))).toBe(hash(run('theo '), cites('a', 'Điều 2')))
    expect(hash(cites('a'))).not.toBe(hash(cites('b')))
    expect(hash(cites('a'))).not.toBe(hash(cites('a', 'Điều 9', OTHER)))
    expect(hash(cites('a'), run(' và '), cites('b'))).not.toBe(
      hash(cites('b'), run(' và '), cites('a')),
    )
  })

  test('cannot be forged by typing', () => {
    const letters = fc.array(
      fc.constantFrom('\ufffc', '\ufffd', '0', '1', ' a', '{"clause":"a"}', '\ufff9', '\u0301'),
      { maxLength: 5 },
    )
    const typed = letters.map((list): Run[] => [run(list.join(''))])
    const mixed = fc
      .array(
        fc.oneof(
          letters.map((list) => run(list.join(''))),
          fc.constant(cites('a')),
        ),
        {
          maxLength: 4,
        },
      )
      .filter((list) => list.some(({ reference }) => reference))
    fc.assert(
      fc.property(typed, mixed, (one, other) => {
        expect(hash(...one)).not.toBe(hash(...other))
      }),
    )
    expect(hash(cites('a'), run('\ufffc'))).not.toBe(hash(run('\ufffc'), cites('a')))
    expect(hash(cites('a'), run('\ufffd1'))).not.toBe(hash(cites('a'), run('\ufffc')))
  })

  test('of a clause without references is what it always was', () => {
    // Taken before there were references.
    expect(clauseHash(clause('c', 'text', 'Điều này'))).toBe(BEFORE)
    expect(hash(run('Điều này'))).toBe(BEFORE)
  })
})
const BEFORE = '37eb38c878d94d8d3ffa98efccb487b526449176d49119b3caab4a1f198d3476'

describe('in the shared text', () => {
  test('new words next to a reference do not come under its mark; unchanged references stay', () => {
    const doc = docOf([clause('x', 'text', [run('theo '), cites('a'), run(' này')])])
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    setClauseText(doc, 'x', [run('theo '), cites('a', 'Điều 1'), run('xong này')])
    setClauseText(other, 'x', [run('làm theo '), cites('a'), run(' này'), cites('b')])
    for (const [from, to] of [
      [doc, other],
      [other, doc],
    ] as const)
      Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
    const [block] = readBody(doc)
    expect(readBody(other)).toEqual([block])
    expect(block).toEqual(
      clause('x', 'text', [run('làm theo '), cites('a'), run('xong này'), cites('b')]),
    )
    setClauseText(doc, 'x', 'theo điều ấy')
    expect(readBody(doc)).toEqual([clause('x', 'text', 'theo điều ấy')])
  })

  test('letters that a merge has left under a mark are words, and a letter without a mark is that letter', () => {
    const doc = docOf([clause('x', 'text', 'ab')])
    const text = findBlock(doc, 'x')?.get(0) as Y.XmlText
    text.format(0, 2, { reference: cites('a').reference })
    text.insert(2, REFERENCE_LETTER, {})
    expect(readBody(doc)).toEqual([clause('x', 'text', `ab${REFERENCE_LETTER}`)])
    expect(bodyProblems(doc)).toEqual([])
  })

  test('a mark that names no clause is a problem, and reads as a letter', () => {
    for (const value of [
      {},
      { clause: 'a b', was: 'Điều 9' },
      { clause: 'a', was: '{{' },
      { clause: 'a', was: '' },
      'a',
    ]) {
      const doc = docOf([clause('x', 'text', REFERENCE_LETTER)])
      const text = findBlock(doc, 'x')?.get(0) as Y.XmlText
      text.format(0, 1, { reference: value })
      expect(bodyProblems(doc).map(({ problem }) => problem)).toEqual(['bad-reference'])
      expect(readBody(doc)).toEqual([clause('x', 'text', REFERENCE_LETTER)])
    }
    expect(readReference({ clause: 'a', was: 'x'.repeat(101) })).toBeNull()
    expect(readReference({ clause: 'a', was: 'Điều 9', more: 1 })).toBeNull()
    expect(readReference({ clause: 'a', was: 'Điều 1' })).toEqual(cites('a', 'Điều 1').reference)
  })

  test('joined clauses keep their references', () => {
    const doc = docOf([
      clause('x', 'text', [run('xem '), cites('a')]),
      clause('y', 'text', [cites('b'), run(' nữa')]),
    ])
    expect(joinToPrevious(doc, 'y')).toBe('x')
    expect(readBody(doc)).toEqual([
      clause('x', 'text', [run('xem '), cites('a'), run(' '), cites('b'), run(' nữa')]),
    ])
  })

  test('a string carries them to a row and back; typed signs make none', () => {
    fc.assert(
      fc.property(runs, (content) => {
        const block = clause('x', 'text', content)
        const back = clause('x', 'text', readCarried(carriedText(block)))
        expect(clauseHash(back)).toBe(clauseHash(block))
        expect(sayCarried(carriedText(block), ({ was }) => was)).toBe(blockText(block))
      }),
    )
    const forged = carriedText(clause('x', 'text', '\ufff9{"clause":"a","was":""}\ufffb'))
    expect(readCarried(forged)).toEqual([run('{"clause":"a","was":""}')])
  })
})

type Step =
  | { kind: 'move' | 'level'; at: number; to: number }
  | { kind: 'delete'; at: number }
  | { kind: 'add'; at: number; level: 'article' | 'paragraph' | 'point' }
const LEVELS = ['article', 'paragraph', 'point', 'text', 'chapter'] as const
const at = fc.nat({ max: 11 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('move' as const, 'level' as const), at, to: at }),
  fc.record({ kind: fc.constant('delete' as const), at }),
  fc.record({
    kind: fc.constant('add' as const),
    at,
    level: fc.constantFrom('article', 'paragraph', 'point'),
  }),
)

function take(doc: Y.Doc, step: Step, newId: () => string): void {
  const blocks = readBody(doc)
  const block = blocks[step.at % Math.max(1, blocks.length)]
  if (!block) return
  const { id } = block
  if (step.kind === 'add') insertClause(doc, id, clause(newId(), step.level, 'mới'))
  else if (step.kind === 'delete') deleteClause(doc, id)
  else if (step.kind === 'level') {
    if (!isTable(block)) findBlock(doc, id)?.setAttribute('level', LEVELS[step.to % 5] as string)
  } else {
    const after = blocks[step.to % blocks.length]?.id
    if (after === undefined || after === id) return
    deleteClause(doc, id)
    insertClause(doc, after, block)
  }
}

test('[P02] whatever three people do to the structure, each reads the same labels: those of the list', () => {
  fc.assert(
    fc.property(documents, fc.array(fc.tuple(fc.nat({ max: 2 }), step)), (blocks, steps) => {
      const first = docOf(blocks)
      const peers = [0, 1, 2].map(() => {
        const peer = new Y.Doc()
        Y.applyUpdate(peer, Y.encodeStateAsUpdate(first))
        return peer
      })
      const ids = Array.from(steps.keys(), (n) => `n${n}`)
      const newId = () => ids.shift() ?? ''
      for (const [who, each] of steps) take(peers[who] as Y.Doc, each, newId)
      for (const peer of peers)
        for (const other of peers) Y.applyUpdate(peer, Y.encodeStateAsUpdate(other))
      const all = peers.map((peer) => readBody(peer))
      for (const own of all) expect(textsOf(own)).toEqual(textsOf(all[0] as Block[]))
      const placed = placeBlocks(all[0] as Block[], 'articles')
      for (const [index, block] of (all[0] as Block[]).entries())
        expect(textsOf(all[0] as Block[])[index]).toBe(
          sayBlock(block, ({ clause: target, was }) => {
            const place = describePlace(placed, target, 'articles')
            return place === '' ? `{{${was}}}` : place
          }),
        )
    }),
    { numRuns: 40 },
  )
})

test('ids are of documents and clauses, so that nothing else comes with a reference', () => {
  const document = OTHER as DocumentId
  expect(readReference({ document, clause: 'a', was: 'Điều 9' })?.document).toBe(document)
  expect(readReference({ document: '../x', clause: 'a', was: 'Điều 9' })).toBeNull()
})
