import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  blockBrackets,
  bracketsIn,
  isOptionText,
  keepOption,
  OPTION_LIMIT,
  optionHash,
} from '../../../shared/brackets/bracket.ts'
import {
  changeParagraph,
  proposal,
  putBeside,
  settleIn,
} from '../../../shared/brackets/bracketEdits.ts'
import { lettersText } from '../../../shared/clauses/clause.ts'
import { clauseHash } from '../../../shared/clauses/hash.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { lockBlockers } from '../../../shared/locking/lockBlockers.ts'
import { cites, clause, fields, run, table } from '../../support/builders.ts'

const options = (text: string) =>
  bracketsIn(text).map((bracket) => bracket.options.map(({ from, to }) => text.slice(from, to)))

test('[P14] brackets with at least two wordings are brackets, whatever space is around them', () => {
  expect(options('Nộp trong [10 ngày / 15 ngày] kể từ')).toEqual([['10 ngày', '15 ngày']])
  expect(options('[a / b / c] và [d /e]')).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ])
  expect(options('[10 ngày /]')).toEqual([['10 ngày', '']])
  expect(options('[/ 10 ngày]')).toEqual([['', '10 ngày']])
  expect(options('[ / ]')).toEqual([['', '']])
})

test('[P14] a number, a date, brackets without an end or over the edge of a cell are none', () => {
  for (const text of [
    '[1]',
    '[trước 20/11]',
    '[a / b',
    'a / b]',
    '[a\t/ b]',
    '[x\n/ y]',
    'và/hoặc',
  ])
    expect(options(text)).toEqual([])
})

test('[P14] words with a slash that stands by itself are two wordings, whoever wrote them; without space they are not', () => {
  expect(options('[và / hoặc]')).toEqual([['và', 'hoặc']])
  expect(options('[và/hoặc]')).toEqual([])
})

test('[P14] more slashes than anybody compares wordings by are a list, and none is added that would make it one', () => {
  const full = `[${Array.from({ length: OPTION_LIMIT }, (_, i) => i).join(' / ')}]`
  expect(options(full)[0]).toHaveLength(21)
  expect(options(full.replace(']', ' / x]'))).toEqual([])
  expect(options(`[${'/ '.repeat(100_000)}]`)).toEqual([])
  expect(() => proposal(clause('c1', 'article', full), { from: 2, to: 3 }, 'x')).toThrow(
    'input/too-large',
  )
})

test('[P14] of a table each cell has its own', () => {
  const block = table('t1', [
    ['TT', '[10 / 12]'],
    ['1', '[a / b] và [c / d]'],
  ])
  expect(blockBrackets(block).map(({ paragraph, index }) => [paragraph, index])).toEqual([
    [1, 0],
    [3, 1],
    [3, 2],
  ])
})

test('[P14] support is bound to an option’s words: not to bold, to what stands beside it, nor to the style of tones', () => {
  const [first] = blockBrackets(clause('c', 'article', '[10 ngày / 15 ngày]'))
  const [other] = blockBrackets(
    clause('d', 'point', [run('Trong [xx / '), run('10', 'bold'), run('  ngày / 20 ngày]')]),
  )
  expect(other?.options[1]?.hash).toBe(first?.options[0]?.hash)
  expect(optionHash([run('hoà bình')])).toBe(optionHash([run('hòa bình')]))
  expect(optionHash([run('10 ngày')])).not.toBe(optionHash([run('10 ngàyx')]))
  expect(optionHash([cites('a')])).not.toBe(optionHash([cites('b')]))
})

test('[P14] the same words in two brackets of a clause are two options', () => {
  const [one, two, three] = blockBrackets(
    clause('c', 'article', '[10 ngày / 15 ngày] và [10 ngày / 20 ngày], [10 ngày / 10 ngày]'),
  ).map((bracket) => bracket.options.map(({ hash }) => hash))
  expect(one?.[0]).toBe(optionHash([run('10 ngày')]))
  expect(new Set([one?.[0], two?.[0], three?.[0]]).size).toBe(3)
  expect(two?.[1]).toBe(optionHash([run('20 ngày')]))
  // Within one bracket the same words are the same wording.
  expect(three?.[1]).toBe(three?.[0])
})

test('[P14] a wording put into the text is known by where it stands; the words of others stay theirs', () => {
  const doc = new Y.Doc()
  const text = '[10 ngày / 15 ngày] và 20 ngày, [15 ngày / x]'
  writeBody(doc, [clause('c1', 'article', text)])
  const seen = () => ({ clauseId: 'c1', hash: clauseHash(readBody(doc)[0] as never) })
  const from = text.indexOf('20')
  const start = blockBrackets(readBody(doc)[0] as never).map((one) => one.options[0]?.hash)
  const {
    bracket,
    option,
    renamed: moved,
  } = doc.transact(() => putBeside(doc, seen(), { span: { from, to: from + 7 }, words: '15 ngày' }))
  expect([bracket.index, bracket.options.at(-1)]).toEqual([1, option])
  const before = blockBrackets(readBody(doc)[0] as never).map((one) =>
    one.options.map(({ hash }) => hash),
  )
  expect(before[1]?.[1]).toBe(option.hash)
  // It came before one with the same words, which is said to be the third of them now.
  expect(moved).toEqual([{ from: start[1], to: before[2]?.[0] }])
  // The first one gone, the others’ equal words are counted from it anew, and it is said how.
  const { renamed } = doc.transact(() =>
    settleIn(doc, seen(), { index: 0, option: before[0]?.[0] ?? '' }),
  )
  expect(renamed).toEqual([
    { from: before[1]?.[1], to: before[0]?.[1] },
    { from: before[2]?.[0], to: before[1]?.[1] },
  ])
})

test('[P14] each wording keeps its references and marks, and the words around stay, when it is kept', () => {
  const doc = new Y.Doc()
  writeBody(doc, [
    clause('c1', 'article', [
      run('Theo ['),
      cites('d9'),
      run(' / '),
      run('quy định', 'bold'),
      run('] này'),
    ]),
  ])
  const [block] = readBody(doc)
  if (!block) throw new Error('no block')
  const [bracket] = blockBrackets(block)
  if (!bracket) throw new Error('no bracket')
  const kept = (at: number) => {
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    const span = bracket.options[at]?.span ?? { from: 0, to: 0 }
    const gone = keepOption(bracket, span).map((each) => ({ ...each, text: '' }))
    copy.transact(() => changeParagraph(copy, 'c1', 0, gone))
    return readBody(copy)[0]
  }
  expect(clauseHash(kept(0) as never)).toBe(
    clauseHash(clause('c1', 'article', [run('Theo '), cites('d9'), run(' này')])),
  )
  expect(kept(1)).toEqual(
    clause('c1', 'article', [run('Theo '), run('quy định', 'bold'), run(' này')]),
  )
})

test('[P14] a wording beside a span, beside the whole clause, and one more in a bracket', () => {
  const put = (text: string, span: { from: number; to: number } | undefined, words: string) => {
    const doc = new Y.Doc()
    writeBody(doc, [clause('c1', 'article', text)])
    const [block] = readBody(doc)
    const changes = proposal(block as never, span, words)
    doc.transact(() => changeParagraph(doc, 'c1', 0, changes))
    return lettersText(readBody(doc)[0] as never)
  }
  const at = (text: string, words: string) => ({
    from: text.indexOf(words),
    to: text.indexOf(words) + words.length,
  })
  const text = 'Nộp trong 10 ngày làm việc.'
  expect(put(text, at(text, '10 ngày'), '15 ngày')).toBe('Nộp trong [10 ngày / 15 ngày] làm việc.')
  expect(put(text, undefined, 'Nộp ngay.')).toBe(`[${text} / Nộp ngay.]`)
  const open = 'Nộp trong [10 ngày / 15 ngày].'
  expect(put(open, at(open, '15'), '20 ngày')).toBe('Nộp trong [10 ngày / 15 ngày / 20 ngày].')
  expect(() => put(open, at(open, 'trong [10'), 'x')).toThrow('input/invalid')
  expect(() => put(text, { from: 3, to: 3 }, 'x')).toThrow('input/invalid')
  expect(() => put(text, { from: 3, to: 300 }, 'x')).toThrow('input/invalid')
  // Words that would be options of their own, of which settling would delete a part; half a letter.
  for (const torn of ['Nộp 10 / 15 ngày', 'Nộp /', '/ Nộp'])
    expect(() => put(torn, undefined, 'x')).toThrow('input/invalid')
  expect(put('Trước 20/11', undefined, 'x')).toBe('[Trước 20/11 / x]')
  for (const span of [
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ])
    expect(() => put('a😀b', span, 'x')).toThrow('input/invalid')
  for (const words of ['a / b', '[a', 'b]', 'a\tb', 'a\nb']) expect(isOptionText(words)).toBe(false)
  for (const words of ['20/11', 'và/hoặc', 'Điều 3; khoản 2', ''])
    expect(isOptionText(words)).toBe(true)
})

test('[P14] beside words in a cell, and nowhere else in the table', () => {
  const put = (paragraph: number, span: { from: number; to: number } | undefined) => {
    const doc = new Y.Doc()
    writeBody(doc, [
      clause('c1', 'article', '10'),
      table('t1', [
        ['TT', '10'],
        ['10', '[10 / 12]'],
      ]),
    ])
    const seen = { clauseId: 't1', hash: clauseHash(readBody(doc)[1] as never) }
    let made: ReturnType<typeof putBeside> | null = null
    doc.transact(() => {
      made = putBeside(doc, seen, { span, words: '15', paragraph })
    })
    const { bracket } = made as unknown as ReturnType<typeof putBeside>
    const words = readBody(doc).map((block) => lettersText(block))
    return [bracket.index, words.join(' | ')]
  }
  const all = { from: 0, to: 2 }
  expect(put(1, all)).toEqual([0, '10 | TT\t[10 / 15]\n10\t[10 / 12]'])
  expect(put(2, all)).toEqual([0, '10 | TT\t10\n[10 / 15]\t[10 / 12]'])
  expect(put(3, { from: 1, to: 3 })).toEqual([0, '10 | TT\t10\n10\t[10 / 12 / 15]'])
  expect(() => put(1, undefined)).toThrow('input/invalid')
  expect(() => put(4, all)).toThrow('input/invalid')
})

test('[P14] whatever is put beside whatever span reads as a bracket, and keeping the old words gives the old text', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'đ', 'ế', ' ', '1', ';', '.') })
  fc.assert(
    fc.property(
      words,
      words,
      words,
      words.filter((one) => one.trim() !== ''),
      (a, span, b, added) => {
        fc.pre(span !== '')
        const doc = new Y.Doc()
        writeBody(doc, [clause('c1', 'article', a + span + b)])
        const block = readBody(doc)[0] as never
        const at = { from: a.length, to: a.length + span.length }
        doc.transact(() => changeParagraph(doc, 'c1', 0, proposal(block, at, added.trim())))
        const [bracket, ...more] = blockBrackets(readBody(doc)[0] as never)
        if (!bracket || more.length > 0) return false
        const [old, fresh] = bracket.options
        if (fresh?.hash !== optionHash([run(added.trim())]) || !old) return false
        const gone = keepOption(bracket, old.span).map((each) => ({ ...each, text: '' }))
        doc.transact(() => changeParagraph(doc, 'c1', 0, gone))
        return lettersText(readBody(doc)[0] as never) === a + span.trim() + b
      },
    ),
  )
})

test('[P14] no lock while a bracket remains, in a table and in a printed field too', () => {
  const found = lockBlockers({
    policy: 'all',
    parties: [],
    clauses: [
      { id: 'c1', hash: 'x', text: 'Trong [10 ngày / 15 ngày]' },
      { id: 't1', hash: 'x', text: 'TT\t[1 / 2]\n1\t[3]' },
    ],
    structureHash: 'x',
    fields: fields({ place: '[Ninh Thuận / Phan Rang]' }),
    positions: [],
    openProposals: [],
    canPrint: () => true,
  })
  expect(found).toEqual([
    { code: 'bracket/open', clauseId: 'c1', text: '[10 ngày / 15 ngày]' },
    { code: 'bracket/open', clauseId: 't1', text: '[1 / 2]' },
    { code: 'bracket/open', clauseId: 'structure', text: '[Ninh Thuận / Phan Rang]' },
  ])
})
