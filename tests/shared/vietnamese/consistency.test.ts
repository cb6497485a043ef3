import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SAMPLE_AGENCIES } from '../../../server/sample/bloc.ts'
import { covenant } from '../../../server/sample/covenant.ts'
import { plan } from '../../../server/sample/plan.ts'
import { regulation } from '../../../server/sample/regulation.ts'
import type { ClauseId } from '../../../shared/base/ids.ts'
import type { TextChange } from '../../../shared/clauses/editTexts.ts'
import { textBoxes } from '../../../shared/clauses/editTexts.ts'
import { foldToneStyle } from '../../../shared/clauses/hash.ts'
import { writeBody } from '../../../shared/clauses/yjs.ts'
import { findNameSlips, isOneSlip } from '../../../shared/vietnamese/officialNames.ts'
import { countToneStyles, toOneToneStyle } from '../../../shared/vietnamese/toneStyle.ts'

const names = SAMPLE_AGENCIES.map(({ name }) => name)
const apply = (text: string, changes: readonly TextChange[]) =>
  [...changes]
    .reverse()
    .reduce((now, { from, to, text: by }) => now.slice(0, from) + by + now.slice(to), text)
const sampleTexts = [covenant, plan, regulation].flatMap((make) => {
  let ids = 0
  const doc = new Y.Doc()
  writeBody(doc, make(() => `c${++ids}` as ClauseId).blocks)
  return textBoxes(doc).map(({ text }) => text)
})

describe('[P06] where the tone stands', () => {
  test.each([
    ['hòa', 'hoà'],
    ['khỏe', 'khoẻ'],
    ['thủy', 'thuỷ'],
    ['HÒA', 'HOÀ'],
    ['Tòa án', 'Toà án'],
    ['ủy ban', 'uỷ ban'],
    ['hoạ sĩ Thúy', 'hoạ sĩ Thuý'],
  ])('%s and %s', (old, modern) => {
    expect(apply(old, toOneToneStyle(old, 'new'))).toBe(modern)
    expect(apply(modern, toOneToneStyle(modern, 'old'))).toBe(
      apply(old, toOneToneStyle(old, 'old')),
    )
  })

  test('words whose tone has one place are left alone: quý, hoàn, của, mía, thuê', () => {
    const text = 'Quý khách hoàn thành của mía thuê quỷ quà oán tuyển'
    expect(countToneStyles(text)).toEqual({ old: 0, new: 0 })
    for (const style of ['old', 'new'] as const) expect(toOneToneStyle(text, style)).toEqual([])
  })

  test('both styles are counted, one is left, and the words stay the same to whoever agreed to them', () => {
    const syllables = [
      'hòa',
      'hoà',
      'thuý',
      'thúy',
      'quý',
      'toàn',
      'khoẻ',
      'Uỷ',
      'xã',
      'đua,',
      'HOÀ',
    ]
    void fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...syllables, ...syllables.map((one) => one.normalize('NFD')))),
        fc.constantFrom('old' as const, 'new' as const),
        (words, style) => {
          const text = words.join(' ')
          const before = countToneStyles(text)
          const done = apply(text, toOneToneStyle(text, style))
          const after = countToneStyles(done)
          expect(after[style]).toBe(before.old + before.new)
          expect(after.old + after.new - after[style]).toBe(0)
          expect(foldToneStyle(done)).toBe(foldToneStyle(text))
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('[P06] names of agencies that are almost right', () => {
  const slips = (text: string) =>
    findNameSlips(text, names).map(({ from, to, text: by, slip }) => [
      text.slice(from, to),
      by,
      slip,
    ])

  test('the sample bloc’s own texts raise no alarm', () => {
    expect(sampleTexts.length).toBeGreaterThan(100)
    expect(sampleTexts.flatMap(slips)).toEqual([])
  })

  test.each([
    ['gửi Sở nội vụ trước 15/7', 'Sở nội vụ', 'Sở Nội vụ', 'case'],
    ['gửi Sở Nội Vụ, Sở Tài chính', 'Sở Nội Vụ', 'Sở Nội vụ', 'case'],
    ['gửi So Noi vu trước', 'So Noi vu', 'Sở Nội vụ', 'marks'],
    ['Sở Kế hoach và Đầu tư', 'Sở Kế hoach và Đầu tư', 'Sở Kế hoạch và Đầu tư', 'marks'],
    ['Sở Kế hoạch vả Đầu tư', 'Sở Kế hoạch vả Đầu tư', 'Sở Kế hoạch và Đầu tư', 'marks'],
    [
      'Sở Tài nguyên và Mội trường',
      'Sở Tài nguyên và Mội trường',
      'Sở Tài nguyên và Môi trường',
      'marks',
    ],
    ['Sở Khoa học và Công nghê.', 'Sở Khoa học và Công nghê', 'Sở Khoa học và Công nghệ', 'marks'],
    ['Sở Khoa họ và Công nghệ', 'Sở Khoa họ và Công nghệ', 'Sở Khoa học và Công nghệ', 'letter'],
    ['Sở Tài chímh', 'Sở Tài chímh', 'Sở Tài chính', 'letter'],
    ['Sở Tàichính', 'Sở Tàichính', 'Sở Tài chính', 'letter'],
    ['Văn phòng UBDN tỉnh', 'Văn phòng UBDN tỉnh', 'Văn phòng UBND tỉnh', 'letter'],
    [
      'Văn phòng Đoàn ĐBQH và HĐND tinh',
      'Văn phòng Đoàn ĐBQH và HĐND tinh',
      'Văn phòng Đoàn ĐBQH và HĐND tỉnh',
      'marks',
    ],
    [
      'Ban Thi đua – Khen thường tỉnh',
      'Ban Thi đua – Khen thường tỉnh',
      'Ban Thi đua - Khen thưởng tỉnh',
      'marks',
    ],
    ['SỞ KẾ HOACH VÀ ĐẦU TƯ', 'SỞ KẾ HOACH VÀ ĐẦU TƯ', 'SỞ KẾ HOẠCH VÀ ĐẦU TƯ', 'marks'],
  ])('planted: %s', (text, found, right, slip) => {
    expect(slips(text)).toEqual([[found, right, slip]])
    expect(slips(apply(text, findNameSlips(text, names)))).toEqual([])
  })

  test('the tone in the other style is told as such', () => {
    const own = ['Sở Văn hóa và Thể thao']
    expect(findNameSlips('Sở Văn hoá và Thể thao', own)).toMatchObject([{ slip: 'toneStyle' }])
  })

  test.each([
    'Sở Ngoại vụ, Sở Công Thương, các sở, ban, ngành',
    'VĂN PHÒNG UBND TỈNH và SỞ NỘI VỤ',
    'Sở  Nội vụ; Sở\u00a0Tài chính',
    'nội vụ của các sở; tài chính và kế hoạch; văn phòng huyện',
    'Ban Thi đua – Khen thưởng tỉnh',
    'Sở Nội vụ. Sở Tài chính.',
  ])('no alarm: %s', (text) => {
    expect(slips(text)).toEqual([])
  })

  test('one slip planted anywhere in any name is found, and its mending gives the name', () => {
    void fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.constantFrom('x', 'q', 'w'),
        fc.constantFrom('drop', 'put', 'change'),
        (name, n, letter, how) => {
          const letters = [...name]
          const at = n % letters.length
          fc.pre(/\p{L}/u.test(letters[at] ?? '') && at > 0)
          letters.splice(at, how === 'put' ? 0 : 1, ...(how === 'drop' ? [] : [letter]))
          const said = letters.join('')
          fc.pre(said.toLowerCase() !== name.toLowerCase() && !names.includes(said))
          const text = `Giao ${said} chủ trì.`
          expect(apply(text, findNameSlips(text, names))).toBe(`Giao ${name} chủ trì.`)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('one slip is one letter more, less, other, or two swapped', () => {
    for (const [a, b, is] of [
      ['abc', 'abc', false],
      ['abc', 'abd', true],
      ['abc', 'ab', true],
      ['abc', 'xabc', true],
      ['abc', 'acb', true],
      ['abc', 'cba', false],
      ['abcd', 'ab', false],
    ] as const)
      expect([a, b, isOneSlip(a, b)]).toEqual([a, b, is])
  })
})
