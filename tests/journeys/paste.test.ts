import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTable } from '../../shared/clauses/clause.ts'
import { cell, clause, run, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { pastingTests } from '../support/pastingTests.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { word, wordItem, wordLine } from './pasteCorpus/samples.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())
const { open, expectShape, expectUniqueIds, labels, select, paste, pasteExactly } = pastingTests(
  () => harness,
)

const REGULATION = word(
  wordLine('<b>Điều 7. Mục tiêu</b>') +
    wordItem(1, '1.', 'Giữ vững <b>đoàn kết</b>;') +
    wordItem(2, 'a)', 'một;') +
    '<table><tr><td><p><b>TT</b></p></td><td><p><b>Điểm</b></p></td></tr><tr><td><p>1</p></td><td><p>40</p></td></tr></table>',
)
const PASTED = [
  ['article', 'Mục tiêu'],
  ['paragraph', 'Giữ vững đoàn kết;'],
  ['point', 'một;'],
  ['table', 'TT\tĐiểm\n1\t40'],
]

describe('[UX-64] pasting clauses', () => {
  test('from Word into an empty clause: both people see clauses at their levels, numbers computed, one undo', async () => {
    const id = harness.newDocument([
      clause('z', 'article', 'Trước'),
      clause('a', 'text', ''),
      clause('b', 'article', 'Sau'),
    ])
    const [mine, theirs] = [await open(id), await open(id, 'snv')]
    await placeCaret(mine, 'z')
    await mine.keyboard.type(' đó')
    await placeCaret(mine, 'a')
    await pasteExactly(mine, REGULATION)
    const wanted = [['article', 'Trước đó'], ...PASTED, ['article', 'Sau']]
    await expectShape(id, wanted)
    expectUniqueIds(id)
    expect(harness.blocks(id)[1]?.id).toBe('a')
    expect(harness.blocks(id)[2]).toMatchObject({
      runs: [run('Giữ vững '), run('đoàn kết', 'bold'), run(';')],
    })
    const pasted = harness.blocks(id)[4]
    expect(pasted && isTable(pasted) && pasted.rows[0]?.cells.every(({ header }) => header)).toBe(
      true,
    )
    await expect.poll(() => labels(theirs)).toEqual(['Điều 1.', 'Điều 2.', '1.', 'a)', 'Điều 3.'])
    await mine.keyboard.type('!')
    await mine.keyboard.press('Control+z')
    await expectShape(id, wanted)
    await mine.keyboard.press('Control+z')
    await expectShape(id, [
      ['article', 'Trước đó'],
      ['text', ''],
      ['article', 'Sau'],
    ])
    await mine.keyboard.press('Control+y')
    await expectShape(id, wanted)
    await mine.close()
    await theirs.close()
  })

  test('into the middle of a clause: it keeps its first half and its id, the rest becomes a clause of its own', async () => {
    const id = harness.newDocument([
      clause('a', 'paragraph', 'đầu cuối'),
      clause('b', 'article', 'Sau'),
    ])
    const page = await open(id)
    await select(page, 5)
    await pasteExactly(page, REGULATION)
    await expectShape(id, [
      ['paragraph', 'đầu '],
      ...PASTED,
      ['paragraph', 'cuối'],
      ['article', 'Sau'],
    ])
    expectUniqueIds(id)
    expect(harness.blocks(id)[0]?.id).toBe('a')
    await page.keyboard.press('Control+z')
    await expectShape(id, [
      ['paragraph', 'đầu cuối'],
      ['article', 'Sau'],
    ])
    await page.close()
  })

  test('one numbered line is words in the middle of a sentence, and a clause where nothing is written yet', async () => {
    const id = harness.newDocument([clause('a', 'paragraph', 'theo '), clause('b', 'text', '')])
    const page = await open(id)
    await placeCaret(page, 'a')
    await pasteExactly(page, word(wordLine('<b>Điều 4.</b> Cam kết')))
    await placeCaret(page, 'b')
    await pasteExactly(page, word(wordLine('<b>Điều 4. Cam kết</b>')))
    await expectShape(id, [
      ['paragraph', 'theo Điều 4. Cam kết'],
      ['article', 'Cam kết'],
    ])
    await page.close()
  })

  test('over a selection: what was selected goes, the first and the last clause keep their ids', async () => {
    const id = harness.newDocument([
      clause('a', 'paragraph', 'một hai'),
      clause('b', 'point', 'giữa'),
      clause('c', 'point', 'ba bốn'),
    ])
    const page = await open(id)
    await select(page, 5, 19)
    await pasteExactly(page, word(wordLine('1. X') + wordLine('2. Y')))
    await expectShape(id, [
      ['paragraph', 'một '],
      ['paragraph', 'X'],
      ['paragraph', 'Y'],
      ['point', 'bốn'],
    ])
    expect(harness.blocks(id).map((block) => block.id)).toEqual([
      'a',
      expect.any(String),
      expect.any(String),
      'c',
    ])
    expectUniqueIds(id)
    await page.keyboard.press('Control+z')
    await expectShape(id, [
      ['paragraph', 'một hai'],
      ['point', 'giữa'],
      ['point', 'ba bốn'],
    ])
    await page.close()
  })

  test('over everything', async () => {
    const id = harness.newDocument([
      clause('a', 'article', 'một'),
      table('t', [['x']]),
      clause('b', 'point', 'hai'),
    ])
    const page = await open(id)
    await placeCaret(page, 'a')
    await page.keyboard.press('Control+a')
    await pasteExactly(page, word(wordLine('1. X') + wordLine('2. Y')))
    await expectShape(id, [
      ['paragraph', 'X'],
      ['paragraph', 'Y'],
    ])
    await page.keyboard.press('Control+z')
    await expectShape(id, [
      ['article', 'một'],
      ['table', 'x'],
      ['point', 'hai'],
    ])
    await page.close()
  })

  test('a table that ends a text leaves a line to go on writing', async () => {
    const id = harness.newDocument([clause('a', 'paragraph', 'Bảng:')])
    const page = await open(id)
    await placeCaret(page, 'a')
    await pasteExactly(page, '<table><tr><td>1</td><td>2</td></tr></table>')
    await expectShape(id, [
      ['paragraph', 'Bảng:'],
      ['table', '1\t2'],
      ['text', ''],
    ])
    expectUniqueIds(id)
    await page.close()
  })

  test('into a cell: lines with their numbers as words; a table lies over the cells', async () => {
    const id = harness.newDocument([
      clause('a', 'text', 'x'),
      {
        ...table('t', []),
        rows: [{ cells: [cell('1'), cell('')] }, { cells: [cell(''), cell('')] }],
      },
    ])
    const page = await open(id)
    await page.click('.clause-table tr:nth-child(1) td:nth-child(2) p')
    await pasteExactly(page, word(wordLine('1. Khối thi đua') + wordItem(1, 'a)', 'hai')))
    await expectShape(id, [
      ['text', 'x'],
      ['table', '1\t1. Khối thi đua a) hai\n\t'],
    ])
    await page.click('.clause-table tr:nth-child(2) td:nth-child(1) p')
    await pasteExactly(page, '<table><tr><td>A</td><td>B</td></tr></table>')
    await expectShape(id, [
      ['text', 'x'],
      ['table', '1\t1. Khối thi đua a) hai\nA\tB'],
    ])
    expectUniqueIds(id)
    await page.close()
  })

  test('merged cells of a spreadsheet arrive as one sane table at both people', async () => {
    const id = harness.newDocument([clause('a', 'text', ''), clause('b', 'text', 'hết')])
    const [mine, theirs] = [await open(id), await open(id, 'snv')]
    await placeCaret(mine, 'a')
    await pasteExactly(
      mine,
      '<table><tr><td rowspan=2><b>TT</b></td><td colspan=2><b>Điểm</b></td></tr><tr><td>chuẩn</td><td>thưởng</td></tr><tr><td>1</td></tr></table>',
    )
    await expectShape(id, [
      ['table', 'TT\tĐiểm\nchuẩn\tthưởng\n1\t\t'],
      ['text', 'hết'],
    ])
    await expect
      .poll(() => theirs.$$eval('.clause-table :is(td, th)', (cells) => cells.length))
      .toBe(7)
    expect(await theirs.getAttribute('.clause-table th', 'rowspan')).toBe('2')
    await mine.close()
    await theirs.close()
  })

  test('dropped from another program, clauses land where they are let go', async () => {
    const id = harness.newDocument([clause('a', 'article', 'một'), clause('b', 'text', '')])
    const page = await open(id)
    await page.evaluate((html) => {
      const target = document.querySelector('.page-text [data-id="b"]')
      const { left = 0, top = 0, height = 0 } = target?.getBoundingClientRect() ?? {}
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/html', html)
      const [clientX, clientY] = [left + 60, top + height / 2]
      const init = { dataTransfer, clientX, clientY, bubbles: true, cancelable: true }
      target?.dispatchEvent(new DragEvent('drop', init))
    }, REGULATION)
    await expectShape(id, [['article', 'một'], ...PASTED, ['text', '']])
    expectUniqueIds(id)
    await page.close()
  })

  test('Ctrl+Shift+V brings the lines as they are', async () => {
    const id = harness.newDocument([clause('a', 'paragraph', ''), clause('b', 'text', 'hết')])
    const page = await open(id)
    await placeCaret(page, 'a')
    await paste(page, { html: REGULATION, text: 'Điều 7. Mục tiêu\nthi ®ua' }, 'Control+Shift+v')
    await expectShape(id, [
      ['paragraph', 'Điều 7. Mục tiêu'],
      ['paragraph', 'thi ®ua'],
      ['text', 'hết'],
    ])
    await page.close()
  })
})

describe('[UX-64] what our own editor has copied', () => {
  test('keeps levels, marks and tables in another document, with fresh ids', async () => {
    const from = harness.newDocument([
      clause('a', 'article', 'Mục tiêu'),
      clause('b', 'paragraph', [run('giữ '), run('vững', 'bold')]),
      table('t', [['x', 'y']]),
      clause('c', 'point', 'hết'),
    ])
    const to = harness.newDocument([clause('a', 'chapter', 'Đã có'), clause('z', 'text', 'sau')])
    const source = await open(from)
    await placeCaret(source, 'a')
    await source.keyboard.press('Control+a')
    await source.keyboard.press('Control+c')
    const target = await open(to)
    await placeCaret(target, 'a')
    await target.keyboard.press('Control+v')
    await expectShape(to, [
      ['chapter', 'Đã có'],
      ['article', 'Mục tiêu'],
      ['paragraph', 'giữ vững'],
      ['table', 'x\ty'],
      ['point', 'hết'],
      ['text', 'sau'],
    ])
    expectUniqueIds(to)
    const ids = harness.blocks(to).map((block) => block.id)
    expect(ids.filter((one) => ['b', 't', 'c'].includes(one))).toEqual([])
    expect(harness.blocks(to)[2]).toMatchObject({ runs: [run('giữ '), run('vững', 'bold')] })
    await source.close()
    await target.close()
  })

  test('whole clauses are copied as clauses, words as words; the original keeps its id', async () => {
    const id = harness.newDocument([
      clause('a', 'paragraph', 'một'),
      clause('b', 'point', 'hai'),
      clause('z', 'article', 'cuối'),
    ])
    const page = await open(id)
    await select(page, 1, 9)
    await page.keyboard.press('Control+c')
    await placeCaret(page, 'z')
    await page.keyboard.press('Control+v')
    const all = [
      ['paragraph', 'một'],
      ['point', 'hai'],
      ['article', 'cuối'],
      ['paragraph', 'một'],
      ['point', 'hai'],
    ]
    await expectShape(id, all)
    expect(
      harness
        .blocks(id)
        .slice(0, 3)
        .map((block) => block.id),
    ).toEqual(['a', 'b', 'z'])
    expectUniqueIds(id)
    await placeCaret(page, 'a', 'all')
    await page.keyboard.press('Control+c')
    await placeCaret(page, 'z')
    await page.keyboard.press('Control+v')
    await expectShape(
      id,
      all.map(([level, text]) => [level, text === 'cuối' ? 'cuốimột' : text]),
    )
    await page.close()
  })
})
