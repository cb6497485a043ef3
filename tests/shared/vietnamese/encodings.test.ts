import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldToneStyle } from '../../../shared/clauses/hash.ts'
import { composed } from '../../../shared/vietnamese/compose.ts'
import { decodeLegacy, legacyFont } from '../../../shared/vietnamese/legacy.ts'
import { LETTERS } from '../../../shared/vietnamese/letters.ts'
import { findWords, withoutMarks } from '../../../shared/vietnamese/searchFold.ts'
import { decodeTcvn3, encodeTcvn3, isTcvn3Sign } from '../../../shared/vietnamese/tcvn3.ts'
import { decodeViqr, encodeViqr } from '../../../shared/vietnamese/viqr.ts'
import { decodeVni, encodeVni } from '../../../shared/vietnamese/vni.ts'
import { LETTER_TABLE } from './letterTable.ts'

const CAPITALS = LETTERS.map((letter) => letter.toUpperCase())
const ALL = [...LETTERS, ...CAPITALS]
const bytes = (hex: string) =>
  hex
    .split(' ')
    .map((byte) => String.fromCharCode(Number.parseInt(byte, 16)))
    .join('')
/** Words of any of the 134 letters, ASCII letters, digits, spaces and the signs that texts of offices have. */
const words = fc
  .array(fc.constantFrom(...ALL, ...'aeiouydbcghklmnpqrstvxAEIOUYDBCHNT 0123456789,;:-/()%'), {
    maxLength: 60,
  })
  .map((letters) => letters.join(''))

describe('the 134 letters', () => {
  test('are the letters of the table, all different and NFC', () => {
    expect(LETTER_TABLE.map(({ small }) => small)).toEqual([...LETTERS])
    expect(new Set(ALL).size).toBe(134)
    for (const { small, capital, point, capitalPoint } of LETTER_TABLE) {
      expect(small.codePointAt(0)).toBe(Number.parseInt(point, 16))
      expect(capital.codePointAt(0)).toBe(Number.parseInt(capitalPoint, 16))
      expect(small.toUpperCase()).toBe(capital)
      expect(small.normalize('NFC')).toBe(small)
    }
  })

  test('TCVN3: 74 signs, round trip; capitals with a tone through the capital font', () => {
    const signs = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
    expect(signs.filter(isTcvn3Sign)).toHaveLength(74)
    for (const { small, capital, tcvn3, tcvn3Capital } of LETTER_TABLE) {
      expect(decodeTcvn3(tcvn3)).toBe(small)
      expect(encodeTcvn3(small)).toBe(tcvn3)
      expect(encodeTcvn3(capital)).toBe(tcvn3Capital)
      expect(decodeTcvn3(tcvn3Capital, true)).toBe(capital)
      expect(decodeTcvn3(encodeTcvn3(small), true)).toBe(capital)
    }
    expect(decodeTcvn3(encodeTcvn3('ĂÂĐÊÔƠƯ'))).toBe('ĂÂĐÊÔƠƯ')
  })

  test('VNI: 134 sequences, round trip, and the base letter decides the case', () => {
    expect(new Set(ALL.map(encodeVni)).size).toBe(134)
    for (const { small, capital, vni, vniCapital } of LETTER_TABLE) {
      expect([encodeVni(small), encodeVni(capital)]).toEqual([vni, vniCapital])
      expect([decodeVni(vni), decodeVni(vniCapital)]).toEqual([small, capital])
    }
    expect(decodeVni('Aù aÙ ÔÙ Ôù')).toBe('Á á Ớ Ớ')
  })

  test('VIQR: 134 sequences, round trip', () => {
    expect(new Set(ALL.map(encodeViqr)).size).toBe(134)
    for (const { small, capital, viqr } of LETTER_TABLE) {
      expect(encodeViqr(small)).toBe(viqr)
      expect([decodeViqr(viqr), decodeViqr(encodeViqr(capital))]).toEqual([small, capital])
    }
    expect(decodeViqr('Ddie^`u')).toBe('Điều')
  })

  test('any words come back whole from VNI and VIQR, from TCVN3 in small letters', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect(decodeVni(encodeVni(text))).toBe(text)
        expect(decodeViqr(encodeViqr(text))).toBe(text)
        const small = text.toLowerCase()
        expect(decodeTcvn3(encodeTcvn3(small))).toBe(small)
        expect(decodeTcvn3(encodeTcvn3(text), true)).toBe(text.toUpperCase())
      }),
    )
  })

  test('NFD and every half-composed form come out as NFC', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('NFD', 'NFC', 'NFKD'), (text, form) => {
        expect(composed(text.normalize(form))).toBe(text.normalize('NFC'))
      }),
    )
  })
})

describe('the samples of the table', () => {
  test.each([
    ['Khối thi đua', 'Khèi thi ®ua', 'Khoái thi ñua', "Kho^'i thi ddua"],
    [
      'Bản giao ước thi đua',
      'B¶n giao \u00adíc thi ®ua',
      'Baûn giao öôùc thi ñua',
      "Ba?n giao u+o+'c thi ddua",
    ],
    [
      'Điều 1. Phạm vi điều chỉnh',
      '§iÒu 1. Ph¹m vi ®iÒu chØnh',
      'Ñieàu 1. Phaïm vi ñieàu chænh',
      'DDie^`u 1. Pha.m vi ddie^`u chi?nh',
    ],
    ['Quy chế', 'Quy chÕ', 'Quy cheá', "Quy che^'"],
    ['phường', 'ph\u00adêng', 'phöôøng', 'phu+o+`ng'],
    ['nghĩa vụ', 'nghÜa vô', 'nghóa vuï', 'nghi~a vu.'],
    ['Kỷ luật', 'Kû luËt', 'Kyû luaät', 'Ky? lua^.t'],
  ])('%s', (unicode, tcvn3, vni, viqr) => {
    expect([decodeTcvn3(tcvn3), decodeVni(vni), decodeViqr(viqr)]).toEqual(Array(3).fill(unicode))
    expect([encodeTcvn3(unicode), encodeVni(unicode)]).toEqual([tcvn3, vni])
  })
})

describe('ten tricky strings', () => {
  test('1–3: NFD, half-composed and in the wrong order', () => {
    expect(composed('Tie\u0302\u0301ng Vie\u0323\u0302t')).toBe('Tiếng Việt')
    expect(composed('Tie\u0302\u0301ng Vie\u0323\u0302t')).toHaveLength(10)
    expect(composed('Vi\u00ea\u0323t')).toBe('Việt')
    expect(composed('u\u0323\u031b')).toBe('\u1ef1')
  })

  test('4: the old style of placing the tone', () => {
    expect(foldToneStyle('UỶ BAN NHÂN DÂN, hoà, quý, hoàn')).toBe('ỦY BAN NHÂN DÂN, hòa, quý, hoàn')
  })

  test('5: words without marks find any, words with marks only those', () => {
    const text = 'Điều 5 Đẩy mạnh'
    expect(findWords(text, 'dieu 5 day manh')).toBe(0)
    expect(withoutMarks(text)).toHaveLength(15)
    expect(findWords(text, 'điêu')).toBe(-1)
    expect(findWords('văn hoá, hòa bình', 'hoà')).toBe(9)
  })

  test('6–8: the old fonts', () => {
    const read = (text: string, font: string) => {
      const reading = legacyFont(font)
      return reading && decodeLegacy(text, reading)
    }
    const covenant = bytes('42 B6 6E 20 67 69 61 6F 20 AD ED 63 20 74 68 69 20 AE 75 61')
    expect(read(covenant, '.VnTime')).toBe('Bản giao ước thi đua')
    const committee = bytes('F1 79 20 62 61 6E 20 6E 68 A9 6E 20 64 A9 6E')
    expect(read(committee, '".VnTimeH", serif')).toBe('ỦY BAN NHÂN DÂN')
    expect(read('Ñieàu 1. Phaïm vi ñieàu chænh', "'VNI-Times'")).toBe('Điều 1. Phạm vi điều chỉnh')
    expect(legacyFont('Times New Roman, .VnTime')).toBeNull()
    expect(legacyFont('')).toBeNull()
  })

  test('9: the order of the alphabet', () => {
    const list = 'đa, dạ, da, đá, ơ, ô, o, tạ, tá, tã, tả, tà, ta, tă, tâ'.split(', ')
    expect(list.sort(new Intl.Collator('vi').compare).join(' ')).toBe(
      'da dạ đa đá o ô ơ ta tà tả tã tá tạ tă tâ',
    )
  })

  // The tenth, a burst of UniKey, needs an editor: tests/journeys/pasteOldLetters.test.ts.

  test('Ð and ð, which only look like Đ and đ', () => {
    expect(composed('Ðiều 1, HÐND, Ðoàn, ðồng')).toBe('Điều 1, HĐND, Đoàn, đồng')
    expect(composed('Ðoàn')).toBe('Đoàn')
    expect(composed('Það er gott veður í dag, Guðrún')).toBe('Það er gott veður í dag, Guðrún')
  })
})
