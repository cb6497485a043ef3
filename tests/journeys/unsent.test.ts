import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { blockText } from '../../shared/clauses/clause.ts'
import { clause } from '../support/builders.ts'
import { type EditorHarness, startHarness } from '../support/editorHarness/startHarness.ts'
import { placeCaret } from '../support/placeCaret.ts'

let harness: EditorHarness
beforeAll(async () => {
  harness = await startHarness()
})
afterEach(() => {
  harness.relay.freeze(false)
  harness.relay.cut({ refuse: false })
})
afterAll(() => harness?.close())

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })
const newDocument = () =>
  harness.newDocument([clause('a', 'article', 'Mục tiêu'), clause('k', 'paragraph', 'cũ')])
const ready = async (page: Page) => {
  await page.waitForSelector('.page-text [data-id]')
  await expectSave(page, 'saved')
  return page
}
const open = async (id: string, as = 'stc') => ready(await harness.open(id, as))
const saveState = (page: Page) => page.getAttribute('[data-save]', 'data-save')
const expectSave = (page: Page, wanted: string) => poll(() => saveState(page)).toBe(wanted)
const serverText = (id: string) => harness.blocks(id).map(blockText)
const write = async (page: Page, clauseId: string, words: string) => {
  await placeCaret(page, clauseId)
  await page.keyboard.insertText(words)
}
const alertOf = (page: Page) => page.getByRole('alert')
/** Tabs whose unsent words are on this device. */
const tailsOnDisk = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('nhat-tri-unsent')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const keys = opening.result.transaction('changes').objectStore('changes').getAllKeys()
          keys.onerror = () => reject(keys.error)
          keys.onsuccess = () => {
            opening.result.close()
            resolve(new Set(keys.result.map((key) => (key as unknown[])[3])).size)
          }
        }
      }),
  )

describe('a tab that is closed', () => {
  test('[B51] words typed as the network went are sent when the document is opened again', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.freeze(true)
    await write(page, 'k', ' mới')
    await page.close()
    expect(serverText(id)).toEqual(['Mục tiêu', 'cũ'])
    harness.relay.freeze(false)
    const again = await harness.open(id, 'stc')
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ mới'])
    await ready(again)
    expect(await again.textContent('[data-id=k]')).toBe('cũ mới')
    // Acknowledged, they are on the device no more.
    await poll(() => tailsOnDisk(again)).toBe(0)
    await again.close()
  })

  test('[B51] what the database had no time to take is left in localStorage, and moves on', async () => {
    const id = newDocument()
    const page = await open(id)
    await page.addInitScript(() => {
      // A database that is never ready.
      indexedDB.open = () => ({}) as IDBOpenDBRequest
    })
    await page.reload()
    await ready(page)
    harness.relay.freeze(true)
    await write(page, 'k', ' mới')
    await page.goto('about:blank')
    await page.close()
    harness.relay.freeze(false)
    const again = await harness.open(id, 'stc')
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ mới'])
    await ready(again)
    const left = () => again.evaluate(() => Object.keys(localStorage).join())
    await poll(left).not.toContain('nhat-tri.unsent')
    await again.close()
  })

  test('[B53] after a crash the next start of the browser has the words, for nobody but their author', async () => {
    const id = newDocument()
    const place = await mkdtemp(path.join(tmpdir(), 'profile-'))
    const context = await harness.profile(place)
    const page = await ready(await harness.openIn(context, id, 'stc'))
    harness.relay.freeze(true)
    await write(page, 'k', ' mới')
    await poll(() => tailsOnDisk(page)).toBe(1)
    const crashed = new Promise((resolve) => page.once('crash', resolve))
    const cdp = await context.newCDPSession(page)
    // Never answered: who should answer has crashed.
    cdp.send('Page.crash').catch(() => {})
    await crashed
    await context.close()
    harness.relay.freeze(false)

    const next = await harness.profile(place)
    const stranger = await ready(await harness.openIn(next, id, 'snv'))
    expect(await stranger.textContent('[data-id=k]')).toBe('cũ')
    expect(await alertOf(stranger).count()).toBe(0)
    await stranger.close()
    expect(serverText(id)).toEqual(['Mục tiêu', 'cũ'])
    const author = await harness.openIn(next, id, 'stc')
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ mới'])
    await ready(author)
    await next.close()
    await rm(place, { recursive: true, force: true })
  })

  test('two tabs of one person lose neither’s words, and one that lives takes up those of one that dies', async () => {
    const id = newDocument()
    const one = await open(id)
    // Dead without knowing it.
    harness.relay.freeze(true)
    harness.relay.freeze(false)
    await write(one, 'k', ' của thẻ một')
    await poll(() => tailsOnDisk(one)).toBe(1)
    const two = await open(id)
    await write(two, 'a', ' của thẻ hai')
    await poll(() => serverText(id)).toEqual(['Mục tiêu của thẻ hai', 'cũ'])
    await expectSave(two, 'saved')
    // The acknowledgement of the second is not taken for one of the first.
    expect(await tailsOnDisk(two)).toBe(1)
    expect(await two.textContent('[data-id=k]')).toBe('cũ')
    await one.close()
    await poll(() => serverText(id)).toEqual(['Mục tiêu của thẻ hai', 'cũ của thẻ một'])
    await poll(() => tailsOnDisk(two)).toBe(0)
    await two.close()
  })
})

describe('words that cannot be sent', () => {
  test('[B50] who wrote offline finds the text locked, and his words beside it, also after a reload', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.cut({ refuse: true })
    await expectSave(page, 'offline')
    await write(page, 'k', ' viết lúc mất mạng')
    harness.relay.room(id).locked = true
    harness.relay.cut({ refuse: false })
    await poll(() => alertOf(page).textContent()).toContain('Văn bản đã khóa')
    await poll(() => alertOf(page).textContent()).toContain('cũ viết lúc mất mạng')
    expect(await page.textContent('[data-id=k]')).toBe('cũ')
    await page.reload()
    await poll(() => alertOf(page).textContent()).toContain('cũ viết lúc mất mạng')
    expect(await alertOf(page).textContent()).toContain('khoản 1 Điều 1')
    expect(await page.textContent('[data-id=k]')).toBe('cũ')
    // Never sent again by itself, not even after the lock has been lifted.
    harness.relay.room(id).locked = false
    await page.reload()
    await poll(() => alertOf(page).textContent()).toContain('cũ viết lúc mất mạng')
    await alertOf(page)
      .getByRole('button', { name: /Tôi đã xem/ })
      .click()
    await expectSave(page, 'saved')
    await page.reload()
    await ready(page)
    expect(await alertOf(page).count()).toBe(0)
    expect(serverText(id)).toEqual(['Mục tiêu', 'cũ'])
    await page.close()
  })

  test('[B03] [B04] [B52] a document that begins anew takes nothing from the old one; the words are there to copy', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.cut({ refuse: true })
    await expectSave(page, 'offline')
    await write(page, 'k', ' mới')
    harness.restart(id, 'e2', [
      clause('a', 'article', 'Mục tiêu'),
      clause('k', 'paragraph', 'bản khác'),
    ])
    harness.relay.cut({ refuse: false })
    await poll(() => page.textContent('[data-id=k]')).toBe('bản khác')
    await poll(() => alertOf(page).locator('dd').allTextContents()).toEqual(['cũ mới', 'bản khác'])
    expect(harness.relay.room(id).changes).toBe(1)
    await page.reload()
    await poll(() => alertOf(page).locator('dd').allTextContents()).toEqual(['cũ mới', 'bản khác'])
    await alertOf(page)
      .getByRole('button', { name: /Tôi đã xem/ })
      .click()
    await expectSave(page, 'saved')
    await poll(() => tailsOnDisk(page)).toBe(0)
    expect(serverText(id)).toEqual(['Mục tiêu', 'bản khác'])
    await page.close()
  })
})

describe('marks', () => {
  test('[P04] only the clause with unconfirmed words has a mark, said in words, and it goes with them', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.room(id).mute = true
    await write(page, 'k', ' mới')
    const marks = page.locator('[data-unsent]')
    await poll(() => marks.count()).toBe(1)
    expect(await marks.getAttribute('aria-label')).toBe(
      'Lời văn của bạn chưa lưu lên máy chủ: khoản 1 Điều 1',
    )
    harness.relay.room(id).mute = false
    await write(page, 'k', '!')
    await poll(() => marks.count()).toBe(0)
    await expectSave(page, 'saved')
    await page.close()
  })
})

describe('an outage', () => {
  test('[B54] is one calm sentence with a count, asks nobody to reload, and ends by itself', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.cut({ refuse: true })
    await expectSave(page, 'offline')
    for (const words of [' một', ' hai', ' ba']) await write(page, 'k', words)
    await poll(() => page.textContent('header')).toContain(
      '3 thay đổi chưa gửi đang giữ trên máy này và sẽ tự gửi khi có mạng lại.',
    )
    expect(await page.textContent('header')).toContain('Ngoại tuyến – giữ trên máy này')
    expect(await page.textContent('body')).not.toMatch(/tải lại/i)
    expect(await alertOf(page).count()).toBe(0)
    harness.relay.cut({ refuse: false })
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ một hai ba'])
    await expectSave(page, 'saved')
    await page.close()
  })

  test('a server that says it restarts is not called a lost connection', async () => {
    const id = newDocument()
    const page = await open(id)
    harness.relay.notify(id, { type: 'going-away' })
    harness.relay.cut({ refuse: true })
    await poll(() => page.textContent('header')).toContain('Máy chủ đang khởi động lại')
    expect(await page.textContent('header')).not.toContain('mất kết nối')
    harness.relay.cut({ refuse: false })
    await expectSave(page, 'saved')
    await page.close()
  })

  test('a browser that keeps nothing is never said to keep the words', async () => {
    const id = newDocument()
    const context = await harness.context()
    await context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { value: undefined })
    })
    const page = await ready(await harness.openIn(context, id, 'stc'))
    harness.relay.cut({ refuse: true })
    await expectSave(page, 'offline')
    await write(page, 'k', ' mới')
    await poll(() => page.textContent('header')).toContain('đừng đóng trang')
    expect(await page.textContent('header')).not.toContain('giữ trên máy này')
    expect(await page.textContent('[data-save]')).toBe('Chưa lưu được')
    harness.relay.cut({ refuse: false })
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ mới'])
    await expectSave(page, 'saved')
    await context.close()
  })

  test('[B45] a dead connection that looks open is noticed within 35 s, and one comes back with the network', async () => {
    const id = newDocument()
    const context = await harness.context()
    await context.clock.install()
    const page = await ready(await harness.openIn(context, id, 'stc'))
    harness.relay.freeze(true)
    await write(page, 'k', ' mới')
    expect(await saveState(page)).toBe('saving')
    await page.clock.fastForward(34_000)
    await expectSave(page, 'offline')
    harness.relay.freeze(false)
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await poll(() => serverText(id)).toEqual(['Mục tiêu', 'cũ mới'])
    await expectSave(page, 'saved')
    await context.close()
  })
})
