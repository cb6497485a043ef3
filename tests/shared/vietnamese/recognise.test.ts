import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COVENANT_TEXT } from '../../../server/sample/covenant.ts'
import { PLAN_TEXT } from '../../../server/sample/plan.ts'
import { REGULATION_TEXT } from '../../../server/sample/regulation.ts'
import { LEGACY_ENCODINGS } from '../../../shared/vietnamese/legacy.ts'
import { recogniseText } from '../../../shared/vietnamese/recognise.ts'
import { isSyllable } from '../../../shared/vietnamese/syllable.ts'
import { encodeTcvn3 } from '../../../shared/vietnamese/tcvn3.ts'
import { encodeViqr } from '../../../shared/vietnamese/viqr.ts'
import { encodeVni } from '../../../shared/vietnamese/vni.ts'
import { ORDINARY } from './ordinaryTexts.ts'

/** Lines of the three sample documents. */
const LINES = [COVENANT_TEXT, PLAN_TEXT, REGULATION_TEXT]
  .flatMap((text) => text.split('\n'))
  .map((line) => line.replace(/[|*=]/g, ' ').trim())
  .filter((line) => line !== '')
const encode = { tcvn3: encodeTcvn3, vni: encodeVni, viqr: encodeViqr }

describe('a syllable', () => {
  test('is what Vietnamese spells', () => {
    for (const word of 'thi đua giao ước nghiêm khuỷu quý quyết quốc giữ gìn giếng Ủy yêu huỳnh chuyển xoong'.split(
      ' ',
    ))
      expect(isSyllable(word), word).toBe(true)
    for (const word of 'tỏc cộng1 strang đuaa mẫux bộbộ trốs ửn1 fạ ộtộ'.split(' '))
      expect(isSyllable(word), word).toBe(false)
  })

  test('nearly every word of real documents is one', () => {
    const words = LINES.join(' ').match(/\p{L}+/gu) ?? []
    const marked = words.filter((word) => /[^ -~]/u.test(word) && !/^\p{Lu}+$/u.test(word))
    expect(marked.filter((word) => !isSyllable(word))).toEqual([])
    expect(marked.length).toBeGreaterThan(1_000)
  })
})

describe('recognition by letters', () => {
  test('a paragraph of each encoding; VIQR is asked about, never taken for granted', () => {
    const text = 'Điều 2. Nội dung thi đua: thực hiện dân chủ ở cơ sở, kỷ luật, kỷ cương'
    expect(recogniseText(encodeTcvn3(text))).toEqual({ encoding: 'tcvn3', sure: true })
    expect(recogniseText(encodeVni(text))).toEqual({ encoding: 'vni', sure: true })
    expect(recogniseText(encodeViqr(text))).toEqual({ encoding: 'viqr', sure: false })
  })

  test('a word or two are too little to change anything unasked', () => {
    expect(recogniseText('thi ®ua')).toEqual({ encoding: 'tcvn3', sure: false })
    expect(recogniseText('thi ñua')).toEqual({ encoding: 'vni', sure: false })
    expect(recogniseText('Khoái')).toBeNull()
  })

  test('every longer line of the sample documents is recognised as what it is, or nothing is said', () => {
    for (const encoding of LEGACY_ENCODINGS)
      for (const line of LINES) {
        const written = encode[encoding](line)
        if (/[\u0100-\u1fff]/u.test(written)) continue
        const found = recogniseText(written)
        if (found !== null) expect([found.encoding, line]).toEqual([encoding, line])
        const marked = new Set(line.match(/\p{L}*[^ -~]\p{L}*/gu) ?? [])
        if (marked.size > 12) expect(found, written).not.toBeNull()
      }
  })
})

describe('ordinary text is left alone', () => {
  test.each(Object.entries(ORDINARY))('%s', (_, texts) => {
    for (const text of texts) {
      expect(recogniseText(text), text).toBeNull()
      for (const sentence of text.split(/(?<=[.;:])\s/)) expect(recogniseText(sentence)).toBeNull()
    }
  })

  test('modern Vietnamese of any lines, whole or decomposed', () => {
    fc.assert(
      fc.property(fc.subarray(LINES, { minLength: 1, maxLength: 4 }), (lines) => {
        expect(recogniseText(lines.join('\n'))).toBeNull()
        expect(recogniseText(lines.join('\n').normalize('NFD'))).toBeNull()
      }),
    )
  })

  test('any words of modern Vietnamese that have only letters French has too', () => {
    const words = LINES.join(' ')
      .match(/\p{L}+/gu)
      ?.filter((word) => /^[A-Za-zÀ-ÿ]+$/u.test(word))
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...(words ?? [])), { minLength: 1, maxLength: 30 }),
        (list) => {
          expect(recogniseText(list.join(' '))?.sure ?? false).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('any words of other languages, in any order', () => {
    const words = Object.values(ORDINARY)
      .flat()
      .flatMap((text) => text.split(/\s+/))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 30 }), (list) => {
        expect(recogniseText(list.join(' '))?.sure ?? false).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
