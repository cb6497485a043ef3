import { expect, test } from 'vitest'
import { STRUCTURE, type StoredPosition } from '../../../shared/agreements/agreement.ts'
import type { Block } from '../../../shared/clauses/clause.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { Blocker } from '../../../shared/locking/api.ts'
import { glyphName, missingGlyphs } from '../../../shared/locking/glyphs.ts'
import { type LockInput, lockBlockers } from '../../../shared/locking/lockBlockers.ts'
import { clause, fields, table } from '../../support/builders.ts'

const PARTIES = ['vpdbqh', 'stc']
const canPrint = (codePoint: number) => codePoint < 0x2000

/** A document on which everybody agrees, but for what the test changes. */
const blockersOf = (
  blocks: readonly Block[],
  change: Partial<LockInput> = {},
  says: (id: string) => StoredPosition['position'] = () => 'agreed',
) => {
  const printed = change.fields ?? fields()
  const { clauses, structureHash } = viewClauses(blocks, printed, 'articles')
  const items = [...clauses, { id: STRUCTURE, hash: structureHash }]
  const found = lockBlockers({
    policy: 'all',
    parties: PARTIES,
    clauses,
    structureHash,
    fields: printed,
    positions: items.flatMap(({ id, hash }) =>
      PARTIES.map((agencyId) => ({ clauseId: id, agencyId, hash, position: says(id) })),
    ),
    openProposals: [],
    canPrint,
    ...change,
  })
  for (const blocker of found) Blocker.parse(blocker)
  return found.map(({ code, clauseId, agencyId, proposalId, text }) =>
    [code, clauseId, agencyId ?? proposalId ?? text].join(' '),
  )
}
const blocks = [clause('c1', 'article', 'Mục tiêu chung'), table('t1', [['TT', 'Tiêu chí']])]

test('agreed, nothing open, nothing left to fill: ready', () => {
  expect(blockersOf(blocks)).toEqual([])
})

test('an empty document waits for everybody’s word on its structure', () => {
  expect(blockersOf([], {}, () => 'none')).toEqual([
    'position/missing structure vpdbqh',
    'position/missing structure stc',
  ])
})

test('[P15] a clause or a table that says nothing is named; an empty cell beside others is not', () => {
  expect(
    blockersOf([
      clause('c1', 'article', ''),
      clause('c2', 'paragraph', ' \u00a0\u200b'),
      table('t1', [
        ['', ' '],
        ['', ''],
      ]),
      table('t2', [['', 'x']]),
      clause('c3', 'point', '-'),
    ]),
  ).toEqual(['clause/empty c1 ', 'clause/empty c2 ', 'clause/empty t1 '])
})

test('tables count', () => {
  expect(blockersOf(blocks, {}, (id) => (id === 't1' ? 'objects' : 'agreed'))).toEqual([
    'position/objects t1 vpdbqh',
    'position/objects t1 stc',
  ])
})

test('[P03] wrong sums of a score table are named with their place, what is merely odd is not', () => {
  const scores = (most: string) => [
    clause('c1', 'annex', 'Bảng chấm điểm'),
    table('t1', [
      ['STT', 'Tiêu chí', 'Điểm tối đa'],
      ['I', 'Nhiệm vụ', most],
      ['I.1', 'Đúng hạn', '38'],
      ['I.3', 'Chất lượng', '1,5'],
      ['', 'Tổng cộng', '40'],
    ]),
  ]
  expect(blockersOf(scores('39,5'))).toEqual(['table/sum t1 Tổng cộng: 39,5 ≠ 40'])
  expect(blockersOf(scores('40'))).toEqual(['table/sum t1 I: 39,5 ≠ 40'])
})

test('remaining placeholders are named, in clauses, cells and printed fields', () => {
  const found = blockersOf(
    [
      clause('c1', 'article', 'Số {{…}} ngày {{…}} và {{họ và tên}}, {không phải}'),
      table('t1', [['Cơ quan', '{{tên}}']]),
    ],
    {
      fields: fields({
        recipients: ['Lưu: VT, {{đơn vị soạn}}'],
        signingTitles: { stc: '{{ký}}' },
      }),
      alsoPrinted: ['{{số}}/KH-KTĐ'],
    },
  )
  expect(found).toEqual([
    'text/placeholder c1 {{…}}',
    'text/placeholder c1 {{họ và tên}}',
    'text/glyph c1 … U+2026',
    'text/placeholder t1 {{tên}}',
    'text/placeholder structure {{đơn vị soạn}}',
    'text/placeholder structure {{ký}}',
    'text/placeholder structure {{số}}',
  ])
})

test('a character that the font lacks is named with its number, once per clause', () => {
  expect(
    blockersOf(
      [clause('c1', 'article', 'Điểm ☃ và ☃, 𝒜'), clause('c2', 'text', 'ế'.normalize('NFD'))],
      {
        fields: fields({ place: 'Ninh Thuận ✓' }),
      },
    ),
  ).toEqual(['text/glyph c1 ☃ U+2603', 'text/glyph c1 𝒜 U+1D49C', 'text/glyph structure ✓ U+2713'])
})

test('characters that print nothing are not missed', () => {
  expect(missingGlyphs('a\u200b\u00a0\n\u202eb', (codePoint) => codePoint > 0x60)).toEqual([])
  expect(glyphName('A')).toBe('A U+0041')
})

test('open proposals block where they belong; those on clauses that are gone come last', () => {
  const openProposals = [
    { id: 'p1', clauseId: 'gone' },
    { id: 'p2', clauseId: 't1' },
    { id: 'p3', clauseId: 'c1' },
  ]
  expect(blockersOf(blocks, { openProposals })).toEqual([
    'proposal/open c1 p3',
    'proposal/open t1 p2',
    'proposal/open gone p1',
  ])
})

test('order: clause by clause, positions before proposals before text, the structure last', () => {
  const found = blockersOf(
    [clause('c1', 'article', '{{x}}'), clause('c2', 'article', '☃')],
    { openProposals: [{ id: 'p1', clauseId: 'c1' }] },
    () => 'none',
  )
  expect(found.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'position/missing c1',
    'position/missing c1',
    'proposal/open c1',
    'text/placeholder c1',
    'position/missing c2',
    'position/missing c2',
    'text/glyph c2',
    'position/missing structure',
    'position/missing structure',
  ])
})
