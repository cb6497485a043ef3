import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { SAMPLE_ACCOUNTS, SAMPLE_AGENCIES } from '../../../server/sample/bloc.ts'
import { COVENANT_TEXT, covenant } from '../../../server/sample/covenant.ts'
import { readNotation } from '../../../server/sample/notation.ts'
import { PLAN_TEXT, plan } from '../../../server/sample/plan.ts'
import { REGULATION_TEXT, regulation } from '../../../server/sample/regulation.ts'
import { SAMPLE_THREADS } from '../../../server/sample/threads.ts'
import type { ClauseId } from '../../../shared/base/ids.ts'
import { AgencyId } from '../../../shared/base/ids.ts'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { type Block, isTable } from '../../../shared/clauses/clause.ts'
import { describePlace } from '../../../shared/clauses/describePlace.ts'
import { numberBlocks } from '../../../shared/clauses/numbering.ts'
import { structureProblems } from '../../../shared/clauses/structureProblems.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { DocumentPatch } from '../../../shared/documents/api.ts'
import { numberingModel } from '../../../shared/documents/document.ts'
import { fields } from '../../support/builders.ts'

const ids = () => {
  let count = 0
  return () => {
    count += 1
    return `c${count}` as ClauseId
  }
}
const documents = {
  covenant: covenant(ids()),
  plan: plan(ids()),
  regulation: regulation(ids()),
}
const all = Object.values(documents)
const texts = { covenant: COVENANT_TEXT, plan: PLAN_TEXT, regulation: REGULATION_TEXT }

const labelled = (blocks: readonly Block[], level: Block['level']) =>
  blocks.filter((block) => block.level === level).length
const tableCells = (blocks: readonly Block[]) =>
  blocks.filter(isTable).map(({ rows }) =>
    rows.map(({ cells }) =>
      cells.map(({ paragraphs }) =>
        paragraphs
          .flat()
          .map(({ text }) => text)
          .join(''),
      ),
    ),
  )

describe.each(all)('$kind', (document) => {
  const { kind, blocks } = document
  const view = viewClauses(blocks, document, numberingModel(kind))

  test('the computed numbers are those written in the template', () => {
    const noted = readNotation(texts[kind], ids())
    const computed = numberBlocks(
      noted.map(({ block }) => block.level),
      numberingModel(kind),
    )
    expect(computed).toEqual(noted.map(({ label }) => label))
    expect(view.clauses.map(({ label }) => label)).toEqual(computed)
  })

  test('nothing is left to fill in, and all of it is NFC', () => {
    const written = JSON.stringify(document)
    expect(written).not.toMatch(/\{\{|\}\}/)
    expect(written).toBe(written.normalize('NFC'))
    expect(blocks.every((block) => isTable(block) || block.runs.length > 0)).toBe(true)
    expect(view.clauses.every(({ text }) => !/[*|]|^=/.test(text))).toBe(true)
  })

  test('it goes through the shared document unharmed', () => {
    const doc = new Y.Doc()
    writeBody(doc, blocks)
    expect(readBody(doc)).toEqual(blocks)
    expect(bodyProblems(doc)).toEqual([])
  })

  test('its record is one that the interface would take', () => {
    const { title, place, recipients, signingTitles, number, date } = document
    const record = { title, place, recipients, signingTitles, number, date }
    expect(DocumentPatch.parse(record)).toEqual(record)
    expect(Object.keys(signingTitles)).toEqual([...document.signers])
    expect(title.split('\n')).toHaveLength(2)
  })

  test('the rows of a table are all as wide as its heading', () => {
    for (const rows of tableCells(blocks))
      expect(new Set(rows.map((cells) => cells.length)).size).toBe(1)
  })
})

test('every Điều, mục, khoản and điểm of the templates is there', () => {
  const count = (kind: keyof typeof documents) =>
    Object.fromEntries(
      [
        'basis',
        'chapter',
        'section',
        'article',
        'paragraph',
        'point',
        'table',
        'annex',
        'text',
      ].map((level) => [level, labelled(documents[kind].blocks, level as Block['level'])]),
    )
  expect(count('covenant')).toEqual({
    basis: 4,
    chapter: 0,
    section: 0,
    article: 5,
    paragraph: 12,
    point: 14,
    table: 1,
    annex: 0,
    text: 2,
  })
  expect(count('plan')).toEqual({
    basis: 0,
    chapter: 0,
    section: 7,
    article: 0,
    paragraph: 13,
    point: 12,
    table: 1,
    annex: 0,
    text: 3,
  })
  expect(count('regulation')).toEqual({
    basis: 6,
    chapter: 5,
    section: 0,
    article: 19,
    paragraph: 56,
    point: 0,
    table: 1,
    annex: 1,
    text: 2,
  })
})

test('căn cứ lines end with a semicolon, the last one with a full stop', () => {
  for (const { blocks, kind } of all) {
    const ends = viewClauses(blocks, documents[kind], 'articles')
      .clauses.filter(({ level }) => level === 'basis')
      .map(({ text }) => text.at(-1))
    expect(ends.join('')).toMatch(/^(;*\.)?$/)
  }
})

test('the covenant has its 18 targets, the plan its 13 activities, numbered from 1', () => {
  for (const [kind, length] of [
    ['covenant', 18],
    ['plan', 13],
  ] as const) {
    const [rows = []] = tableCells(documents[kind].blocks)
    expect(rows.slice(1).map(([number]) => number)).toEqual(
      Array.from({ length }, (_, index) => String(index + 1)),
    )
  }
})

describe('the score table adds up', () => {
  const [rows = []] = tableCells(documents.regulation.blocks)
  const points = new Map(rows.slice(1).map(([code = '', , most = '']) => [code, Number(most)]))
  const sum = (codes: string[]) => codes.reduce((total, code) => total + (points.get(code) ?? 0), 0)
  const children = (code: string, depth: number) =>
    [...points.keys()].filter(
      (other) => other.startsWith(`${code}.`) && other.split('.').length === depth,
    )

  test('parts: 60, 15, 25, together 100; bonus 5', () => {
    expect(['I', 'II', 'III', 'IV'].map((part) => points.get(part))).toEqual([60, 15, 25, 5])
    expect(sum(['I', 'II', 'III'])).toBe(100)
    expect(rows.find(([, text]) => text === 'Tổng điểm chuẩn')?.[2]).toBe('100')
  })

  test('every part is the sum of its criteria, every criterion that of its items', () => {
    for (const part of ['I', 'II', 'III', 'IV'])
      expect([part, sum(children(part, 2))]).toEqual([part, points.get(part)])
    const divided = [...points.keys()].filter(
      (code) => children(code, 3).length > 0 && /\./.test(code),
    )
    expect(divided).toEqual(['I.1', 'I.3', 'I.4', 'III.1', 'III.2', 'III.3'])
    for (const code of divided)
      expect([code, sum(children(code, 3))]).toEqual([code, points.get(code)])
  })
})

test('[P03] no number of the sample documents is wrong or odd, and a wrong one is seen', () => {
  const scoresOf = (blocks: readonly Block[]) =>
    viewClauses(blocks, fields(), 'articles').clauses.flatMap(({ scores = [] }) => scores)
  for (const { kind, blocks } of all) expect([kind, scoresOf(blocks)]).toEqual([kind, []])
  const wrong = structuredClone(documents.regulation.blocks).map((block) =>
    isTable(block)
      ? {
          ...block,
          rows: block.rows.map((row) => ({
            cells: row.cells.map((cell) => ({
              ...cell,
              paragraphs: cell.paragraphs.map((runs) =>
                runs.map((run) => (run.text === '60' ? { ...run, text: '61' } : run)),
              ),
            })),
          })),
        }
      : block,
  )
  expect(scoresOf(wrong).map(({ kind, code }) => [kind, code])).toEqual([
    ['sum', 'I'],
    ['total', 'Tổng điểm chuẩn'],
  ])
})

test('headings that are bold in the template are bold', () => {
  const boldRuns = (blocks: readonly Block[]) =>
    blocks
      .flatMap((block) =>
        isTable(block)
          ? block.rows.flatMap(({ cells }) => cells.flatMap(({ paragraphs }) => paragraphs.flat()))
          : block.runs,
      )
      .filter(({ marks }) => marks.includes('bold'))
      .map(({ text }) => text)
  expect(boldRuns(documents.covenant.blocks)).toEqual([])
  expect(boldRuns(documents.plan.blocks)).toEqual([
    'Mục đích',
    'Yêu cầu',
    'Chủ đề năm 2022',
    'Ba đợt thi đua',
    'Phong trào thường xuyên',
  ])
  expect(boldRuns(documents.regulation.blocks)).toContain('Nhiệm vụ chính trị, chuyên môn')
})

test('accounts and agencies are those of the contract', () => {
  const codes = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt']
  expect(SAMPLE_AGENCIES.map(({ id }) => AgencyId.parse(id))).toEqual([...codes, 'bantdkt'])
  expect(SAMPLE_AGENCIES.every(({ id, code }) => id === code)).toBe(true)
  expect(SAMPLE_AGENCIES.map(({ role }) => role)).toEqual([
    'lead',
    'deputy',
    ...Array(5).fill('member'),
    'observer',
  ])
  expect(SAMPLE_ACCOUNTS.map(({ account }) => account).sort()).toEqual(
    [
      ...codes.flatMap((code) => ['head', 'officer', 'clerk'].map((post) => `${code}.${post}`)),
      'bantdkt.observer',
      'operator',
    ].sort(),
  )
  for (const { account, role } of SAMPLE_ACCOUNTS) expect(account.split('.').at(-1)).toBe(role)
  expect(documents.covenant.signers).toEqual(codes)
  expect([documents.plan.signers, documents.regulation.signers]).toEqual([['vpdbqh'], ['vpdbqh']])
  expect(all.map(({ agreementPolicy }) => agreementPolicy)).toEqual([
    'all',
    'two-thirds',
    'two-thirds',
  ])
  expect(all.map(({ date }) => date)).toEqual(['2022-02-28', null, null])
})

test.each(SAMPLE_THREADS)(
  'the thread on $document, $place speaks of words that are there',
  (thread) => {
    const document = documents[thread.document]
    const model = numberingModel(thread.document)
    const { clauses } = viewClauses(document.blocks, document, model)
    const found = clauses.filter(({ id }) => describePlace(clauses, id, model) === thread.place)
    expect(found).toHaveLength(1)
    if (thread.quote) expect(found[0]?.text).toContain(thread.quote)
    const writers = SAMPLE_ACCOUNTS.filter(({ role }) => role !== 'observer' && role !== 'operator')
    for (const { by } of [thread, ...thread.replies])
      expect(writers.map(({ account }) => account)).toContain(by)
  },
)

test('[P02] the sample documents have nothing odd in their structure', () => {
  for (const { kind, blocks } of all) {
    const model = numberingModel(kind)
    const { clauses } = viewClauses(blocks, fields(), model)
    expect([kind, [...structureProblems(clauses, model)]]).toEqual([kind, []])
  }
})
