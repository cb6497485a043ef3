import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertClause } from '../../shared/clauses/yjs.ts'
import { clause, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { violations } from '../support/journey.ts'
import { pastingTests } from '../support/pastingTests.ts'
import { placeCaret } from '../support/placeCaret.ts'
import { word } from './pasteCorpus/samples.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())
const { open, expectShape, labels, select, paste, pasteExactly } = pastingTests(() => harness)

describe('old letters', () => {
  const TCVN3 = word(
    '<p class=Abc>§iÒu 1. B¶n giao \u00adíc thi ®ua</p><p class=Abc>1. Khèi thi ®ua</p>',
  )

  test('are converted by their font; the notice says so, and takes it back in one step', async () => {
    const id = harness.newDocument([clause('a', 'text', ''), clause('b', 'text', 'hết')])
    const [mine, theirs] = [await open(id), await open(id, 'snv')]
    await placeCaret(mine, 'a')
    await pasteExactly(mine, TCVN3)
    const converted = [
      ['article', 'Bản giao ước thi đua'],
      ['paragraph', 'Khối thi đua'],
      ['text', 'hết'],
    ]
    await expectShape(id, converted)
    const notice = mine.getByRole('region', { name: 'Mã chữ của đoạn vừa dán' })
    await notice.waitFor()
    expect(await notice.textContent()).toMatch(
      /TCVN3 \(ABC\)[\s\S]*B¶n giao \u00adíc thi ®ua[\s\S]*Bản giao ước thi đua/,
    )
    expect(await mine.evaluate(() => document.activeElement?.className)).toContain('page-text')
    expect(await violations(mine, 'main')).toEqual([])
    // What was typed since, by either, is no obstacle and stays.
    await mine.keyboard.type(' và')
    insertClause(harness.relay.room(id).doc, null, clause('n', 'text', 'thi đua'))
    await expect.poll(() => labels(mine)).toEqual(['', 'Điều 1.', '1.', ''])
    await notice.getByRole('button', { name: 'Dán như bản gốc' }).click()
    const asItWas = [
      ['text', 'thi đua'],
      ['article', 'B¶n giao \u00adíc thi ®ua'],
      ['paragraph', 'Khèi thi ®ua và'],
      ['text', 'hết'],
    ]
    await expectShape(id, asItWas)
    await expect.poll(() => notice.count()).toBe(0)
    await expect.poll(() => theirs.textContent('.page-text')).toContain('Khèi thi ®ua và')
    await mine.keyboard.press('Control+z')
    await expectShape(id, [
      ['text', 'thi đua'],
      ['article', 'Bản giao ước thi đua'],
      ['paragraph', 'Khối thi đua và'],
      ['text', 'hết'],
    ])
    await mine.close()
    await theirs.close()
  })

  test('are asked about where it is unsure, and converted with their numbers when somebody says so', async () => {
    const id = harness.newDocument([clause('a', 'text', ''), clause('b', 'text', 'hết')])
    const page = await open(id)
    await placeCaret(page, 'a')
    await paste(page, { text: 'DDie^`u 1. Pha.m vi ddie^`u chi?nh\n1. Ky? lua^.t' })
    const notice = page.getByRole('region', { name: 'Mã chữ của đoạn vừa dán' })
    await notice.waitFor()
    await expectShape(id, [
      ['text', 'DDie^`u 1. Pha.m vi ddie^`u chi?nh'],
      ['paragraph', 'Ky? lua^.t'],
      ['text', 'hết'],
    ])
    await notice.getByRole('button', { name: 'Chuyển sang Unicode' }).click()
    await expectShape(id, [
      ['article', 'Phạm vi điều chỉnh'],
      ['paragraph', 'Kỷ luật'],
      ['text', 'hết'],
    ])
    await page.keyboard.press('Control+z')
    await expectShape(id, [
      ['text', 'DDie^`u 1. Pha.m vi ddie^`u chi?nh'],
      ['paragraph', 'Ky? lua^.t'],
      ['text', 'hết'],
    ])
    await page.close()
  })

  test('in the middle of words and in a cell, the notice finds its own place again', async () => {
    const id = harness.newDocument([
      clause('a', 'text', 'thi đua: thi đua'),
      table('t', [['1', 'đua']]),
    ])
    const page = await open(id)
    await select(page, 10)
    const words = (text: string) => `<span style='font-family:".VnTime"'>${text}</span>`
    await pasteExactly(page, words('®ua'))
    await expectShape(id, [
      ['text', 'thi đua: đuathi đua'],
      ['table', '1\tđua'],
    ])
    await page.getByRole('button', { name: 'Dán như bản gốc' }).click()
    await expectShape(id, [
      ['text', 'thi đua: ®uathi đua'],
      ['table', '1\tđua'],
    ])
    await page.click('.clause-table td:nth-child(2) p')
    await page.keyboard.press('End')
    await pasteExactly(page, words('®ua'))
    await expectShape(id, [
      ['text', 'thi đua: ®uathi đua'],
      ['table', '1\tđuađua'],
    ])
    await page.getByRole('button', { name: 'Dán như bản gốc' }).click()
    await expectShape(id, [
      ['text', 'thi đua: ®uathi đua'],
      ['table', '1\tđua®ua'],
    ])
    await page.close()
  })

  test('10 of the tricky strings: a burst of UniKey leaves one syllable, and undo takes it back', async () => {
    const id = harness.newDocument([clause('a', 'text', 'từ ')])
    const page = await open(id)
    await placeCaret(page, 'a')
    // In one breath, as a hook of the keyboard sends it.
    await page.evaluate(() => {
      for (const key of ['v', 'i', 'e', '', 'ê', 't', '', '', 'ệ', 't'])
        document.execCommand(key === '' ? 'delete' : 'insertText', false, key)
    })
    await expectShape(id, [['text', 'từ việt']])
    await page.keyboard.press('Control+z')
    await expectShape(id, [['text', 'từ ']])
    await page.close()
  })
})
