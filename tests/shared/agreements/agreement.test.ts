import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  agreementBlockers,
  clauseStandings,
  isConsent,
  PositionWord,
  STRUCTURE,
  type StoredPosition,
  standing,
  threshold,
} from '../../../shared/agreements/agreement.ts'

const SEVEN = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt']
const clauses = [
  { id: 'c1', hash: 'h1' },
  { id: 'c2', hash: 'h2' },
  { id: STRUCTURE, hash: 's' },
]
const says = (
  agencyId: string,
  position: StoredPosition['position'],
  clauseId = 'c1',
  hash = clauses.find(({ id }) => id === clauseId)?.hash ?? '',
): StoredPosition => ({ agencyId, clauseId, position, hash })
const allSay = (position: StoredPosition['position'], agencies = SEVEN) =>
  agencies.flatMap((agency) => clauses.map(({ id }) => says(agency, position, id)))

/** Blockers as `code clause agency`, the last position of an agency on a clause counting. */
const blockers = (policy: 'all' | 'two-thirds', positions: StoredPosition[], parties = SEVEN) =>
  agreementBlockers({ policy, parties, clauses, positions }).map(
    ({ code, clauseId, agencyId }) => `${code} ${clauseId} ${agencyId}`,
  )

test('consent is agreed and reserved', () => {
  expect(PositionWord.options.filter(isConsent)).toEqual(['agreed', 'reserved'])
})

test('the threshold is ⌈2n/3⌉', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(threshold)).toEqual([0, 1, 2, 2, 3, 4, 4, 5, 6, 6])
})

test('a position counts exactly while the words are those it was said of', () => {
  expect([standing('a', 'a'), standing('a', 'b')]).toEqual(['counts', 'outdated'])
})

describe('policy all', () => {
  test('everybody’s consent to every clause and to the structure is agreement; reserved is consent', () => {
    expect(blockers('all', allSay('agreed'))).toEqual([])
    expect(blockers('all', allSay('reserved'))).toEqual([])
  })

  test('nothing said: every party is missing on every clause, in document order, then protocol order', () => {
    const expected = clauses.flatMap(({ id }) =>
      SEVEN.map((agency) => `position/missing ${id} ${agency}`),
    )
    expect(blockers('all', [])).toEqual(expected)
    expect(blockers('two-thirds', [])).toEqual(expected)
  })

  test('one objection blocks; one old word blocks; a word taken back is missing', () => {
    const positions = [
      ...allSay('agreed'),
      says('stc', 'objects', 'c2'),
      says('snv', 'agreed', 'c1', 'old'),
      says('skhdt', 'none', STRUCTURE),
    ]
    expect(blockers('all', positions)).toEqual([
      'position/outdated c1 snv',
      'position/objects c2 stc',
      'position/missing structure skhdt',
    ])
  })

  test('an objection to words that have changed is outdated, not an objection', () => {
    expect(blockers('all', [...allSay('agreed'), says('stc', 'objects', 'c2', 'old')])).toEqual([
      'position/outdated c2 stc',
    ])
  })
})

describe('policy two-thirds', () => {
  test('five of seven suffice, and the two objections then do not block', () => {
    const positions = [...allSay('agreed'), says('stc', 'objects'), says('snv', 'objects')]
    expect(blockers('two-thirds', positions)).toEqual([])
    expect(blockers('two-thirds', [...positions, says('vpub', 'objects')])).toEqual([
      'position/objects c1 snv',
      'position/objects c1 vpub',
      'position/objects c1 stc',
    ])
  })

  test('every party must have a current word, however many consent', () => {
    const positions = [
      ...allSay('agreed', SEVEN.slice(0, 5)),
      ...allSay('objects', ['skhcn']),
      ...allSay('agreed', ['skhdt']).map((position) => ({ ...position, hash: 'old' })),
    ]
    expect(blockers('two-thirds', positions)).toEqual(
      clauses.map(({ id }) => `position/outdated ${id} skhdt`),
    )
  })
})

test('the word of an observer or on a clause that is gone changes nothing', () => {
  const noise = [says('bantdkt', 'objects'), says('stc', 'objects', 'gone', 'h1')]
  expect(blockers('all', [...allSay('agreed'), ...noise])).toEqual([])
})

test('the matrix shows who said what, clause by clause, in protocol order', () => {
  const positions = [
    { ...says('stc', 'agreed'), by: 'Thủ trưởng Sở Tài chính' },
    { ...says('snv', 'reserved', 'c1', 'old'), by: 'Thủ trưởng Sở Nội vụ' },
    { ...says('vpub', 'none'), by: 'Thủ trưởng Văn phòng UBND tỉnh' },
  ]
  const [first] = clauseStandings({ parties: ['vpub', 'stc', 'snv'], clauses, positions })
  expect(first).toEqual({
    clauseId: 'c1',
    marks: [
      { agencyId: 'vpub', state: 'none', position: null },
      { agencyId: 'stc', state: 'agreed', position: positions[0] },
      { agencyId: 'snv', state: 'outdated', position: positions[1] },
    ],
  })
})

describe('for any positions', () => {
  const positions = fc.array(
    fc.record({
      agencyId: fc.constantFrom(...SEVEN, 'bantdkt'),
      clauseId: fc.constantFrom('c1', 'c2', STRUCTURE, 'gone'),
      position: fc.constantFrom(...PositionWord.options),
      hash: fc.constantFrom('h1', 'h2', 's', 'old'),
    }),
    { maxLength: 60 },
  )
  const full = fc.array(fc.constantFrom(...PositionWord.options), {
    minLength: SEVEN.length,
    maxLength: SEVEN.length,
  })

  test('what blocks under two-thirds blocks under all', () => {
    fc.assert(
      fc.property(positions, (list) => {
        const strict = blockers('all', list)
        for (const blocker of blockers('two-thirds', list)) expect(strict).toContain(blocker)
      }),
    )
  })

  test('agreement is exactly what the contract says', () => {
    fc.assert(
      fc.property(full, (words) => {
        const list = SEVEN.flatMap((agency, index) =>
          clauses.map(({ id }) => says(agency, words[index] ?? 'none', id)),
        )
        const consents = words.filter(isConsent).length
        expect(blockers('all', list).length === 0).toBe(consents === 7)
        expect(blockers('two-thirds', list).length === 0).toBe(
          consents >= 5 && !words.includes('none'),
        )
      }),
    )
  })
})
