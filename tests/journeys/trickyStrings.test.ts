import { expect, test } from 'vitest'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { clause } from '../support/builders.ts'
import { here, newBlock } from '../support/deskKeys.ts'
import { end, poll, startJourney } from '../support/journey.ts'
import { vietnameseKeys, WORDS } from '../support/typing/vietnameseKeys.ts'

const journey = startJourney()
const bytes = (hex: string) =>
  String.fromCharCode(...hex.split(' ').map((one) => Number.parseInt(one, 16)))

/** Section 7 of the notes on Vietnamese text; behind a dash, for a number at the start of a line is a level. */
const STRINGS: readonly string[] = [
  'Tie\u0302\u0301ng Vie\u0323\u0302t',
  'Vi\u00ea\u0323t',
  'u\u0323\u031b',
  'UỶ BAN NHÂN DÂN, hoà, quý, hoàn',
  'Điều 5 Đẩy mạnh',
  bytes('42 B6 6E 20 67 69 61 6F 20 AD ED 63 20 74 68 69 20 AE 75 61'),
  bytes('F1 79 20 62 61 6E 20 6E 68 A9 6E 20 64 A9 6E'),
  'Ñieàu 1. Phaïm vi ñieàu chænh',
  'đa, dạ, da, đá, ơ, ô, o, tạ, tá, tã, tả, tà, ta, tă, tâ',
  'việt',
].map((text) => `– ${text}`)

test('the ten tricky strings, typed and pasted, undone and redone, are the same words after a reload, in /clauses and in the hash', async () => {
  const mine = await journey.desk('stc.officer', { kind: 'plan' })
  const { page, context } = mine
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const text = async () => (await here(page)).text
  // Letters of the old fonts are read anew when they are pasted: tests/journeys/pasteOldLetters.test.ts.
  const ways = (n: number) => (n >= 5 && n <= 7 ? ['typed'] : ['typed', 'pasted'])
  for (const [n, string] of STRINGS.entries())
    for (const way of ways(n)) {
      await newBlock(page, {})
      if (way === 'typed') await page.keyboard.insertText(string)
      else {
        await page.evaluate((words) => navigator.clipboard.writeText(words), string)
        await page.keyboard.press('Control+v')
      }
      await poll(async () => (await text()).normalize('NFC')).toBe(string.normalize('NFC'))
      // What is typed is not written again behind the typist's back; what is pasted comes in composed.
      if (way === 'typed') expect(await text()).toBe(string)
      if (n % 3 !== 0) continue
      await page.keyboard.press('Control+z')
      await poll(text).toBe('')
      await page.keyboard.press('Control+y')
      await poll(async () => (await text()).normalize('NFC')).toBe(string.normalize('NFC'))
    }
  await poll(() => page.getAttribute('[data-save]', 'data-save')).toBe('saved')
  await page.reload()
  await page.waitForSelector('.page-text [data-id]')
  const { id } = await journey.server.documentOf('plan')
  const visitor = await journey.server.signIn('bantdkt.observer')
  type Listed = { clauses: { id: string; text: string; hash: string }[] }
  const { clauses } = (await visitor.call<Listed>('GET', `/api/documents/${id}/clauses`)).body
  const twice = STRINGS.flatMap((string, n) => ways(n).map(() => string))
  const last = clauses.slice(-twice.length)
  expect(last.map((one) => one.text.normalize('NFC'))).toEqual(
    twice.map((string) => string.normalize('NFC')),
  )
  expect(last.map(({ hash }) => hash)).toEqual(
    twice.map((string) => clauseHash(clause('x', 'text', string.normalize('NFC')))),
  )
  const shown = await page.$$eval('.page-text .clause', (all) => all.map((one) => one.textContent))
  expect(shown.slice(-last.length).map((one) => one?.normalize('NFC'))).toEqual(
    twice.map((string) => string.normalize('NFC')),
  )
  await end(mine)
})

test('[B13] [UX-65] words are exact in a comment and in the title too, while others write and comment', async () => {
  const mine = await journey.desk('vpdbqh.officer', { kind: 'covenant' })
  const { page } = mine
  const theirs = await journey.server.signIn('stc.officer')
  const { id } = await journey.server.documentOf('covenant')
  const keys = await vietnameseKeys(page)
  const clauseId = await page.getAttribute('.page-text [data-level=article]', 'data-id')
  let said = 0
  const meanwhile = async () => {
    said += 1
    const thread = { clauseId, body: `Góp ý ${said}`, audience: 'all' }
    expect((await theirs.call('POST', `/api/documents/${id}/threads`, thread)).status).toBe(201)
    await page.getByText(`Góp ý ${said}`, { exact: true }).first().waitFor({ state: 'attached' })
  }
  const write = async (form: 'composed' | 'retyped', word: string) => {
    for (const [index, syllable] of (WORDS[word] ?? []).entries()) {
      if (index > 0) await keys.plain(' ')
      let before = ''
      for (const after of syllable) {
        await keys.step(form, before, after)
        before = after
        if (after.length === 2) await meanwhile()
      }
      await keys.commit(form, before)
    }
    await keys.plain(' ')
  }
  const words = async () => {
    await write('composed', 'khuỷu tay')
    await write('retyped', 'giao ước')
  }
  await page.click(`.page-text [data-id="${clauseId}"]`)
  await page.keyboard.press('Control+Alt+m')
  const comment = page.locator('[data-draft] textarea')
  await comment.waitFor()
  await words()
  expect(await comment.inputValue()).toBe('khuỷu tay giao ước ')
  await page.keyboard.press('Control+Enter')
  await page.getByText('khuỷu tay giao ước').first().waitFor()
  await page.getByRole('button', { name: /^Tên, nơi nhận/ }).click()
  const title = page.getByRole('dialog').getByRole('textbox').first()
  await title.fill('')
  await words()
  expect(await title.inputValue()).toBe('khuỷu tay giao ước ')
  await page.keyboard.press('Escape')
  await end(mine)
})
