import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { type Block, blockText } from '../../shared/clauses/clause.ts'
import { bodyOf, insertClause } from '../../shared/clauses/yjs.ts'
import { clause, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { placeCaret } from '../support/placeCaret.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())

const open = async (id: string, as = 'stc') => {
  const page = await harness.open(id, as)
  await page.waitForSelector('.page-text [data-id]')
  return page
}
const shape = (blocks: readonly Block[]) => blocks.map((block) => [block.level, blockText(block)])
const expectShape = (id: string, wanted: unknown) =>
  expect.poll(() => shape(harness.blocks(id)), { timeout: 15_000 }).toEqual(wanted)
const labels = (page: Page) =>
  page.$$eval('.clause', (list) => list.map((element) => element.getAttribute('data-label') ?? ''))

describe('[P02] a number typed at the start of a line', () => {
  test('makes that level, and the number goes', async () => {
    const lines: [typed: string, level: string, text: string][] = [
      ['Căn cứ Luật Thi đua;', 'basis', 'Căn cứ Luật Thi đua;'],
      ['Điều 4. Cam kết', 'article', 'Cam kết'],
      ['Điều 4 Cam kết', 'article', 'Cam kết'],
      ['Điều 4.Cam kết', 'article', 'Cam kết'],
      ['2. Nội dung', 'paragraph', 'Nội dung'],
      ['b) một việc', 'point', 'một việc'],
      ['đ)một việc', 'point', 'một việc'],
      ['Chương II QUY ĐỊNH', 'chapter', 'QUY ĐỊNH'],
      ['Mục 1. Tổ chức', 'section', 'Tổ chức'],
      ['Tiểu mục 3 Tổ chức', 'subsection', 'Tổ chức'],
      ['Phần I. CHUNG', 'part', 'CHUNG'],
      ['Phụ lục II Bảng điểm', 'annex', 'Bảng điểm'],
    ]
    const id = harness.newDocument(lines.map((_, n) => clause(`a${n}`, 'text', '')))
    const page = await open(id)
    // From below, since a basis is one only above the numbers.
    for (const [n, [typed]] of [...lines.entries()].reverse()) {
      await placeCaret(page, `a${n}`)
      await page.keyboard.type(typed)
    }
    await expectShape(
      id,
      lines.map(([, level, text]) => [level, text]),
    )
    expect(harness.blocks(id).map((block) => block.id)).toEqual(lines.map((_, n) => `a${n}`))
    await page.close()
  })

  test('in a plan I. is a Mục', async () => {
    const id = harness.newDocument([clause('a', 'text', '')], 'plan')
    const page = await open(id)
    await placeCaret(page, 'a')
    await page.keyboard.type('II. MỤC ĐÍCH')
    await page.keyboard.press('Enter')
    await page.keyboard.type('1. Yêu cầu')
    await expectShape(id, [
      ['section', 'MỤC ĐÍCH'],
      ['paragraph', 'Yêu cầu'],
    ])
    expect(await labels(page)).toEqual(['I.', '1.'])
    await page.close()
  })

  test('alone on its line it makes the heading at Enter, and the title is typed next', async () => {
    const id = harness.newDocument([clause('a', 'text', '')])
    const page = await open(id)
    await placeCaret(page, 'a')
    for (const key of ['Chương II', 'Enter', 'Quy định chung', 'Enter', '1', 'Backspace'])
      if (/^[A-Z][a-z]+$/.test(key)) await page.keyboard.press(key)
      else await page.keyboard.type(key)
    await page.keyboard.type('Phụ lục')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Bảng điểm')
    await expectShape(id, [
      ['chapter', 'Quy định chung'],
      ['annex', 'Bảng điểm'],
    ])
    await page.close()
  })

  test('stays in an amount, a date, and anywhere but at the start', async () => {
    const lines = [
      '2.5 triệu đồng',
      'Điều chỉnh chỉ tiêu',
      'Phụ lục kèm theo',
      'Theo Điều 4. Hết',
      '31.12.2022 là hạn',
    ]
    const id = harness.newDocument(lines.map((_, n) => clause(`a${n}`, 'text', '')))
    const page = await open(id)
    for (const [n, line] of lines.entries()) {
      await placeCaret(page, `a${n}`)
      await page.keyboard.type(line)
    }
    await expectShape(
      id,
      lines.map((line) => ['text', line]),
    )
    await page.close()
  })

  test('Căn cứ below an Điều begins a sentence, and a table cell keeps what is typed', async () => {
    const id = harness.newDocument([
      clause('d', 'article', 'Mục tiêu'),
      clause('a', 'text', ''),
      table('t', [['']]),
    ])
    const page = await open(id)
    await placeCaret(page, 'a')
    await page.keyboard.type('Căn cứ kết quả')
    await page.click('[data-id=t] td p')
    await page.keyboard.type('2. Nội dung')
    await expectShape(id, [
      ['article', 'Mục tiêu'],
      ['text', 'Căn cứ kết quả'],
      ['table', '2. Nội dung'],
    ])
    await page.close()
  })

  test('one undo gives the typed characters back, caret behind them', async () => {
    const id = harness.newDocument([clause('a', 'text', '')])
    const page = await open(id)
    await placeCaret(page, 'a')
    await page.keyboard.type('2. ')
    await expectShape(id, [['paragraph', '']])
    await page.keyboard.press('Control+z')
    await expectShape(id, [['text', '2. ']])
    await page.keyboard.type('lít')
    await expectShape(id, [['text', '2. lít']])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expectShape(id, [['text', '']])
    await page.close()
  })

  test('numbers follow at once on the other screens', async () => {
    const id = harness.newDocument([
      clause('a', 'article', 'Một'),
      clause('b', 'text', 'Hai'),
      clause('c', 'article', 'Ba'),
    ])
    const mine = await open(id)
    const theirs = await open(id, 'snv')
    await placeCaret(mine, 'b', 'start')
    await mine.keyboard.type('Điều 9. ')
    await expect.poll(() => labels(theirs)).toEqual(['Điều 1.', 'Điều 2.', 'Điều 3.'])
    await mine.close()
    await theirs.close()
  })
})

describe('[P05] typed as Vietnamese keyboards send it, with an edit of somebody else after every step', () => {
  const meanwhile: [string, (doc: Y.Doc, n: number) => void][] = [
    ['above', (doc, n) => insertClause(doc, null, clause(`n${n}`, 'text', `đoạn mới ${n}`))],
    [
      'behind the caret in this clause',
      (doc, n) => {
        for (const element of bodyOf(doc).toArray() as Y.XmlElement[]) {
          if (element.getAttribute('id') !== 'a') continue
          const words = element.get(0) as Y.XmlText
          words.insert(words.length, String(n % 10))
        }
      },
    ],
    [
      'of the level of this clause',
      (doc, n) => {
        for (const element of bodyOf(doc).toArray() as Y.XmlElement[])
          if (element.getAttribute('id') === 'a')
            element.setAttribute('level', n % 2 === 0 ? 'point' : 'text')
      },
    ],
  ]
  const mine = (id: string) => harness.blocks(id).find((block) => block.id === 'a')
  /** The page has what the others have written so far. */
  const caughtUp = async (page: Page, id: string) => {
    await expect
      .poll(async () => {
        const shown = await page.$$eval('.page-text .clause', (all) =>
          all.map((one) => one.textContent),
        )
        return shown.join('|') === harness.blocks(id).map(blockText).join('|')
      })
      .toBe(true)
    // Within this time what was composed has been read and what waited has been let in.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 60)))
  }

  test.each(meanwhile)('retyped (“ddie6u 4. ”), edit %s', async (_, change) => {
    const id = harness.newDocument([clause('a', 'text', 'CUỐI')])
    const page = await open(id)
    const { doc } = harness.relay.room(id)
    await placeCaret(page, 'a', 'start')
    const bursts = [['D'], ['Backspace', 'Đ'], ['i'], ['e'], ['Backspace', 'ê'], ['u']]
    bursts.push(['Backspace', 'Backspace', 'ề', 'u'], [' '], ['4'], ['.'], [' '], ['M'])
    for (const [n, burst] of bursts.entries()) {
      for (const key of burst)
        if (key === 'Backspace') await page.keyboard.press(key)
        else await page.keyboard.insertText(key)
      change(doc, n)
      await caughtUp(page, id)
    }
    await expect.poll(() => blockText(mine(id) as Block)).toMatch(/^MCUỐI\d*$/)
    await caughtUp(page, id)
    expect(mine(id)?.level).toMatch(/^(article|point|text)$/)
    await page.close()
  })

  test.each(meanwhile)('composed (“Chương II ”), edit %s', async (_, change) => {
    const id = harness.newDocument([clause('a', 'text', 'CUỐI')])
    const page = await open(id)
    const { doc } = harness.relay.room(id)
    const cdp = await page.context().newCDPSession(page)
    await page.evaluate(() => {
      document.addEventListener('compositionend', () => {
        document.body.dataset.ends = String(Number(document.body.dataset.ends ?? 0) + 1)
      })
    })
    await placeCaret(page, 'a', 'start')
    let n = 0
    const word = async (steps: string[], end: string) => {
      for (const text of steps) {
        const at = { text, selectionStart: text.length, selectionEnd: text.length }
        await cdp.send('Input.imeSetComposition', at)
        await expect.poll(() => blockText(mine(id) as Block)).toContain(text)
        change(doc, n++)
      }
      await cdp.send('Input.insertText', { text: steps.at(-1) ?? '' })
      await caughtUp(page, id)
      if (end !== '') await page.keyboard.insertText(end)
      change(doc, n++)
      await caughtUp(page, id)
    }
    await word(['C', 'Ch', 'Chu', 'Chư', 'Chươ', 'Chương'], ' ')
    await word(['I', 'II', 'II '], '')
    await word(['q', 'qu', 'quy'], '')
    await expect.poll(() => blockText(mine(id) as Block)).toMatch(/^quyCUỐI\d*$/)
    expect(await page.evaluate(() => document.body.dataset.ends)).toBe('3')
    await page.close()
  })
})
