import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { findPickables, pickablesOf } from '../../../client/clauses/references/pickable.ts'
import { referencesOf } from '../../../client/clauses/references/referenceMark.ts'
import { askedAt } from '../../../client/clauses/references/referenceTrigger.ts'
import { duplicateClause } from '../../../client/clauses/schema/duplicateClause.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import type { DocumentId } from '../../../shared/base/ids.ts'
import { REFERENCE_LETTER } from '../../../shared/clauses/reference.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { citeFrom } from '../../../shared/documents/document.ts'
import { cites, clause, fields } from '../../support/builders.ts'

const schema = getSchema(schemaExtensions)

describe('an @ with letters behind it asks for a reference', () => {
  const ask = (text: string, byButton = false) => {
    const doc = schema.node('doc', null, [
      schema.node('clause', { id: 'c' }, text === '' ? [] : schema.text(text)),
    ])
    const selection = TextSelection.atEnd(doc)
    return askedAt(EditorState.create({ doc, selection }), byButton)
  }

  test('with marks or without, over several words, at the start or behind a bracket', () => {
    expect(ask('theo @điều')).toMatchObject({ from: 6, to: 11, query: 'điều', blockId: 'c' })
    expect(ask('@dieu 3')?.query).toBe('dieu 3')
    expect(ask('(@khoản 2 Điều 3')?.query).toBe('khoản 2 Điều 3')
    expect(ask(`@${'điều'.normalize('NFD')}`)).toMatchObject({ from: 1, query: 'điều' })
  })

  test('but not in an address, before there is a letter, behind a sign, or for a whole sentence', () => {
    expect(ask('a@dieu')).toBeNull()
    expect(ask('theo @')).toBeNull()
    expect(ask('theo @3')).toBeNull()
    expect(ask('theo @điều, ')).toBeNull()
    expect(ask('@điều  3')).toBeNull()
    expect(ask(`@${'điều '.repeat(9)}`)).toBeNull()
  })

  test('the button needs no letter', () => {
    expect(ask('theo @', true)).toMatchObject({ query: '' })
    expect(ask('theo ', true)).toBeNull()
  })
})

describe('what the words may mean', () => {
  const OTHER = 'docother0000000000001' as DocumentId
  const blocks = [
    clause('m1', 'article', 'Mục tiêu'),
    clause('m2', 'article', 'Chỉ tiêu'),
    ...Array.from({ length: 18 }, (_, n) => clause(`m${n + 3}`, 'article', 'Nội dung')),
    clause('k1', 'paragraph', 'Hoà giải'),
  ]
  const { clauses } = viewClauses(blocks, fields(), 'articles')
  const all = [
    ...pickablesOf(clauses, 'articles'),
    ...pickablesOf(clauses, 'articles', OTHER, (place) => citeFrom('regulation', place)),
  ]
  const found = (query: string) => findPickables(all, query).map(({ words }) => words)

  test('the label that is meant comes first, this document before others, Điều 2 before Điều 20', () => {
    expect(found('dieu 2').slice(0, 4)).toEqual([
      'Điều 2',
      'Điều 2 Quy chế',
      'Điều 20',
      'Điều 20 Quy chế',
    ])
    expect(found('khoan')[0]).toBe('khoản 1 Điều 20')
    expect(found('điều 2 quy chế')).toEqual(['Điều 2 Quy chế'])
  })

  test('words of the text find it too; with marks only those', () => {
    expect(found('muc tieu')).toEqual(['Điều 1', 'Điều 1 Quy chế'])
    expect(found('hòa giải')).toEqual(['khoản 1 Điều 20', 'khoản 1 Điều 20 Quy chế'])
    expect(found('mức tiêu')).toEqual([])
  })
})

test('[P02] in a doubled clause, what refers into it means the copy, all else what it meant', () => {
  const reference = (target: string) => {
    const mark = schema.mark('reference', cites(target).reference)
    return schema.text('\ufffc', [mark])
  }
  const doc = schema.node('doc', null, [
    schema.node('clause', { id: 'a', level: 'article' }, [schema.text('xem '), reference('k')]),
    schema.node('clause', { id: 'k', level: 'paragraph' }, [reference('a'), reference('z')]),
    schema.node('clause', { id: 'z', level: 'article' }, [reference('k')]),
  ])
  let state = EditorState.create({ doc })
  state = state.apply(state.tr.setSelection(TextSelection.create(doc, 1)))
  duplicateClause(state, (tr) => {
    state = state.apply(tr)
  })
  const ids = state.doc.children.map(({ attrs }) => attrs.id as string)
  const [copyA, copyK] = [ids[2] as string, ids[3] as string]
  expect(
    referencesOf(state.doc).map(({ blockId, reference: { clause } }) => [blockId, clause]),
  ).toEqual([
    ['a', 'k'],
    ['k', 'a'],
    ['k', 'z'],
    [copyA, copyK],
    [copyK, copyA],
    [copyK, 'z'],
    ['z', 'k'],
  ])
})

test('signs of two units under the mark, which a merge can leave there, move no reference', () => {
  const mark = schema.mark('reference', { document: null, clause: 'm1', was: 'Điều 1' })
  const words = schema.text(`😀${REFERENCE_LETTER}`, [mark])
  const doc = schema.node('doc', null, [schema.node('clause', { id: 'c' }, words)])
  expect(referencesOf(doc).map(({ pos }) => pos)).toEqual([3])
})
