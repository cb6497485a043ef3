import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { SHORTCUTS, type Shortcut } from '../../client/documents/shortcuts.ts'
import type { OpenPage } from '../support/browser.ts'
import { chord, here, newBlock, said } from '../support/deskKeys.ts'
import { end, overhang, poll, shot, startJourney, violations } from '../support/journey.ts'
import { placeCaret } from '../support/placeCaret.ts'

const journey = startJourney()
let mine: OpenPage
let page: Page
/** One desk for all tests, opened by the first of them. */
async function ready() {
  if (mine) return
  mine = await journey.desk('vpdbqh.officer', { kind: 'regulation' })
  page = mine.page
  await mine.context.grantPermissions(['clipboard-read', 'clipboard-write'])
}
afterAll(() => mine && end(mine))

const panel = () => page.getByRole('search', { name: 'Tìm' })
const dialog = () => page.getByRole('dialog')
const toolbar = () => page.getByRole('toolbar')
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null
    return at?.dataset.item ?? at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? ''
  })
const level = async () => (await here(page)).level
const articles = () =>
  page.$$eval('[role=tabpanel]:not([hidden]) [data-level=article]', (all) =>
    all.map((one) => (one as HTMLElement).dataset.id ?? ''),
  )
const closeFind = async () => {
  await page.keyboard.press('Escape')
  await panel().waitFor({ state: 'detached' })
}

type Press = (index: number) => Promise<void>
/** What must be seen once a key of the list has been pressed; a key without its effect here does not compile. */
const EFFECTS: Record<Shortcut['id'], (press: Press) => Promise<unknown>> = {
  async enter(press) {
    await newBlock(page, { level: 'paragraph', text: 'một' })
    await press(0)
    await poll(() => here(page)).toMatchObject({ text: '', level: 'paragraph' })
    await press(0)
    await poll(level).toBe('text')
  },
  async merge(press) {
    await newBlock(page, { text: 'một' })
    await newBlock(page, { level: 'paragraph', text: 'hai' })
    await page.keyboard.press('Home')
    await poll(async () => (await here(page)).offset).toBe(0)
    await press(0)
    await poll(level).toBe('text')
    await press(0)
    await poll(() => here(page)).toMatchObject({ text: 'mộthai', offset: 3 })
  },
  async level(press) {
    await newBlock(page, { level: 'paragraph', text: 'một' })
    await press(0)
    await poll(level).toBe('point')
    await press(1)
    await poll(level).toBe('paragraph')
  },
  async plainLevel(press) {
    await newBlock(page, { level: 'article', text: 'một' })
    await press(0)
    await poll(level).toBe('text')
  },
  async setLevel(press) {
    await newBlock(page, { text: 'một' })
    const levels = ['part', 'chapter', 'section', 'subsection', 'article', 'paragraph', 'point']
    for (const [index, wanted] of levels.entries()) {
      await press(index)
      await poll(level).toBe(wanted)
    }
  },
  async label(press) {
    for (const [index, wanted] of ['article', 'paragraph', 'point'].entries()) {
      await newBlock(page, {})
      await press(index)
      await poll(() => here(page)).toMatchObject({ text: '', level: wanted })
    }
  },
  async move(press) {
    const [first, second] = (await articles()) as [string, string]
    await placeCaret(page, second)
    await press(0)
    await poll(async () => (await articles()).slice(0, 2)).toEqual([second, first])
    await poll(() => said(page)).toBe('Đã chuyển lên.')
    await press(1)
    await poll(async () => (await articles()).slice(0, 2)).toEqual([first, second])
  },
  async cell(press) {
    await newBlock(page, { cells: ['một', 'hai'] })
    await press(0)
    await poll(async () => (await here(page)).text).toBe('hai')
    await press(1)
    await poll(async () => (await here(page)).text).toBe('một')
  },
  async columns(press) {
    await newBlock(page, { cells: ['một', 'hai'] })
    const share = () =>
      page.evaluate(() => {
        const tables = document.querySelectorAll(
          '[role=tabpanel]:not([hidden]) .clause-table table',
        )
        return tables[tables.length - 1]?.querySelector('td')?.getBoundingClientRect().width ?? 0
      })
    const before = await share()
    await press(0)
    await poll(share).toBeLessThan(before)
    const narrow = await share()
    await press(1)
    await poll(share).toBeGreaterThan(narrow)
  },
  async belowTable(press) {
    await newBlock(page, { cells: ['một'] })
    await press(0)
    await poll(() => here(page)).toMatchObject({ text: '', level: 'text' })
  },
  bold: (press) => marks(press, 'bold'),
  italic: (press) => marks(press, 'italic'),
  underline: (press) => marks(press, 'underline'),
  async undo(press) {
    await newBlock(page, { text: 'một' })
    await page.keyboard.insertText(' hai')
    await press(0)
    await poll(async () => (await here(page)).text).toBe('một')
    await poll(() => said(page)).toBe('Đã hoàn tác')
  },
  async redo(press) {
    await newBlock(page, { text: 'một' })
    await page.keyboard.insertText(' hai')
    for (const index of [0, 1]) {
      await page.keyboard.press('Control+z')
      await poll(async () => (await here(page)).text).toBe('một')
      await press(index)
      await poll(async () => (await here(page)).text).toBe('một hai')
    }
  },
  async plain(press) {
    await newBlock(page, {})
    await page.evaluate(() => navigator.clipboard.writeText('2. hai'))
    await press(0)
    await poll(() => here(page)).toMatchObject({ text: '2. hai', level: 'text' })
  },
  async reference(press) {
    await newBlock(page, {})
    await press(0)
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    await poll(async () => (await here(page)).text).toBe('\ufffc')
  },
  async follow(press) {
    await newBlock(page, {})
    await page.keyboard.type('@điều 2')
    await page.getByRole('listbox').waitFor()
    await page.keyboard.press('Enter')
    await poll(async () => (await here(page)).text).toBe('\ufffc')
    await press(0)
    await poll(level).toBe('article')
  },
  async find(press) {
    await newBlock(page, {})
    await press(0)
    await panel().waitFor()
    await closeFind()
    expect(await here(page)).toMatchObject({ focused: true })
  },
  async replace(press) {
    await press(0)
    await panel().getByRole('textbox', { name: 'Thay bằng' }).waitFor()
    await closeFind()
  },
  async findNext(press) {
    await page.keyboard.press('Control+f')
    // In one stroke: what is found of half a word is counted, too.
    await page.keyboard.insertText('dieu')
    await poll(() => said(page)).toMatch(/^Chỗ \d+ trong \d+$/)
    const before = await said(page)
    await press(0)
    await poll(() => said(page)).not.toBe(before)
    await press(1)
    await poll(() => said(page)).toBe(before)
    await closeFind()
  },
  async comment(press) {
    await placeCaret(page, (await articles())[0] ?? '')
    await press(0)
    await poll(focused).toMatch(/^$/)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await page.keyboard.press('Escape')
  },
  async post(press) {
    await placeCaret(page, (await articles())[0] ?? '')
    await page.keyboard.press('Control+Alt+m')
    await poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await page.keyboard.insertText('Gửi bằng phím')
    await press(0)
    await page.getByText('Gửi bằng phím').first().waitFor()
    await poll(() => page.locator('textarea').count()).toBe(0)
  },
  async mention(press) {
    await placeCaret(page, (await articles())[0] ?? '')
    await page.keyboard.press('Control+Alt+m')
    await poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await press(0)
    await page.keyboard.press('Backspace')
    await page.getByRole('option', { name: 'Sở Nội vụ cả cơ quan' }).waitFor()
    await page.keyboard.press('Enter')
    await poll(() => page.locator('textarea').inputValue()).toMatch(/^@Sở [^@]+ $/)
    await page.keyboard.press('Escape')
    await dialog().getByRole('button', { name: 'Bỏ' }).click()
    await poll(() => page.locator('textarea').count()).toBe(0)
  },
  async goComment(press) {
    for (const words of ['Một', 'Hai']) {
      await placeCaret(page, (await articles())[words === 'Một' ? 0 : 1] ?? '')
      await page.keyboard.press('Control+Alt+m')
      await poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
      await page.keyboard.insertText(words)
      await page.keyboard.press('Control+Enter')
      await poll(() => page.locator('textarea').count()).toBe(0)
    }
    await newBlock(page, { text: 'một' })
    await press(0)
    await poll(() => said(page)).toMatch(/^Góp ý 1 trong \d+: /)
    const card = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.thread)
    await poll(card).toBeTruthy()
    const first = await card()
    await press(0)
    await poll(() => said(page)).toMatch(/^Góp ý 2 trong /)
    await poll(card).not.toBe(first)
    await press(1)
    await poll(card).toBe(first)
  },
  async comments(press) {
    await press(0)
    await page.getByRole('dialog', { name: 'Danh sách góp ý' }).waitFor()
    await page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  },
  async tabs(press) {
    const tab = (name: string) => page.getByRole('tab', { name })
    await tab('Quy chế').focus()
    await press(0)
    await poll(() => tab('Kế hoạch').getAttribute('aria-selected')).toBe('true')
    await press(1)
    await poll(() => tab('Quy chế').getAttribute('aria-selected')).toBe('true')
  },
  async outline(press) {
    const item = page.locator('[role=treeitem][tabindex="0"]:visible')
    await item.focus()
    const first = await focused()
    await press(1)
    await poll(focused).not.toBe(first)
    await press(0)
    await poll(focused).toBe(first)
    await press(2)
    await poll(() => page.getAttribute(`[data-item="${first}"]`, 'aria-selected')).toBe('true')
  },
  async toolbar(press) {
    await newBlock(page, { text: 'một' })
    await press(0)
    const inside = () => toolbar().evaluate((bar) => bar.contains(document.activeElement))
    await poll(inside).toBe(true)
    await page.keyboard.press('Escape')
    await poll(() => here(page)).toMatchObject({ focused: true, text: 'một', offset: 3 })
  },
  async leave(press) {
    await newBlock(page, {})
    await press(0)
    await poll(async () => (await here(page)).focused).toBe(false)
  },
  async save(press) {
    await press(0)
    await poll(() => said(page)).toMatch(/^Văn bản tự lưu/)
  },
  async editing(press) {
    await page.keyboard.press('Control+Alt+Shift+x')
    await poll(() => said(page)).toMatch(/^Đang đề nghị sửa/)
    await press(0)
    await poll(() => said(page)).toMatch(/^Đang sửa trực tiếp/)
  },
  async suggesting(press) {
    await press(0)
    await page.getByRole('region', { name: 'Bản nháp đề nghị' }).waitFor()
    await page.keyboard.press('Control+Alt+Shift+z')
    await toolbar().getByRole('button', { name: /^Đậm/ }).waitFor()
  },
  async viewing(press) {
    await press(0)
    await poll(() => said(page)).toBe('Đang chỉ xem.')
    await toolbar().waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Alt+Shift+z')
    await toolbar().waitFor()
  },
  async history(press) {
    await newBlock(page, { text: 'một' })
    await press(0)
    await dialog().waitFor()
    await page.keyboard.press('Escape')
    await poll(() => here(page)).toMatchObject({ focused: true, text: 'một', offset: 3 })
  },
  async decideMany(press) {
    await newBlock(page, { text: 'một' })
    await page.keyboard.press('Shift+Home')
    await poll(async () => (await here(page)).selected).toBe('một')
    await press(0)
    await poll(() => said(page)).toMatch(/^Phần đang chọn không có đề nghị nào/)
  },
  async list(press) {
    await newBlock(page, { text: 'một' })
    await press(0)
    await dialog().waitFor()
    await page.keyboard.press('Escape')
    await poll(() => here(page)).toMatchObject({ focused: true, text: 'một', offset: 3 })
  },
}

async function marks(press: Press, mark: string) {
  await newBlock(page, { text: 'một' })
  await page.keyboard.press('Shift+Home')
  // The editor reads a selection that a key has made a moment later.
  await poll(async () => (await here(page)).selected).toBe('một')
  await press(0)
  await poll(async () => (await here(page)).marks).toEqual([mark])
}

test.each(SHORTCUTS.map((shortcut) => [shortcut.id, shortcut] as const))(
  '[UX-63] the list tells the truth about %s',
  async (id, shortcut) => {
    await ready()
    await EFFECTS[id](async (index) => {
      const key = shortcut.keys[index] ?? ''
      if ('typed' in shortcut) await page.keyboard.type(`${key} `)
      else for (const one of key.split(' ')) await page.keyboard.press(chord(one))
    })
  },
)

test('[UX-63] the list is searched with or without marks, by key, at 1440 and at 360 px; axe finds nothing', async () => {
  await ready()
  const shown = () =>
    page.$$eval('[data-shortcut]', (all) => all.map((one) => (one as HTMLElement).dataset.shortcut))
  await page.keyboard.press('Control+/')
  await dialog().waitFor()
  expect(await shown()).toEqual(
    ['clause', 'text', 'find', 'comment', 'desk'].flatMap((group) =>
      SHORTCUTS.filter((one) => one.group === group).map(({ id }) => id),
    ),
  )
  await shot(page, 'shortcuts-1440')
  expect(await violations(page)).toEqual([])
  for (const [query, found] of [
    ['hoan tac', ['undo']],
    ['hoàn tác', ['undo']],
    ['ctrl+b', ['bold']],
    ['bang duoi', ['belowTable']],
    ['không có', []],
  ] as const) {
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(query)
    await poll(shown).toEqual(found)
  }
  await poll(() => said(page)).toBe('Không có phím tắt nào như vậy.')
  await page.setViewportSize({ width: 360, height: 740 })
  await dialog().getByRole('searchbox').fill('điều khoản')
  await shot(page, 'shortcuts-360')
  expect(await violations(page)).toEqual([])
  expect(await overhang(page)).toBe(0)
  await dialog().getByRole('searchbox').fill('')
  await shot(page, 'shortcuts-360-all')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
})

describe('[UX-90] one polite live region', () => {
  test('is all that speaks on the desk, and says a new level with its number', async () => {
    await ready()
    const live = await page.$$eval('[role=status], [aria-live=polite], [role=log]', (all) =>
      all.filter((one) => (one.textContent ?? '') !== '').map((one) => one.outerHTML),
    )
    expect(live.filter((one) => !one.includes('data-live'))).toEqual([])
    await newBlock(page, { level: 'article', text: 'một' })
    await newBlock(page, { level: 'paragraph', text: 'hai' })
    await page.keyboard.press('Tab')
    await poll(() => said(page)).toBe('Điểm: a)')
  })

  test('speaks of trouble and of its end, and not of every word that was saved', async () => {
    await ready()
    await newBlock(page, { text: 'một' })
    await page.keyboard.press('Control+z')
    await poll(() => said(page)).toBe('Đã hoàn tác')
    const saved = () => page.getAttribute('[data-save]', 'data-save')
    await page.keyboard.type('lưu')
    await poll(saved).toBe('saved')
    expect(await said(page)).toBe('Đã hoàn tác')
    await mine.context.setOffline(true)
    await poll(() => said(page)).toBe('Ngoại tuyến – giữ trên máy này')
    await mine.context.setOffline(false)
    await poll(() => said(page)).toBe('Đã lưu')
    // The browser complains of what it could not fetch meanwhile.
    mine.problems.length = 0
  })

  test('says that the text has been locked', async () => {
    await ready()
    const { id } = await journey.server.documentOf('regulation')
    await page.route(`**/api/documents/${id}`, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), phase: 'locked' } })
    })
    const lead = await journey.server.signIn('vpdbqh.officer')
    const changed = await lead.call('PATCH', `/api/documents/${id}`, { place: 'Phan Rang' })
    expect(changed.status).toBe(200)
    // How things stand may be said in the same breath.
    await poll(() => said(page)).toMatch(/^Văn bản đã khóa nên chỉ đọc\./)
    await page.unroute(`**/api/documents/${id}`)
    await lead.call('PATCH', `/api/documents/${id}`, { place: 'Ninh Thuận' })
    await toolbar().waitFor()
  })
})

describe('[UX-92] the focus', () => {
  test('has one stop in the toolbar; arrows, Home and End walk there, a button that greys keeps it', async () => {
    await ready()
    await newBlock(page, { text: 'một' })
    const undo = toolbar().getByRole('button', { name: /^Hoàn tác/ })
    await poll(() => undo.isEnabled()).toBe(true)
    await page.keyboard.press('Alt+F10')
    const stops = () => toolbar().evaluate((bar) => bar.querySelectorAll('[tabindex="0"]').length)
    await poll(focused).toMatch(/^Hoàn tác/)
    expect(await stops()).toBeLessThanOrEqual(1)
    for (const [key, name] of [
      ['ArrowRight', /^Làm lại/],
      ['End', /^Tìm/],
      ['Home', /^Hoàn tác/],
    ] as const) {
      await page.keyboard.press(key)
      await poll(focused).toMatch(name)
    }
    for (let n = 0; n < 200 && !(await undo.isDisabled()); n += 1)
      await page.keyboard.press('Enter')
    expect(await undo.isDisabled()).toBe(true)
    expect(await focused()).toMatch(/^Hoàn tác/)
  })

  test('comes back to its button from a menu left alone, and goes into the text from one chosen in', async () => {
    await ready()
    await newBlock(page, { level: 'paragraph', text: 'một' })
    for (const name of [/^Cấp của điều khoản/, /^Bảng$/, /^Điều khoản$/]) {
      const button = toolbar().getByRole('button', { name })
      await button.press('Enter')
      await poll(() => button.getAttribute('aria-expanded')).toBe('true')
      await page.keyboard.press('Escape')
      await poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
    }
    await toolbar().getByRole('button', { name: /^Cấp/ }).press('Enter')
    await page.getByRole('menuitemradio', { name: 'Điểm' }).press('Enter')
    await poll(() => here(page)).toMatchObject({ focused: true, text: 'một', level: 'point' })
  })

  test('comes back to what opened a dialog', async () => {
    await ready()
    const openers = [
      page.getByRole('button', { name: 'Phím tắt' }),
      page.getByRole('button', { name: /^Tên, nơi nhận/ }),
      page.locator('footer button[data-ready]'),
      page.getByRole('navigation').getByRole('button', { name: /^Bố cục|^Cấu trúc/ }),
    ]
    for (const opener of openers) {
      const button = opener.locator('visible=true').first()
      await button.press('Enter')
      await dialog().waitFor()
      await page.keyboard.press('Escape')
      await dialog().waitFor({ state: 'detached' })
      await poll(() => button.evaluate((one) => one === document.activeElement)).toBe(true)
    }
  })

  test('goes through the page in the order of reading; the first stop leads to the words', async () => {
    await ready()
    const inOrder = await page.evaluate(() => {
      const shown = '[role=tabpanel]:not([hidden]) '
      const stops = [
        'button',
        '[role=tab][aria-selected=true]',
        `${shown}[role=treeitem]`,
        `${shown}[role=toolbar] button`,
        `${shown}.page-text`,
        'footer button',
      ].map((selector) => document.querySelector(selector))
      const follows = (one: Element | null, next: Element | null) =>
        ((one?.compareDocumentPosition(next as Node) ?? 0) & Node.DOCUMENT_POSITION_FOLLOWING) > 0
      const jumps = [...document.querySelectorAll<HTMLElement>('[tabindex]')]
      return (
        jumps.every(({ tabIndex }) => tabIndex <= 0) &&
        stops.slice(1).every((stop, index) => follows(stops[index] ?? null, stop))
      )
    })
    expect(inOrder).toBe(true)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.locator('button').first().focus()
    expect(await focused()).toBe('Đến lời văn')
    await page.keyboard.press('Enter')
    await poll(async () => (await here(page)).focused).toBe(true)
  })
})
