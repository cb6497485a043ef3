import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { joinToPrevious } from '../../../shared/clauses/joinClauses.ts'
import {
  deleteClause,
  findBlock,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../shared/clauses/yjs.ts'
import {
  type Anchor,
  decodeAnchor,
  encodeAnchor,
  makeAnchor,
} from '../../../shared/comments/anchor.ts'
import {
  findWords,
  LOOKS,
  lettersOfBlocks,
  wordsLocator,
} from '../../../shared/comments/locateWords.ts'
import { clause } from '../../support/builders.ts'

const WORDS = 'Khối thi đua phấn đấu hoàn thành các chỉ tiêu được giao trong năm'

function textOf(...clauses: [id: string, text: string][]): Y.Doc {
  const doc = new Y.Doc()
  writeBody(
    doc,
    clauses.map(([id, text]) => clause(id, 'text', text)),
  )
  return doc
}
/** As it is stored and sent. */
function anchorOn(doc: Y.Doc, id: string, words: string): Anchor {
  const element = findBlock(doc, id)
  const text = readBody(doc).find((block) => block.id === id)
  const from = lettersOfBlocks(text ? [text] : [])[0]?.text.indexOf(words) ?? -1
  const made = element && makeAnchor(element, from, from + words.length)
  const stored = made && decodeAnchor(encodeAnchor(made), '')
  if (!stored) throw new Error('the words are not there')
  return stored
}
/** Which words a thread stands on now, and in which clause. */
function on(doc: Y.Doc, anchor: Anchor, clauseId = 'a'): string | null {
  const place = wordsLocator(doc)(anchor, clauseId)
  if (!place) return null
  const box = lettersOfBlocks(readBody(doc)).find(
    (one) => one.clauseId === place.clauseId && one.box === place.box,
  )
  return `${place.clauseId}: ${box?.text.slice(place.from, place.to)}`
}
/** Somebody else's copy, who knows nothing of what this one remembers in memory. */
function reloaded(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('[P10] an anchor', () => {
  test('survives its way through a row and follows its words while others write around them', () => {
    const doc = textOf(['a', WORDS])
    const anchor = anchorOn(doc, 'a', 'hoàn thành')
    expect(on(doc, anchor)).toBe('a: hoàn thành')
    setClauseText(doc, 'a', `Năm 2022, ${WORDS.replace('các', 'tất cả các')}`)
    expect(on(reloaded(doc), anchor)).toBe('a: hoàn thành')
  })

  test('takes in what is written between its words, not what is written beside them', () => {
    const doc = textOf(['a', WORDS])
    const anchor = anchorOn(doc, 'a', 'hoàn thành')
    setClauseText(doc, 'a', WORDS.replace('hoàn thành', 'sẽ hoàn toàn thành công'))
    expect(on(doc, anchor)).toBe('a: hoàn toàn thành')
  })

  test('[B47] is nowhere once its words are deleted, and there again when they come back', () => {
    const doc = textOf(['a', WORDS], ['b', 'Việc hoàn thành nhiệm vụ'])
    const anchor = anchorOn(doc, 'a', 'hoàn thành')
    setClauseText(doc, 'a', WORDS.replace('hoàn thành ', ''))
    expect(on(doc, anchor)).toBeNull()
    expect(on(reloaded(doc), anchor)).toBeNull()
    setClauseText(doc, 'a', WORDS)
    expect(on(doc, anchor)).toBe('a: hoàn thành')
    expect(on(reloaded(doc), anchor)).toBe('a: hoàn thành')
  })

  test('[B47] an undo brings it back, for whoever undid and for everybody else', () => {
    const doc = textOf(['a', WORDS])
    const anchor = anchorOn(doc, 'a', 'phấn đấu')
    const undo = new Y.UndoManager(doc.getXmlFragment('body'), { trackedOrigins: new Set(['me']) })
    doc.transact(() => setClauseText(doc, 'a', WORDS.replace(' phấn đấu', '')), 'me')
    expect(on(doc, anchor)).toBeNull()
    undo.undo()
    expect(on(doc, anchor)).toBe('a: phấn đấu')
    expect(on(reloaded(doc), anchor)).toBe('a: phấn đấu')
  })

  test('follows a clause that is moved, which Yjs writes anew', () => {
    const doc = textOf(['a', WORDS], ['b', WORDS], ['c', 'Cuối'])
    const anchor = anchorOn(doc, 'a', 'hoàn thành')
    const [moved] = readBody(doc)
    deleteClause(doc, 'a')
    expect(on(doc, anchor)).toBe('b: hoàn thành')
    if (moved) insertClause(doc, 'c', moved)
    expect(on(doc, anchor)).toBe('a: hoàn thành')
    expect(on(reloaded(doc), anchor)).toBe('a: hoàn thành')
  })

  test('follows its words into the clause that another is merged into, and into the half of a split', () => {
    const doc = textOf(['a', 'Mở đầu.'], ['b', WORDS])
    const anchor = anchorOn(doc, 'b', 'hoàn thành')
    expect(joinToPrevious(doc, 'b')).toBe('a')
    expect(on(doc, anchor, 'b')).toBe('a: hoàn thành')
    const at = `Mở đầu. ${WORDS}`.indexOf('hoàn')
    setClauseText(doc, 'a', `Mở đầu. ${WORDS}`.slice(0, at))
    expect(on(doc, anchor, 'b')).toBeNull()
    insertClause(doc, 'a', clause('c', 'text', WORDS.slice(WORDS.indexOf('hoàn'))))
    expect(on(doc, anchor, 'b')).toBe('c: hoàn thành')
  })

  test('[B46] two that overlap stand on their own words each', () => {
    const doc = textOf(['a', WORDS])
    const one = anchorOn(doc, 'a', 'thi đua phấn đấu hoàn')
    const other = anchorOn(doc, 'a', 'phấn đấu hoàn thành các')
    const copy = reloaded(doc)
    expect([on(copy, one), on(copy, other)]).toEqual([
      'a: thi đua phấn đấu hoàn',
      'a: phấn đấu hoàn thành các',
    ])
  })

  test('of another program may be a bare position of Yjs, or nothing we can read', () => {
    const doc = textOf(['a', WORDS])
    const bare = Buffer.from(Y.encodeRelativePosition(anchorOn(doc, 'a', 'hoàn thành').start))
    const anchor = decodeAnchor(bare.toString('base64'), 'hoàn thành')
    expect(anchor && on(doc, anchor)).toBe('a: hoàn thành')
    expect(decodeAnchor('AAAA', '') && decodeAnchor('', '')).toBeNull()
    expect(decodeAnchor(Buffer.from([77, 9]).toString('base64'), '')).toBeNull()
  })

  test('whose bytes are a position of nothing is none, alone or within one of ours', () => {
    expect(decodeAnchor('BQ==', 'hoàn thành')).toBeNull()
    const { start, ...more } = anchorOn(textOf(['a', WORDS]), 'a', 'hoàn thành')
    const stored = Buffer.from(encodeAnchor({ start, ...more }), 'base64')
    // Behind the sign of an anchor and the length of its first position stands the kind of that.
    stored[2] = 5
    expect(decodeAnchor(stored.toString('base64'), '')).toBeNull()
  })

  test('whatever its bytes are, is read as none or asked for its place without harm', () => {
    const doc = textOf(['a', WORDS])
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const anchor = decodeAnchor(Buffer.from(bytes).toString('base64'), 'hoàn thành')
        if (anchor) wordsLocator(doc)(anchor, 'a')
      }),
      { numRuns: 500, seed: 46 },
    )
  })

  test('of a text that is not this one is looked for by its words alone', () => {
    const anchor = anchorOn(textOf(['x', WORDS]), 'x', 'hoàn thành')
    expect(on(textOf(['a', WORDS]), anchor)).toBe('a: hoàn thành')
  })
})

test('[P10] words are never found where other words stood around them', () => {
  const boxes = [{ clauseId: 'a', box: 0, text: 'xin chào các bạn ở đây' }]
  const wanted = { exact: 'các', prefix: 'hoàn thành ', suffix: ' chỉ tiêu' }
  expect(findWords(boxes, wanted, 'a')).toBeNull()
})

test('[P10] words that stand where they stood are looked for nowhere else', () => {
  const wanted = { exact: 'các', prefix: 'hoàn thành ', suffix: ' chỉ tiêu' }
  const unread = {
    clauseId: 'b',
    box: 0,
    get text(): string {
      throw new Error('read')
    },
  }
  const own = { clauseId: 'a', box: 0, text: WORDS }
  expect(findWords([unread, own], wanted, 'a')?.clauseId).toBe('a')
  expect(() => findWords([unread, own], { ...wanted, exact: 'tất cả' }, 'a')).toThrow('read')
})

test('[P10] a letter that stands in a text a million times is not looked at everywhere, the nearest first', () => {
  const wanted = { exact: 'x', prefix: 'ở đây ', suffix: ' rồi' }
  const there = 'ở đây x rồi'
  const boxes = (before: number) => [
    { clauseId: 'far', box: 0, text: 'x '.repeat(1_000_000) },
    { clauseId: 'near', box: 0, text: 'x '.repeat(before) + there },
    { clauseId: 'a', box: 0, text: 'x' },
  ]
  expect(findWords(boxes(LOOKS - 1), wanted, 'a')?.clauseId).toBe('near')
  expect(findWords(boxes(LOOKS), wanted, 'a')).toBeNull()
})

test('[P10] whatever is written elsewhere in a clause, an anchor stays on the words it was put on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(200), fc.nat(12), fc.string({ maxLength: 6 })), { maxLength: 12 }),
      (edits) => {
        const [before, words, after] = ['Trước đó có lời ', 'ở giữa', ' rồi sau đó nữa']
        const doc = textOf(['a', before + words + after])
        const anchor = anchorOn(doc, 'a', words)
        let text = before + words + after
        for (const [at, remove, added] of edits) {
          const from = at % (text.length + 1)
          const to = Math.min(text.length, from + remove)
          const [first, last] = [text.indexOf(words), text.indexOf(words) + words.length]
          // Elsewhere: neither within the words nor across an edge, and without a second copy of them.
          if (from < last && to > first) continue
          const next = text.slice(0, from) + added.normalize('NFC') + text.slice(to)
          if (next.split(words).length !== 2) continue
          const part = findBlock(doc, 'a')?.get(0) as unknown as Y.XmlText
          part.delete(from, to - from)
          part.insert(from, added.normalize('NFC'))
          text = next
        }
        expect(on(doc, anchor)).toContain(words)
      },
    ),
    { numRuns: 200, seed: 46 },
  )
})
