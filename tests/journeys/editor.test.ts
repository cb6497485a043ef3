import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Block, blockText } from '../../shared/clauses/clause.ts'
import { bodyOf, insertClause, setClauseText } from '../../shared/clauses/yjs.ts'
import { clause, run, table } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { placeCaret } from '../support/placeCaret.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())

/** Patient: several suites may share the machine. */
const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const open = async (id: string, as = 'stc', size?: { width: number; height: number }) => {
  const page = await harness.open(id, as, size)
  await page.waitForSelector('.page-text [data-id]')
  return page
}
const shape = (blocks: readonly Block[]) => blocks.map((block) => [block.level, blockText(block)])
/** Waits until the server's text has this shape. */
const expectShape = (id: string, wanted: unknown) =>
  poll(() => shape(harness.blocks(id))).toEqual(wanted)
const caretAt = (page: Page, id: string, where: 'Home' | 'End') =>
  placeCaret(page, id, where === 'Home' ? 'start' : 'end')
const keys = async (page: Page, ...list: string[]) => {
  for (const key of list) await page.keyboard.press(key)
}
const labels = (page: Page) =>
  page.$$eval('.clause', (list) => list.map((element) => element.getAttribute('data-label') ?? ''))
const saveState = (page: Page) => page.getAttribute('[data-save]', 'data-save')
const expectSaved = (page: Page) => poll(() => saveState(page)).toBe('saved')

describe('writing', () => {
  test('Enter makes the next point, with đ after d, and the number is never in the text', async () => {
    const id = harness.newDocument([
      clause('a', 'article', 'Nội dung thi đua'),
      clause('k', 'paragraph', 'Chuyên môn:'),
      clause('d', 'point', 'một'),
    ])
    const page = await open(id)
    await caretAt(page, 'd', 'End')
    for (const word of ['hai', 'ba', 'bốn', 'năm', 'sáu']) {
      await page.keyboard.press('Enter')
      await page.keyboard.type(word)
    }
    await expectShape(id, [
      ['article', 'Nội dung thi đua'],
      ['paragraph', 'Chuyên môn:'],
      ...['một', 'hai', 'ba', 'bốn', 'năm', 'sáu'].map((word) => ['point', word]),
    ])
    expect(await labels(page)).toEqual(['Điều 1.', '1.', 'a)', 'b)', 'c)', 'd)', 'đ)', 'e)'])
    const ids = harness.blocks(id).map((block) => block.id)
    expect(new Set(ids).size).toBe(8)
    expect(ids.every((one) => /^[A-Za-z0-9_-]{1,64}$/.test(one))).toBe(true)
    await page.close()
  })

  test('under a heading Enter goes on below it, and in an empty clause it climbs', async () => {
    const id = harness.newDocument([
      clause('c', 'chapter', 'Quy định chung'),
      clause('z', 'text', 'hết'),
    ])
    const page = await open(id)
    await caretAt(page, 'c', 'End')
    await keys(page, 'Enter')
    await page.keyboard.type('Mục tiêu')
    await keys(page, 'Enter')
    await page.keyboard.type('khoản')
    await keys(page, 'Enter', 'Tab', 'Enter', 'Enter')
    await page.keyboard.type('đoạn')
    await expectShape(id, [
      ['chapter', 'Quy định chung'],
      ['article', 'Mục tiêu'],
      ['paragraph', 'khoản'],
      ['text', 'đoạn'],
      ['text', 'hết'],
    ])
    await page.close()
  })

  test('an id follows its text: Enter before it, Backspace behind an empty clause', async () => {
    const id = harness.newDocument([
      clause('a', 'article', 'Mục tiêu'),
      clause('b', 'paragraph', 'Khoản đầu'),
    ])
    const page = await open(id)
    await caretAt(page, 'b', 'Home')
    await keys(page, 'Enter')
    await poll(() => harness.blocks(id).length).toBe(3)
    expect(harness.blocks(id)[2]).toMatchObject({ id: 'b', level: 'paragraph' })
    expect(harness.blocks(id)[1]?.id).not.toBe('b')
    // The caret stayed with the text: first the number goes, then the empty clause above.
    await keys(page, 'Backspace', 'Backspace')
    await expectShape(id, [
      ['article', 'Mục tiêu'],
      ['paragraph', 'Khoản đầu'],
    ])
    expect(harness.blocks(id)[1]?.id).toBe('b')
    await caretAt(page, 'b', 'Home')
    await keys(page, 'Backspace')
    await expectShape(id, [
      ['article', 'Mục tiêu'],
      ['text', 'Khoản đầu'],
    ])
    await keys(page, 'Backspace')
    await expectShape(id, [['article', 'Mục tiêuKhoản đầu']])
    expect(harness.blocks(id)[0]?.id).toBe('a')
    await page.close()
  })

  test('Tab and Shift+Tab move along the ladder of the model and keep what a colleague types', async () => {
    const id = harness.newDocument(
      [clause('s', 'section', 'Mục đích'), clause('p', 'paragraph', 'Yêu cầu')],
      'plan',
    )
    const page = await open(id)
    expect(await labels(page)).toEqual(['I.', '1.'])
    await caretAt(page, 'p', 'End')
    await keys(page, 'Tab')
    setClauseText(harness.relay.room(id).doc, 'p', 'Yêu cầu chung')
    await poll(() => labels(page)).toEqual(['I.', 'a)'])
    await keys(page, 'Shift+Tab', 'Shift+Tab', 'Shift+Tab')
    await poll(() => labels(page)).toEqual(['I.', 'II.'])
    await page.close()
  })

  test('Ctrl+B, Ctrl+I and Ctrl+U mark the words', async () => {
    const id = harness.newDocument([clause('a', 'text', 'đậm')])
    const page = await open(id)
    await placeCaret(page, 'a', 'all')
    await keys(page, 'Control+b', 'Control+i', 'Control+u')
    await poll(() => harness.blocks(id)[0]).toMatchObject({
      runs: [run('đậm', 'bold', 'italic', 'underline')],
    })
    await page.close()
  })

  test('pasted clauses get new ids, pasted lines become clauses', async () => {
    const id = harness.newDocument([
      clause('a', 'paragraph', 'một'),
      clause('b', 'paragraph', 'hai'),
      clause('z', 'point', ''),
    ])
    const page = await open(id)
    await caretAt(page, 'b', 'End')
    await keys(page, 'Control+a', 'Control+c')
    await caretAt(page, 'z', 'End')
    await keys(page, 'Control+v')
    await poll(() => harness.blocks(id).length).toBeGreaterThan(3)
    const ids = harness.blocks(id).map((block) => block.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.slice(0, 2)).toEqual(['a', 'b'])
    const before = ids.length
    await page.evaluate(() => navigator.clipboard.writeText('dòng một\nđiê\u0300u hai\ndòng ba'))
    await caretAt(page, 'b', 'End')
    await keys(page, 'Control+v')
    await poll(() => harness.blocks(id).length).toBe(before + 2)
    expect(shape(harness.blocks(id)).slice(1, 4)).toEqual([
      ['paragraph', 'haidòng một'],
      ['paragraph', 'điều hai'],
      ['paragraph', 'dòng ba'],
    ])
    // What the server would refuse for its size does not enter the text, and costs nothing else.
    await page.evaluate(() => navigator.clipboard.writeText('dài '.repeat(60_000)))
    await keys(page, 'Control+v')
    await page.keyboard.type('!')
    await poll(() => shape(harness.blocks(id))[3]).toEqual(['paragraph', 'dòng ba!'])
    await expectSaved(page)
    await page.close()
  })

  test('a table is inserted, typed into, left, and has one id', async () => {
    const id = harness.newDocument([clause('a', 'article', 'Chỉ tiêu')])
    const page = await open(id)
    await caretAt(page, 'a', 'End')
    await page.click('button[title="Chèn bảng"]')
    await page.click('form button[type=submit]')
    await page.waitForSelector('.clause-table')
    await page.keyboard.type('TT')
    await keys(page, 'Tab')
    await page.keyboard.type('Tiêu chí')
    await keys(page, 'Enter')
    await page.keyboard.type('dòng hai')
    await keys(page, 'Control+Enter')
    await page.keyboard.type('sau bảng')
    await expectShape(id, [
      ['article', 'Chỉ tiêu'],
      ['table', 'TT\tTiêu chí dòng hai\t\n\t\t\n\t\t'],
      ['text', 'sau bảng'],
      ['text', ''],
    ])
    const [, block] = harness.blocks(id)
    expect(block?.id).toMatch(/^[a-z0-9]{21}$/)
    expect(block?.level === 'table' && block.rows[0]?.cells[0]?.header).toBe(true)
    await page.close()
  })
})

describe('together', () => {
  /** One composed word, with an edit of somebody else after every step, as a Telex engine sends it. */
  const compose = async (
    page: Page,
    steps: readonly string[],
    composed: () => string,
    meanwhile: (n: number) => void,
  ) => {
    const cdp: CDPSession = await page.context().newCDPSession(page)
    await page.evaluate(() => {
      let frames = 0
      const { ws } = window.harness.connection.provider
      ws?.addEventListener('message', ({ data }) => {
        const bytes = new Uint8Array(data as ArrayBuffer)
        if (bytes[0] === 0) frames += 1
        document.body.dataset.frames = String(frames)
      })
      document.body.dataset.frames = '0'
    })
    for (const [index, text] of steps.entries()) {
      await cdp.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      })
      await poll(composed).toContain(text)
      meanwhile(index)
      await page.waitForFunction(
        (frames) => Number(document.body.dataset.frames) >= frames,
        index + 1,
      )
      // ProseMirror reads and draws within this time.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 30)))
    }
    await cdp.send('Input.insertText', { text: steps.at(-1) ?? '' })
  }

  test.each([
    [
      'the same run of text',
      (doc: Y.Doc, _n: number, text: string) => {
        // Between two letters: ProseMirror itself protects a text that only grows at its ends.
        const element = bodyOf(doc).get(0) as Y.XmlElement
        ;(element.get(0) as Y.XmlText).insert(text.indexOf('ầ'), 'x')
      },
    ],
    [
      'what stands above',
      (doc: Y.Doc, n: number) => insertClause(doc, null, clause(`n${n}`, 'text', `đoạn mới ${n}`)),
    ],
    [
      'the level of this clause',
      (doc: Y.Doc, n: number) => {
        const element = bodyOf(doc).get(0) as Y.XmlElement
        element.setAttribute('level', n % 2 === 0 ? 'point' : 'paragraph')
      },
    ],
  ])('composed Vietnamese is exact while others change %s', async (_, change) => {
    const id = harness.newDocument([clause('a', 'paragraph', 'đầu  cuối')])
    const page = await open(id)
    await caretAt(page, 'a', 'Home')
    await keys(page, ...'đầu '.split('').map(() => 'ArrowRight'))
    const { doc } = harness.relay.room(id)
    const text = () => {
      const block = harness.blocks(id).find((one) => one.id === 'a')
      return block ? blockText(block) : ''
    }
    await compose(page, ['t', 'th', 'thi', 'thi d', 'thi đ', 'thi đu', 'thi đua'], text, (n) => {
      // On the text as it stands at the server, which has the composed letters so far.
      change(doc, n, text())
    })
    await poll(text).toMatch(/^đx*ầu thi đua cuối$/)
    await poll(() => page.$eval('[data-id=a]', (element) => element.textContent)).toBe(text())
    await poll(() => page.$$eval('.clause', (list) => list.length)).toBe(harness.blocks(id).length)
    await page.close()
  })

  test('undo takes back one’s own work only, and redo gives it again', async () => {
    const id = harness.newDocument([clause('a', 'paragraph', 'chung')])
    const page = await open(id)
    const undo = page.getByRole('button', { name: /Hoàn tác/ })
    const redo = page.getByRole('button', { name: /Làm lại/ })
    expect(await undo.isDisabled()).toBe(true)
    await caretAt(page, 'a', 'End')
    // In one piece: two keys half a second apart would be two steps to undo.
    await page.keyboard.insertText(' tôi')
    await expectShape(id, [['paragraph', 'chung tôi']])
    setClauseText(harness.relay.room(id).doc, 'a', 'họ chung tôi')
    await page.waitForFunction(() => document.querySelector('.clause')?.textContent?.includes('họ'))
    await keys(page, 'Control+z')
    await expectShape(id, [['paragraph', 'họ chung']])
    expect(await redo.isDisabled()).toBe(false)
    await keys(page, 'Control+y')
    await expectShape(id, [['paragraph', 'họ chung tôi']])
    await undo.click()
    await expectShape(id, [['paragraph', 'họ chung']])
    await page.close()
  })

  test('[B18] undo puts the caret where the change was, and leaves it to its owner from then on', async () => {
    const id = harness.newDocument([
      clause('a', 'paragraph', 'một hai ba'),
      clause('b', 'paragraph', 'dưới'),
    ])
    const page = await open(id)
    await caretAt(page, 'a', 'End')
    await keys(page, 'Backspace', 'Backspace', 'Backspace')
    await caretAt(page, 'b', 'Home')
    await keys(page, 'Control+z')
    await expectShape(id, [
      ['paragraph', 'một hai ba'],
      ['paragraph', 'dưới'],
    ])
    await page.keyboard.type('!')
    await poll(() => shape(harness.blocks(id))[0]).toEqual(['paragraph', 'một hai ba!'])
    await keys(page, 'Control+z')
    await poll(() => shape(harness.blocks(id))[0]).toEqual(['paragraph', 'một hai ba'])
    await caretAt(page, 'b', 'End')
    insertClause(harness.relay.room(id).doc, null, clause('n', 'text', 'người khác'))
    await poll(() => page.$$eval('.clause', (list) => list.length)).toBe(3)
    await page.keyboard.type('?')
    await poll(() => shape(harness.blocks(id))[2]).toEqual(['paragraph', 'dưới?'])
    await page.close()
  })

  test('a caret moved in the same moment as a remote edit stays where it was moved to', async () => {
    const id = harness.newDocument([clause('a', 'paragraph', 'cuối'), clause('b', 'paragraph', '')])
    const page = await open(id)
    await caretAt(page, 'a', 'Home')
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(harness.relay.room(id).doc))
    setClauseText(other, 'b', 'người khác')
    const update = [...Y.encodeStateAsUpdate(other)]
    await page.evaluate((bytes) => {
      const { connection } = window.harness
      const text = document.querySelector('[data-id=a]')?.firstChild
      // What End does, and before the browser says so, the frame of somebody else.
      if (text) getSelection()?.collapse(text, 4)
      const length = bytes.length
      const varint = length < 128 ? [length] : [(length & 127) | 128, length >> 7]
      connection.provider.ws?.onmessage?.(
        new MessageEvent('message', { data: new Uint8Array([0, 2, ...varint, ...bytes]).buffer }),
      )
    }, update)
    await page.keyboard.type('!')
    await poll(() => shape(harness.blocks(id))[0]).toEqual(['paragraph', 'cuối!'])
    await page.close()
  })

  test('[B20] my view does not follow carets and edits of others', async () => {
    const blocks = Array.from({ length: 60 }, (_, n) =>
      clause(`c${n}`, 'paragraph', `Khoản ${n} của quy chế hoạt động của Khối.`),
    )
    const id = harness.newDocument(blocks)
    const mine = await open(id)
    const theirs = await open(id, 'snv')
    await caretAt(mine, 'c59', 'End')
    const main = mine.locator('main')
    await main.evaluate((element) => element.scrollTo(0, 700))
    const before = await main.evaluate((element) => element.scrollTop)
    for (let n = 0; n < 20; n += 1) await caretAt(theirs, 'c0', n % 2 === 0 ? 'Home' : 'End')
    await theirs.keyboard.type(' thêm')
    await mine.waitForFunction(() =>
      document.querySelector('[data-id=c0]')?.textContent?.includes('thêm'),
    )
    await mine.waitForSelector('[data-id=c0] .caret', { state: 'attached' })
    expect(await main.evaluate((element) => element.scrollTop)).toBe(before)
    expect(await mine.textContent('.caret-name')).toBe('Cán bộ Sở Nội vụ · Sở Nội vụ')
    await mine.getByRole('button', { name: /Đến chỗ Cán bộ Sở Nội vụ/ }).click()
    await poll(() => main.evaluate((element) => element.scrollTop)).toBeLessThan(before)
    await mine.close()
    await theirs.close()
  })

  test('two tabs of one person count as one, and who has left is gone', async () => {
    const id = harness.newDocument([clause('a', 'text', 'x')])
    const mine = await open(id)
    const one = await open(id, 'snv')
    const two = await open(id, 'snv')
    const faces = mine.getByRole('list', { name: 'Đang ở đây' }).getByRole('listitem')
    await poll(() => harness.relay.room(id).peers.size).toBe(3)
    await poll(() => faces.count()).toBe(2)
    await one.close()
    await poll(() => harness.relay.room(id).peers.size).toBe(2)
    expect(await faces.count()).toBe(2)
    await two.close()
    await poll(() => faces.count()).toBe(1)
    await mine.close()
  })
})

describe('saving', () => {
  test('[P04] “Đã lưu” waits for the acknowledgement', async () => {
    const id = harness.newDocument([clause('a', 'text', 'x')])
    const page = await open(id)
    await expectSaved(page)
    const room = harness.relay.room(id)
    room.mute = true
    await caretAt(page, 'a', 'End')
    await page.keyboard.type('yz')
    await expectShape(id, [['text', 'xyz']])
    expect(await saveState(page)).toBe('saving')
    room.mute = false
    await page.keyboard.type('!')
    await expectSaved(page)
    await page.close()
  })

  test('[P04] what is typed without a connection is counted, kept and sent later', async () => {
    const id = harness.newDocument([clause('a', 'text', 'x')])
    const page = await open(id)
    await expectSaved(page)
    harness.relay.cut({ refuse: true })
    await poll(() => saveState(page)).toBe('offline')
    await caretAt(page, 'a', 'End')
    await page.keyboard.type('yz')
    await poll(() => page.textContent('header')).toContain(
      '2 thay đổi chưa gửi đang giữ trên máy này',
    )
    expect(shape(harness.blocks(id))).toEqual([['text', 'x']])
    harness.relay.cut({ refuse: false })
    await expectShape(id, [['text', 'xyz']])
    await expectSaved(page)
    await page.close()
  })

  test('[P30] after a lock the author sees the words that did not make it, and writes no more', async () => {
    const id = harness.newDocument([
      clause('a', 'article', 'Mục tiêu'),
      clause('b', 'paragraph', 'cũ'),
    ])
    const page = await open(id)
    await expectSaved(page)
    harness.relay.room(id).locked = true
    await caretAt(page, 'b', 'End')
    // In one stroke: the refusal of a first letter would close the editor before the second.
    await page.keyboard.insertText(' mới')
    const panel = page.getByRole('alert')
    await poll(() => panel.textContent()).toContain('khoản 1 Điều 1')
    expect(await panel.textContent()).toContain('Văn bản đã khóa')
    expect(await panel.locator('dd').first().textContent()).toBe('cũ mới')
    await page.waitForSelector('.page-text[contenteditable=false]')
    expect(await page.textContent('[data-id=b]')).toBe('cũ')
    expect(await saveState(page)).toBe('unsaved')
    await panel.getByRole('button', { name: /Tôi đã xem/ }).click()
    await expectSaved(page)
    expect(shape(harness.blocks(id))[1]).toEqual(['paragraph', 'cũ'])
    // The lock is lifted: one may write again.
    harness.relay.room(id).locked = false
    harness.relay.notify(id, { type: 'phase', phase: 'drafting', by: null })
    await page.waitForSelector('.page-text[contenteditable=true]')
    await caretAt(page, 'b', 'End')
    await page.keyboard.type('!')
    await poll(() => shape(harness.blocks(id))[1]).toEqual(['paragraph', 'cũ!'])
    await page.close()
  })

  test('who may not write is told why when he tries', async () => {
    const id = harness.newDocument([clause('a', 'text', 'x')])
    const page = await open(id)
    await page.evaluate(() => window.harness.setEditable(false))
    await page.waitForSelector('.page-text[contenteditable=false]')
    await page.focus('.page-text')
    await page.keyboard.type('y')
    await poll(() => page.textContent('article [data-reason]')).toContain('đã khóa để ký')
    expect(shape(harness.blocks(id))).toEqual([['text', 'x']])
    await page.close()
  })
})

describe('opening', () => {
  test('[B05] ten reloads write nothing, whatever stands in the text', async () => {
    const id = harness.newDocument([
      clause('a', 'article', [run('Mục '), run('tiêu', 'bold')]),
      clause('a', 'paragraph', 'cùng mã'),
      table('t', [['TT', 'Tiêu chí'], ['1']]),
      clause('z', 'text', ''),
    ])
    const page = await open(id)
    for (let n = 0; n < 10; n += 1) {
      await page.reload()
      await page.waitForSelector('.page-text [data-id]')
      await expectSaved(page)
    }
    await page.click('[data-id=z]')
    await poll(() => page.evaluate(() => document.activeElement?.className)).toContain('page-text')
    expect(harness.relay.room(id).changes).toBe(0)
    await page.close()
  })

  test('[B06] what this version does not know is not deleted: the page asks to be reloaded', async () => {
    const id = harness.newDocument([clause('a', 'text', 'x')])
    const { doc } = harness.relay.room(id)
    bodyOf(doc).push([new Y.XmlElement('signatureFrame')])
    harness.relay.room(id).changes = 0
    const page = await harness.open(id, 'stc')
    await poll(() => page.textContent('article')).toContain('phiên bản cũ')
    await expectSaved(page)
    expect(harness.relay.room(id).changes).toBe(0)
    expect(await page.$('.page-text')).toBeNull()
    await page.close()
  })
})
