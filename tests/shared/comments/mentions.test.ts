import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressable,
  chosenIn,
  isAddressed,
  mentionsIn,
  mentionToken,
  spellOut,
  storeNames,
  withTokens,
} from '../../../shared/comments/mentions.ts'

const SNV = { kind: 'agency', id: 'snv', name: 'Sở Nội vụ' } as const
const LAN = { kind: 'person', id: 'lan', name: 'Lan' } as const
const LANH = { kind: 'person', id: 'lanh', name: 'Lan Hương' } as const
const OTHER = { kind: 'person', id: 'lan2', name: 'Lan' } as const

test('[UX-43] names chosen while writing are stored as ids, the longest first, each in its turn', () => {
  expect(storeNames('Nhờ @Lan Hương và @Lan của @Sở Nội vụ', [LAN, LANH, SNV])).toBe(
    'Nhờ @[person:lanh] và @[person:lan] của @[agency:snv]',
  )
  expect(storeNames('@Lan, @Lan và @Lan', [LAN, OTHER])).toBe(
    '@[person:lan], @[person:lan2] và @[person:lan2]',
  )
  expect(storeNames('thư a@b.c, @La', [LAN])).toBe('thư a@b.c, @La')
})

test('[UX-43] what is edited again names the same ones', () => {
  const stored = `Nhờ ${mentionToken(LANH)} và ${mentionToken(SNV)} xem`
  const shown = spellOut(stored, ({ id }) => [SNV, LANH].find((one) => one.id === id)?.name ?? id)
  expect(shown.body).toBe('Nhờ @Lan Hương và @Sở Nội vụ xem')
  expect(withTokens(shown.body, shown.mentions)).toBe(stored)
  expect(storeNames(shown.body, chosenIn(shown))).toBe(stored)
})

test('[UX-43] whatever is written, spelling out and back gives what was stored', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(mentionToken(SNV), mentionToken(LAN), '@[', ']'),
  )
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const stored = parts.join('')
      const { body, mentions } = spellOut(stored, ({ id }) => `<b>${id}</b>`)
      expect(withTokens(body, mentions)).toBe(stored)
      expect(mentions.map(({ kind, id }) => ({ kind, id }))).toEqual(mentionsIn(stored))
    }),
    { seed: 43 },
  )
})

test('[UX-43] only who may read a thread is called into it', () => {
  const all = {
    people: [
      { id: 'lan', name: 'Lan', agencyId: 'stc' },
      { id: 'an', name: 'An', agencyId: 'snv' },
    ],
    agencies: [{ id: 'stc', name: 'Sở Tài chính' }, SNV],
  }
  const inside = addressable(all, 'agency', 'stc')
  expect(isAddressed(inside, { kind: 'person', id: 'lan' })).toBe(true)
  for (const mention of [
    { kind: 'person', id: 'an' },
    { kind: 'agency', id: 'snv' },
    { kind: 'agency', id: 'lan' },
  ] as const)
    expect([mention, isAddressed(inside, mention)]).toEqual([mention, false])
  expect(isAddressed(addressable(all, 'all', 'stc'), SNV)).toBe(true)
})
