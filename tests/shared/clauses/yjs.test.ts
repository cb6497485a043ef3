import { prosemirrorJSONToYDoc, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { Schema } from 'prosemirror-model'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { type Block, blockText, isTable, type Run } from '../../../shared/clauses/clause.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import {
  BODY,
  bodyOf,
  deleteClause,
  insertClause,
  readBody,
  setClauseText,
  writeBody,
} from '../../../shared/clauses/yjs.ts'
import { cell, clause, fields, run, table } from '../../support/builders.ts'
import { documents, vietnameseText } from '../../support/random.ts'

const cellSpec = {
  content: 'paragraph+',
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
}
/** The editor's schema without what it looks like. */
const schema = new Schema({
  nodes: {
    doc: { content: '(clause | table)+' },
    clause: { content: 'text*', attrs: { id: { default: null }, level: { default: 'text' } } },
    table: { content: 'tableRow+', attrs: { id: { default: null } } },
    tableRow: { content: '(tableCell | tableHeader)+' },
    tableCell: cellSpec,
    tableHeader: cellSpec,
    paragraph: { content: 'text*' },
    text: {},
  },
  marks: {
    bold: {},
    italic: {},
    underline: {},
    reference: { attrs: { document: {}, clause: {}, was: {} } },
  },
})

const inlineJson = (runs: readonly Run[]) => ({
  ...(runs.length > 0 && {
    content: runs.map(({ text, marks, reference }) => {
      const all = [
        ...marks.map((type) => ({ type })),
        ...(reference ? [{ type: 'reference', attrs: reference }] : []),
      ]
      return { type: 'text', text, ...(all.length > 0 && { marks: all }) }
    }),
  }),
})
/** What the editor would save for these blocks, written down a second time and without Yjs. */
const editorJson = (blocks: readonly Block[]) => ({
  type: 'doc',
  content: blocks.map((block) =>
    isTable(block)
      ? {
          type: 'table',
          attrs: { id: block.id },
          content: block.rows.map(({ cells }) => ({
            type: 'tableRow',
            content: cells.map(({ header, colspan, rowspan, colwidth, paragraphs }) => ({
              type: header ? 'tableHeader' : 'tableCell',
              attrs: { colspan, rowspan, colwidth },
              content: paragraphs.map((runs) => ({ type: 'paragraph', ...inlineJson(runs) })),
            })),
          })),
        }
      : {
          type: 'clause',
          attrs: { id: block.id, level: block.level },
          ...inlineJson(block.runs),
        },
  ),
})

const docWith = (blocks: readonly Block[]) => {
  const doc = new Y.Doc()
  writeBody(doc, blocks)
  return doc
}
const copyOf = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
const textOf = (doc: Y.Doc, index: number) => {
  const block = readBody(doc)[index]
  return block && blockText(block)
}
const nonEmpty = documents.filter((blocks) => blocks.length > 0)

describe('the body and the editor', () => {
  test('what writeBody writes is what the editor reads', () => {
    fc.assert(
      fc.property(nonEmpty, (blocks) => {
        const json = yXmlFragmentToProsemirrorJSON(bodyOf(docWith(blocks)))
        const node = schema.nodeFromJSON(json)
        node.check()
        expect(node.toJSON()).toEqual(schema.nodeFromJSON(editorJson(blocks)).toJSON())
      }),
    )
  })

  test('what the editor writes is what readBody reads', () => {
    fc.assert(
      fc.property(nonEmpty, (blocks) => {
        const doc = prosemirrorJSONToYDoc(schema, editorJson(blocks), BODY)
        expect(readBody(doc)).toEqual(blocks)
      }),
    )
  })

  test('both write the same shape, attribute by attribute', () => {
    const blocks = [
      clause('c1', 'article', [run('Mục tiêu '), run('chung', 'bold', 'italic')]),
      clause('c2', 'text', ''),
      {
        ...table('t1', []),
        rows: [{ cells: [cell('TT', { header: true, colwidth: [40] }), cell('')] }],
      },
    ]
    const shape = (doc: Y.Doc) => JSON.stringify(yXmlFragmentToProsemirrorJSON(bodyOf(doc)))
    const written = shape(docWith(blocks))
    expect(written).toBe(shape(prosemirrorJSONToYDoc(schema, editorJson(blocks), BODY)))
    expect(written).toContain('"marks":[{"type":"bold","attrs":{}}')
    expect(written).toContain('{"type":"clause","attrs":{"id":"c2","level":"text"}}')
    expect(written).not.toContain('null')
  })

  test('writeBody then readBody gives the blocks back', () => {
    fc.assert(
      fc.property(documents, (blocks) => {
        expect(readBody(docWith(blocks))).toEqual(blocks)
      }),
    )
  })
})

test('[B07] two who empty an Điều offline, each of another khoản, leave the Điều where it was', () => {
  const one = docWith([
    clause('d', 'article', 'Nội dung'),
    clause('k1', 'paragraph', 'một'),
    clause('k2', 'paragraph', 'hai'),
  ])
  const two = copyOf(one)
  deleteClause(one, 'k1')
  deleteClause(two, 'k2')
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
  for (const doc of [one, two]) expect(readBody(doc)).toEqual([clause('d', 'article', 'Nội dung')])
})

describe('reading', () => {
  test('[B09] writes nothing, however often: the words, their hashes, what is wrong with them', () => {
    const doc = docWith([clause('c1', 'article', 'Mục tiêu'), table('t1', [['a', 'b']])])
    const [first] = bodyOf(doc).toArray() as Y.XmlElement[]
    // Two neighbouring texts: what a converter is tempted to merge.
    first?.push([new Y.XmlText(' và yêu cầu')])
    const before = Y.encodeStateAsUpdate(doc)
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let n = 0; n < 100; n += 1) {
      viewClauses(readBody(doc), fields(), 'articles')
      bodyProblems(doc)
    }
    readBody(new Y.Doc())
    expect(updates).toEqual([])
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
    expect(textOf(doc, 0)).toBe('Mục tiêu và yêu cầu')
  })

  test('joins the two texts that two first typists leave in one empty clause', () => {
    const one = docWith([clause('c1', 'paragraph', '')])
    const two = copyOf(one)
    setClauseText(one, 'c1', 'Sở Tài chính. ')
    setClauseText(two, 'c1', 'Sở Nội vụ. ')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
    expect(readBody(one)).toEqual(readBody(two))
    expect([...(textOf(one, 0) ?? '').matchAll(/Sở (Tài chính|Nội vụ)\. /g)]).toHaveLength(2)
  })

  test('copies with one id all stay, and get names of their own in the view', () => {
    const doc = docWith([
      clause('a', 'article', 'Một'),
      clause('a', 'article', 'Hai'),
      clause('b', 'article', 'Ba'),
      clause('a', 'article', 'Bốn'),
    ])
    expect(readBody(doc).map(blockText)).toEqual(['Một', 'Hai', 'Ba', 'Bốn'])
    const { clauses } = viewClauses(readBody(doc), fields(), 'articles')
    expect(clauses.map(({ id }) => id)).toEqual(['a', 'a~2', 'b', 'a~3'])
    expect(setClauseText(doc, 'a~2', 'Hai sửa')).toBe(true)
    expect(deleteClause(doc, 'a~3')).toBe(true)
    expect(readBody(doc).map(blockText)).toEqual(['Một', 'Hai sửa', 'Ba'])
  })
})

describe('commands', () => {
  test('a template is never written over a text', () => {
    const doc = docWith([clause('c1', 'article', 'Mục tiêu')])
    expect(() => writeBody(doc, [clause('c2', 'article', 'Hai')])).toThrow(/not empty/)
    expect(readBody(doc)).toHaveLength(1)
  })

  test('setClauseText gives the text, whatever stood there', () => {
    fc.assert(
      fc.property(vietnameseText, vietnameseText, (before, after) => {
        const doc = docWith([clause('c1', 'paragraph', before), clause('c2', 'point', 'khác')])
        expect(setClauseText(doc, 'c1', after)).toBe(true)
        expect([textOf(doc, 0), textOf(doc, 1)]).toEqual([after, 'khác'])
      }),
    )
  })

  test('setClauseText keeps what a colleague types into the words that stay', () => {
    const one = docWith([clause('c1', 'paragraph', 'Hai cơ quan cùng thực hiện giao ước này.')])
    const two = copyOf(one)
    setClauseText(one, 'c1', 'Bảy cơ quan cùng thực hiện giao ước này./.')
    setClauseText(two, 'c1', 'Hai cơ quan cùng nhau thực hiện giao ước này.')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
    expect(textOf(one, 0)).toBe('Bảy cơ quan cùng nhau thực hiện giao ước này./.')
  })

  test('setClauseText keeps marks and carets of the words that stay', () => {
    const doc = docWith([
      clause('c1', 'paragraph', [run('Trưởng khối ', 'bold'), run('chủ trì và đôn đốc.')]),
    ])
    const text = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    const caret = Y.createRelativePositionFromTypeIndex(text, 'Trưởng khối chủ'.length)
    setClauseText(doc, 'c1', 'Phó Trưởng khối chủ trì, hướng dẫn và đôn đốc.')
    expect(Y.createAbsolutePositionFromRelativePosition(caret, doc)?.index).toBe(
      'Phó Trưởng khối chủ'.length,
    )
    expect(readBody(doc)[0]).toMatchObject({
      runs: [
        { text: 'Phó ', marks: [] },
        { text: 'Trưởng khối ', marks: ['bold'] },
        { text: 'chủ trì, hướng dẫn và đôn đốc.', marks: [] },
      ],
    })
  })

  test('setClauseText refuses tables and strangers', () => {
    const doc = docWith([table('t1', [['a']])])
    expect(setClauseText(doc, 't1', 'x')).toBe(false)
    expect(setClauseText(doc, 'nobody', 'x')).toBe(false)
    expect(readBody(doc)).toEqual([table('t1', [['a']])])
  })

  test('insertClause and deleteClause find their place by id', () => {
    const doc = docWith([clause('a', 'article', 'Một'), clause('c', 'article', 'Ba')])
    expect(insertClause(doc, 'a', clause('b', 'article', 'Hai'))).toBe(true)
    expect(insertClause(doc, null, table('t', [['đầu']]))).toBe(true)
    expect(insertClause(doc, 'nobody', clause('x', 'text', ''))).toBe(false)
    expect(readBody(doc).map(({ id }) => id)).toEqual(['t', 'a', 'b', 'c'])
    expect(deleteClause(doc, 'b')).toBe(true)
    expect(deleteClause(doc, 'b')).toBe(false)
    expect(readBody(doc).map(({ id }) => id)).toEqual(['t', 'a', 'c'])
  })

  test('every command is one transaction with the caller’s origin', () => {
    const doc = docWith([clause('a', 'article', 'Một hai ba bốn')])
    const origins: unknown[] = []
    doc.on('afterTransaction', ({ origin, changed }: Y.Transaction) => {
      if (changed.size > 0) origins.push(origin)
    })
    setClauseText(doc, 'a', 'Không hai ba năm', 'accept')
    insertClause(doc, 'a', table('t', [['x', 'y']]), 'insert')
    deleteClause(doc, 't', 'delete')
    expect(origins).toEqual(['accept', 'insert', 'delete'])
  })
})
