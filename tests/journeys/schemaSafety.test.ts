import type { Editor } from '@tiptap/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Block, blockText, CLAUSE_LEVELS } from '../../shared/clauses/clause.ts'
import { bodyOf, findBlock, setClauseText } from '../../shared/clauses/yjs.ts'
import { cell, clause, run, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { placeCaret } from '../support/placeCaret.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness('production')
})
afterAll(() => harness?.close())

type Way = 'writes' | 'only reads'
const WAYS: readonly Way[] = ['writes', 'only reads']
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const texts = (id: string) => harness.blocks(id).map(blockText)

async function open(id: string, way: Way) {
  const page = await harness.open(id, 'stc')
  await page.waitForSelector('.page-text')
  await poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  if (way === 'only reads') {
    await page.evaluate(() => window.harness.setEditable(false))
    await page.waitForSelector('.page-text[contenteditable=false]')
  }
  return page
}

describe('[B05] opening, reading and reloading write nothing', () => {
  const whole: Block[] = [
    ...CLAUSE_LEVELS.map((level) => clause(level, level, `lời của ${level}`)),
    clause('e', 'point', ''),
    clause('m', 'text', [run('đậm', 'bold'), run(' cả ba', 'bold', 'italic', 'underline')]),
    {
      ...table('t', []),
      rows: [
        { cells: [cell('TT', { header: true }), cell('Tiêu chí', { header: true, colspan: 2 })] },
        { cells: [cell('1', { rowspan: 2 }), cell('', { colwidth: [120] }), cell('2,5')] },
        { cells: [cell('hai dòng', { paragraphs: [[run('một')], [], [run('hai')]] })] },
      ],
    },
    table('r', [['dài', 'hơn', 'cả'], ['ngắn'], ['hai', 'ô']]),
    clause('same', 'text', 'cùng mã'),
    clause('same', 'text', 'cùng mã'),
    clause('z', 'text', 'hết'),
  ]
  const odd: [what: string, make: (doc: Y.Doc) => void, Block[]][] = [
    ['every kind of block, ragged tables, doubled ids', () => {}, whole],
    ['an empty body', () => {}, []],
    [
      'a clause without an id, one in two pieces, and a stranger beside the body',
      (doc) => {
        const nameless = new Y.XmlElement('clause')
        nameless.setAttribute('level', 'text')
        bodyOf(doc).push([nameless])
        findBlock(doc, 'a')?.push([new Y.XmlText(' đuôi')])
        doc.getMap('lạ').set('x', 1)
      },
      [clause('a', 'text', 'đầu'), clause('z', 'text', '')],
    ],
  ]
  test.each(odd.flatMap((one) => WAYS.map((way) => [one[0], way, one] as const)))(
    '%s; who opens it %s',
    async (_, way, [, make, blocks]) => {
      const id = harness.newDocument(blocks)
      const room = harness.relay.room(id)
      make(room.doc)
      room.changes = 0
      const before = Y.encodeStateAsUpdate(room.doc)
      const page = await open(id, way)
      for (let n = 0; n < 2; n += 1) {
        await page.reload()
        await page.waitForSelector('.page-text')
        await poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
      }
      await page.locator('.page-text').focus()
      await page.keyboard.press('Control+End')
      await page.keyboard.press('ArrowUp')
      expect(room.changes).toBe(0)
      expect(Y.encodeStateAsUpdate(room.doc)).toEqual(before)
      await page.close()
    },
  )
})

describe('[B06] what this version does not know is deleted by nobody; the page asks to be reloaded', () => {
  const wordsOf = (doc: Y.Doc) => (findBlock(doc, 'a') as Y.XmlElement).get(0) as Y.XmlText
  const strangers: [what: string, (doc: Y.Doc) => void][] = [
    ['a block', (doc) => bodyOf(doc).push([new Y.XmlElement('signatureFrame')])],
    ['a part of a clause', (doc) => findBlock(doc, 'a')?.push([new Y.XmlElement('formula')])],
    ['a mark', (doc) => wordsOf(doc).format(0, 2, { highlight: {} })],
    ['a picture in the words', (doc) => wordsOf(doc).insertEmbed(1, {})],
    ['a level', (doc) => findBlock(doc, 'a')?.setAttribute('level', 'preamble')],
  ]
  test.each(strangers.flatMap(([what, bring]) => WAYS.map((way) => [what, way, bring] as const)))(
    '%s, come while somebody %s, and there when he comes back',
    async (_, way, bring) => {
      const id = harness.newDocument([clause('a', 'text', 'xưa nay'), clause('b', 'text', 'dưới')])
      const { doc } = harness.relay.room(id)
      const page = await open(id, way)
      doc.transact(() => bring(doc))
      const kept = Y.encodeStateAsUpdate(doc)
      const asked = () => page.textContent('article').then(String)
      await poll(asked).toContain('phiên bản cũ')
      expect(await page.$('.page-text')).toBeNull()
      await page.reload()
      await poll(asked).toContain('phiên bản cũ')
      expect(await page.$('.page-text')).toBeNull()
      expect(Y.encodeStateAsUpdate(doc)).toEqual(kept)
      await page.close()
    },
  )
})

describe('[B40] who only reads has a copy', () => {
  test('that goes along with the text, and from which nothing comes back, whatever the editor does', async () => {
    const id = harness.newDocument([clause('a', 'text', 'nguyên'), table('t', [['ô']])])
    const room = harness.relay.room(id)
    const page = await open(id, 'only reads')
    await page.evaluate(() => {
      const { editor } = document.querySelector('.page-text') as HTMLElement & { editor: Editor }
      const { state, view } = editor
      view.dispatch(state.tr.insertText('lỗi của thư viện', 1))
      view.dispatch(view.state.tr.delete(0, view.state.doc.content.size))
    })
    setClauseText(room.doc, 'a', 'nguyên vẹn')
    await poll(() => page.textContent('.page-text')).toContain('vẹn')
    expect(room.changes).toBe(1)
    expect(texts(id)).toEqual(['nguyên vẹn', 'ô'])
    expect(await page.getAttribute('[data-save]', 'data-save')).toBe('saved')
    await page.close()
  })

  test('and the text itself again once he may write, with the caret where it was', async () => {
    const id = harness.newDocument([clause('a', 'text', 'một hai'), clause('b', 'text', 'ba')])
    const page = await open(id, 'writes')
    await placeCaret(page, 'a', 'end')
    for (const writes of [false, true]) {
      await page.evaluate((may) => window.harness.setEditable(may), writes)
      await page.waitForSelector(`.page-text[contenteditable=${writes}]`)
    }
    await page.keyboard.type(' và')
    await poll(() => texts(id)).toEqual(['một hai và', 'ba'])
    await page.close()
  })
})

test('[B56] a column is drawn wider while somebody types in its cell: no word is lost', async () => {
  const id = harness.newDocument([table('t', [['một', 'hai']]), clause('z', 'text', '')])
  const page = await open(id, 'writes')
  const { doc } = harness.relay.room(id)
  const first = findBlock(doc, 't')?.querySelector('tableCell') as Y.XmlElement<
    Record<string, never>
  >
  await page.click('[data-id=t] td p')
  await page.keyboard.press('End')
  for (const [n, letter] of [...' rồi ba'].entries()) {
    await page.keyboard.type(letter)
    first.setAttribute('colwidth', [100 + n] as never)
  }
  await poll(() => texts(id)[0]).toBe('một rồi ba\thai')
  await poll(() => page.textContent('[data-id=t] td p')).toBe('một rồi ba')
  await page.close()
})
