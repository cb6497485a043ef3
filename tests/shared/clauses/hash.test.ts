import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sha256 } from '../../../shared/base/ids.ts'
import type { Block } from '../../../shared/clauses/clause.ts'
import {
  canonicalText,
  clauseHash,
  contentHash,
  foldToneStyle,
  structureHash,
} from '../../../shared/clauses/hash.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { cell, clause, fields, run, table } from '../../support/builders.ts'
import { documents, vietnameseText } from '../../support/random.ts'

const hashOf = (text: string) => clauseHash(clause('c', 'paragraph', text))
const same = (a: string, b: string) => expect(hashOf(a)).toBe(hashOf(b))
const differ = (a: string, b: string) => expect(hashOf(a)).not.toBe(hashOf(b))

describe('what makes two texts the same', () => {
  test('NFC against NFD, and the half-composed form of old keyboards', () => {
    fc.assert(
      fc.property(vietnameseText, (text) => {
        same(text, text.normalize('NFD'))
      }),
    )
    same('Việt', 'Vi\u00ea\u0323t')
    same('ự', 'u\u0323\u031b')
  })

  test('white space of every kind, also at the ends', () => {
    same('thi đua', '  thi\u00a0\u2003\n\t đua\u0085')
    differ('thi đua', 'thiđua')
  })

  test('characters that nobody sees', () => {
    same('thi đua', 'thi\u200b đ\u200dua\ufeff\u202e\u2069\u00ad\u0007\ufe0f')
    same('ế', 'e\u200b\u0302\u0301')
  })

  test('hòa and hoà', () => {
    same('hòa bình, ỦY BAN, thúy', 'hoà bình, UỶ BAN, thuý')
    same('hòa', 'hoà'.normalize('NFD'))
    differ('hòa', 'hóa')
    differ('hòa', 'hoa')
  })

  test.each([
    ['hoà', 'hòa'],
    ['HOÀ', 'HÒA'],
    ['khoẻ', 'khỏe'],
    ['thuý', 'thúy'],
    ['huỷ', 'hủy'],
    ['luỹ', 'lũy'],
    ['toà', 'tòa'],
    ['uỷ ban', 'ủy ban'],
    ['UỶ BAN', 'ỦY BAN'],
    ['tuỳ', 'tùy'],
    ['hoạ', 'họa'],
    ['UỶ BAN NHÂN DÂN, hoà, quý, hoàn', 'ỦY BAN NHÂN DÂN, hòa, quý, hoàn'],
  ])('%s folds to %s', (from, to) => {
    expect(foldToneStyle(from)).toBe(to)
    expect(foldToneStyle(to)).toBe(to)
  })

  test.each('quý quỳ quà quẻ QUÝ hoàn hoài hoạt hoặc khuỷu huỳnh ngoẹo khoẵm thuở'.split(' '))(
    '%s is left alone',
    (word) => expect(foldToneStyle(word)).toBe(word),
  )

  test('canonical text is canonical', () => {
    fc.assert(
      fc.property(fc.oneof(vietnameseText, fc.string({ unit: 'binary' })), (text) => {
        const canonical = canonicalText(text)
        expect(canonicalText(canonical)).toBe(canonical)
        expect(canonical.normalize('NFC')).toBe(canonical)
      }),
    )
  })

  test('every visible letter counts', () => {
    fc.assert(
      fc.property(vietnameseText, fc.constantFrom(...'aăâdđ.;1ờ'), fc.nat(), (text, letter, at) => {
        const place = at % (text.length + 1)
        differ(text, text.slice(0, place) + letter + text.slice(place))
      }),
    )
  })
})

describe('clause hash', () => {
  test('bold on and off does not count', () => {
    const plain = clause('c', 'paragraph', 'Mục đích và yêu cầu')
    const bold = clause('c', 'paragraph', [
      run('Mục đích', 'bold', 'underline'),
      run(' và yêu cầu'),
    ])
    expect(clauseHash(bold)).toBe(clauseHash(plain))
  })

  test('level and id do not count', () => {
    expect(clauseHash(clause('x', 'article', 'Mục đích'))).toBe(
      clauseHash(clause('y', 'point', 'Mục đích')),
    )
  })

  test('a tab or a line end typed into a cell is no border of cells', () => {
    const hash = (rows: string[][]) => clauseHash(table('t', rows))
    const all = [hash([['a', 'b']]), hash([['a\tb']]), hash([['a\nb']]), hash([['a'], ['b']])]
    expect(all[1]).toBe(all[2])
    expect(new Set(all).size).toBe(3)
  })

  test('moving a word from one cell to the next counts', () => {
    expect(clauseHash(table('t', [['a b', 'c']]))).not.toBe(clauseHash(table('t', [['a', 'b c']])))
    expect(clauseHash(table('t', [['', 'a']]))).not.toBe(clauseHash(table('t', [['a', '']])))
  })

  test('header cells, widths and empty paragraphs in cells do not count', () => {
    const plain = { ...table('t', []), rows: [{ cells: [cell('TT')] }] }
    const fancy = {
      ...table('t', []),
      rows: [
        { cells: [cell('TT', { header: true, colwidth: [40], paragraphs: [[run('TT')], []] })] },
      ],
    }
    expect(clauseHash(fancy)).toBe(clauseHash(plain))
  })
})

describe('structure and content', () => {
  const two = [clause('a', 'article', 'Một'), clause('b', 'article', 'Hai')]

  test('order, levels, ids and printed fields count; words do not', () => {
    const base = structureHash(two, fields())
    const [a, b] = two as [Block, Block]
    expect(structureHash([clause('a', 'article', 'Khác'), b], fields())).toBe(base)
    const changed = [
      structureHash([b, a], fields()),
      structureHash([a], fields()),
      structureHash([a, clause('b', 'paragraph', 'Hai')], fields()),
      structureHash([a, clause('c', 'article', 'Hai')], fields()),
      structureHash(two, fields({ title: 'KẾ HOẠCH' })),
      structureHash(two, fields({ place: 'Phan Rang' })),
      structureHash(two, fields({ recipients: ['Lưu: VT', 'UBND tỉnh (để báo cáo)'] })),
      structureHash(two, fields({ signingTitles: { stc: 'PHÓ GIÁM ĐỐC' } })),
    ]
    expect(new Set([base, ...changed]).size).toBe(changed.length + 1)
  })

  test('the order in which titles are stored and the form of their letters do not count', () => {
    const titles = { vpdbqh: 'CHÁNH VĂN PHÒNG', stc: 'GIÁM ĐỐC' }
    const turned = { stc: 'GIÁM ĐỐC'.normalize('NFD'), vpdbqh: 'CHÁNH VĂN PHÒNG' }
    expect(structureHash(two, fields({ signingTitles: turned }))).toBe(
      structureHash(two, fields({ signingTitles: titles })),
    )
  })

  test('content hash covers every clause hash, their order, and the structure', () => {
    const [x, y, z] = ['x', 'y', 'z'].map(hashOf) as [Sha256, Sha256, Sha256]
    const all = [
      contentHash([x, y], z),
      contentHash([y, x], z),
      contentHash([x], z),
      contentHash([x, y, z], z),
      contentHash([x, y], x),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('which marks fall', () => {
  const view = (blocks: readonly Block[]) => viewClauses(blocks, fields(), 'articles')
  const hashes = (blocks: readonly Block[]) =>
    new Map(view(blocks).clauses.map(({ id, hash }) => [id, hash]))
  const withPlace = documents
    .filter((blocks) => blocks.length > 1)
    .chain((blocks) =>
      fc.tuple(
        fc.constant(blocks),
        fc.nat({ max: blocks.length - 1 }),
        fc.nat({ max: blocks.length - 1 }),
      ),
    )

  test('an article put in front renumbers everything and touches no clause hash', () => {
    fc.assert(
      fc.property(documents, (blocks) => {
        const after = [clause('new', 'article', 'Mới'), ...blocks]
        const now = hashes(after)
        for (const [id, hash] of hashes(blocks)) expect(now.get(id)).toBe(hash)
        expect(view(after).structureHash).not.toBe(view(blocks).structureHash)
      }),
    )
    const numbered = [clause('a', 'article', 'Một')]
    expect(view([clause('n', 'article', ''), ...numbered]).clauses[1]?.label).toBe('Điều 2')
  })

  test('deleting a clause changes only the structure', () => {
    fc.assert(
      fc.property(withPlace, ([blocks, at]) => {
        const after = blocks.filter((_, index) => index !== at)
        const before = hashes(blocks)
        for (const [id, hash] of hashes(after)) expect(before.get(id)).toBe(hash)
        expect(view(after).structureHash).not.toBe(view(blocks).structureHash)
        expect(view(after).contentHash).not.toBe(view(blocks).contentHash)
      }),
    )
  })

  test('moving a clause changes only the structure', () => {
    fc.assert(
      fc.property(withPlace, ([blocks, from, to]) => {
        fc.pre(from !== to)
        const after = [...blocks]
        after.splice(to, 0, ...after.splice(from, 1))
        expect(new Map([...hashes(after)].sort())).toEqual(new Map([...hashes(blocks)].sort()))
        expect(view(after).structureHash).not.toBe(view(blocks).structureHash)
      }),
    )
  })

  test('changing the words of one clause changes only its hash', () => {
    fc.assert(
      fc.property(withPlace, ([blocks, at]) => {
        const id = blocks[at]?.id ?? ''
        const after = blocks.map((block, index) =>
          index !== at
            ? block
            : block.level === 'table'
              ? table(id, [['khác hẳn']])
              : clause(id, block.level, 'khác hẳn'),
        )
        const before = hashes(blocks)
        for (const [other, hash] of hashes(after))
          expect(hash === before.get(other)).toBe(other !== id)
        expect(view(after).structureHash).toBe(view(blocks).structureHash)
      }),
    )
  })

  test('texts that come back count again', () => {
    const before = view([clause('a', 'article', 'Một')])
    const away = view([clause('a', 'article', 'Hai')])
    expect(away.contentHash).not.toBe(before.contentHash)
    expect(view([clause('a', 'article', 'Một')]).contentHash).toBe(before.contentHash)
  })

  test('blocks without an id are named too, and no two alike', () => {
    const blocks = [
      clause('', 'text', 'x'),
      clause('a~2', 'text', 'y'),
      clause('a', 'text', ''),
      clause('a', 'text', ''),
      clause('', 'text', ''),
    ]
    const ids = view(blocks).clauses.map(({ id }) => id)
    expect(ids).toEqual(['~1', 'a~2', 'a', 'a~3', '~2'])
  })

  test('the work grows with the clauses, not with their square', () => {
    const blocks = Array.from({ length: 1600 }, (_, index) =>
      clause(
        `c${index}`,
        'paragraph',
        `${index}. Uỷ ban hoà giải chủ trì, phối hợp với các cơ quan. `,
      ),
    )
    // Counted, not timed: a clock is too coarse, and the machine has other work.
    const reads = (count: number) => {
      let read = 0
      const counted = <T extends object>(thing: T) =>
        new Proxy(thing, {
          get(target, name, self) {
            read++
            return Reflect.get(target, name, self)
          },
        })
      view(counted(blocks.slice(0, count).map(counted)))
      return read
    }
    // Eight times as many: its square would be sixty-four.
    expect(reads(200)).toBeGreaterThan(200)
    expect(reads(1600) / reads(200)).toBeLessThan(10)
  })
})
