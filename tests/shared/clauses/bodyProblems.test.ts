import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems, problemsOfChange } from '../../../shared/clauses/bodyProblems.ts'
import { bodyOf, readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause } from '../../support/builders.ts'
import { documents } from '../../support/random.ts'

const element = (
  name: string,
  attributes: Record<string, unknown> = {},
  children: (Y.XmlElement | Y.XmlText)[] = [],
) => {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, children)
  return made
}
const text = (content: string, format: Record<string, unknown> = {}) => {
  const made = new Y.XmlText()
  made.applyDelta([{ insert: content, attributes: format }])
  return made
}
const article = (id: unknown, children: (Y.XmlElement | Y.XmlText)[] = []) =>
  element('clause', { id, level: 'article' }, children)

const problemsOf = (...children: (Y.XmlElement | Y.XmlText)[]) => {
  const doc = new Y.Doc()
  bodyOf(doc).insert(0, children)
  readBody(doc)
  return bodyProblems(doc).map(({ problem, what }) => `${problem} ${what}`)
}

test('a document of the schema has no problems', () => {
  fc.assert(
    fc.property(documents, (blocks) => {
      const doc = new Y.Doc()
      writeBody(doc, blocks)
      expect(bodyProblems(doc)).toEqual([])
    }),
  )
})

test.each([
  ['an unknown block', [element('image', { id: 'a' })], ['unknown-element image']],
  [
    'an unknown block inside a clause',
    [article('a', [element('image')])],
    ['unknown-element image'],
  ],
  ['a clause in a clause', [article('a', [article('b')])], ['bad-nesting clause']],
  ['a paragraph at the top', [element('paragraph')], ['bad-nesting paragraph']],
  ['a table without rows', [element('table', { id: 'a' })], ['bad-nesting table']],
  [
    'a row without cells',
    [element('table', { id: 'a' }, [element('tableRow')])],
    ['bad-nesting tableRow'],
  ],
  [
    'a cell without paragraphs',
    [element('table', { id: 'a' }, [element('tableRow', {}, [element('tableCell')])])],
    ['bad-nesting tableCell'],
  ],
  ['text between the blocks', [text('lạc')], ['stray-text #root']],
  ['text in a table', [element('table', { id: 'a' }, [text('lạc')])], ['stray-text table']],
  ['a link', [article('a', [text('x', { link: { href: 'https://…' } })])], ['unknown-mark link']],
  ['a level of somebody else', [element('clause', { id: 'a', level: 'h1' })], ['unknown-level h1']],
  ['a clause without a level', [element('clause', { id: 'a' })], ['unknown-level undefined']],
  ['a clause without an id', [element('clause', { level: 'text' })], ['missing-id clause']],
  ['an id that is no id', [article('<script>')], ['missing-id clause']],
  ['an id that is a number', [article(7)], ['missing-id clause']],
  ['two blocks with one id', [article('a'), article('b'), article('a')], ['duplicate-id a']],
])('%s is named', (_, children, expected) => {
  expect(problemsOf(...children)).toEqual(expected)
})

test('an embed in a text is named, and reading goes around it', () => {
  const doc = new Y.Doc()
  const words = new Y.XmlText()
  bodyOf(doc).insert(0, [article('a', [words])])
  words.insert(0, 'trước sau')
  words.insertEmbed(6, { image: 'x' })
  expect(bodyProblems(doc)).toEqual([{ problem: 'unknown-content', what: 'embed', clauseId: 'a' }])
  expect(readBody(doc)).toEqual([clause('a', 'article', 'trước sau')])
})

test('a second root is named', () => {
  const stranger = new Y.Doc()
  stranger.getMap('meta').set('phase', 'complete')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger))
  expect(bodyProblems(doc)).toEqual([{ problem: 'foreign-root', what: 'meta', clauseId: null }])
})

test('a body that somebody filled as plain text is named and reads as empty', () => {
  const stranger = new Y.Doc()
  stranger.getText('body').insert(0, 'không phải điều khoản')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(stranger))
  expect(readBody(doc)).toEqual([])
  expect(bodyProblems(doc)[0]).toMatchObject({ problem: 'unknown-content', what: '#root' })
})

test('nesting without end is named once and exhausts nothing', () => {
  const doc = new Y.Doc()
  let inner = article('a')
  bodyOf(doc).insert(0, [inner])
  for (let depth = 0; depth < 3_000; depth += 1) {
    const next = element('paragraph')
    inner.insert(0, [next])
    inner = next
  }
  expect(bodyProblems(doc)).toEqual([{ problem: 'bad-nesting', what: 'paragraph', clauseId: 'a' }])
  expect(readBody(doc)).toEqual([clause('a', 'article', '')])
})

test.each([
  ['an unknown block', (body: Y.XmlFragment) => body.push([element('image', { id: 'n' })])],
  [
    'one deep in a new table',
    (body: Y.XmlFragment) =>
      body.push([
        element('table', { id: 'n' }, [
          element('tableRow', {}, [element('tableCell', {}, [element('image')])]),
        ]),
      ]),
  ],
  [
    'an unknown block in an old clause',
    (body: Y.XmlFragment) => (body.get(0) as Y.XmlElement).push([element('image')]),
  ],
  [
    'an unknown level of an old clause',
    (body: Y.XmlFragment) => (body.get(0) as Y.XmlElement).setAttribute('level', 'poem'),
  ],
  [
    'an unknown mark in old words',
    (body: Y.XmlFragment) =>
      ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 1, { blink: {} }),
  ],
  [
    'an embed in old words',
    (body: Y.XmlFragment) =>
      ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).insertEmbed(0, { src: '' }),
  ],
])('[B06] a change that brings %s is seen before anybody who watches hears of it', (_, change) => {
  const doc = new Y.Doc()
  writeBody(doc, [clause('a', 'article', 'cũ')])
  const heard: string[] = []
  doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
    for (const { problem } of problemsOfChange(transaction)) heard.push(problem)
  })
  bodyOf(doc).observeDeep(() => heard.push('observed'))
  change(bodyOf(doc))
  expect(heard[0]).toMatch(/^unknown-/)
  expect(heard.at(-1)).toBe('observed')
})

test('[B06] any change within the schema brings no stranger, tables that lose their last row included', () => {
  fc.assert(
    fc.property(documents, documents, fc.nat(), (before, after, at) => {
      const doc = new Y.Doc()
      writeBody(doc, before)
      const named: unknown[] = []
      doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
        named.push(...problemsOfChange(transaction))
      })
      const body = bodyOf(doc)
      const block = body.get(at % Math.max(1, body.length)) as Y.XmlElement | undefined
      block?.delete(0, block.length)
      body.delete(0, body.length)
      writeBody(doc, after)
      expect(named).toEqual([])
    }),
  )
})
