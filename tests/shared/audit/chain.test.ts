import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../../shared/audit/api.ts'
import { entryHash, FIRST_LINK, firstBrokenLink } from '../../../shared/audit/chain.ts'

/** A sound chain of n entries. */
const chain = (length: number): AuditEntry[] => {
  const entries: AuditEntry[] = []
  let prev = FIRST_LINK
  for (let seq = 1; seq <= length; seq += 1) {
    const entry = {
      seq,
      at: `2022-02-28T01:02:${String(seq % 60).padStart(2, '0')}.000Z`,
      actor:
        seq % 3 === 0 ? null : { id: `u${seq}`, name: 'Văn thư Sở Tài chính', agencyId: 'stc' },
      event: 'document.locked',
      subject: `d${seq % 4}`,
      facts: { from: 'drafting', to: 'locked', revision: seq },
      prev,
    }
    prev = entryHash(entry)
    entries.push({ ...entry, hash: prev })
  }
  return entries
}
const lengths = fc.integer({ min: 2, max: 12 })
const at = (index: number, length: number) => index % length

test('a chain as it was written holds, and so does an empty one', () => {
  expect(firstBrokenLink([])).toBeNull()
  expect(firstBrokenLink(chain(20))).toBeNull()
})

describe('tampering is found at the right row', () => {
  test.each<[string, (entry: AuditEntry) => AuditEntry]>([
    ['the time', (e) => ({ ...e, at: '2022-03-01T00:00:00.000Z' })],
    ['the actor', (e) => ({ ...e, actor: { id: 'x', name: 'Người khác', agencyId: null } })],
    ['the event', (e) => ({ ...e, event: 'document.unlocked' })],
    ['the subject', (e) => ({ ...e, subject: 'other' })],
    ['a fact', (e) => ({ ...e, facts: { ...e.facts, revision: 0 } })],
    ['an added fact', (e) => ({ ...e, facts: { ...e.facts, more: null } })],
    ['the hash', (e) => ({ ...e, hash: entryHash({ ...e, event: 'x' }) })],
  ])('a change of %s', (_, change) => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, index) => {
        const entries = chain(length)
        const row = at(index, length)
        entries[row] = change(entries[row] as AuditEntry)
        expect(firstBrokenLink(entries)).toEqual({ seq: row + 1, problem: 'changed' })
      }),
    )
  })

  test('a removed row', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, index) => {
        const row = at(index, length - 1)
        const entries = chain(length).filter((_, i) => i !== row)
        expect(firstBrokenLink(entries)).toEqual({ seq: row + 1, problem: 'missing-or-moved' })
      }),
    )
  })

  test('two rows that changed places', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, index) => {
        const row = at(index, length - 1)
        const entries = chain(length)
        entries.splice(row, 2, entries[row + 1] as AuditEntry, entries[row] as AuditEntry)
        expect(firstBrokenLink(entries)).toEqual({ seq: row + 1, problem: 'missing-or-moved' })
      }),
    )
  })

  test('an inserted row', () => {
    const entries = chain(5)
    entries.splice(2, 0, entries[1] as AuditEntry)
    expect(firstBrokenLink(entries)).toEqual({ seq: 3, problem: 'missing-or-moved' })
  })

  test('a row rewritten with a fitting hash breaks the link behind it', () => {
    const entries = chain(5)
    const { hash: _, ...forged } = { ...(entries[1] as AuditEntry), event: 'document.unlocked' }
    entries[1] = { ...forged, hash: entryHash(forged) }
    expect(firstBrokenLink(entries)).toEqual({ seq: 3, problem: 'missing-or-moved' })
  })

  test('the first of two damages is the one named', () => {
    const entries = chain(6)
    for (const row of [4, 1]) entries[row] = { ...(entries[row] as AuditEntry), subject: 'x' }
    expect(firstBrokenLink(entries)?.seq).toBe(2)
  })
})

test('the hash does not depend on the order in which facts were written', () => {
  const [entry] = chain(1) as [AuditEntry]
  const facts = { revision: 1, to: 'locked', from: 'drafting' }
  expect(entryHash({ ...entry, facts })).toBe(entry.hash)
})
