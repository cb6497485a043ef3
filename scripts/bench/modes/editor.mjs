// The page itself, in Chromium, beside what Tiptap and y-websocket give with nothing added.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../../prepare.mjs'
import { cookieOf, startBrowser } from '../browser.mjs'
import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, percentile, settle } from '../during.mjs'
import { hundredArticles, twoHundredPages } from '../editor/editorText.mjs'
import { observePage } from '../editor/observePage.mjs'
import { servePlainPage } from '../editor/plainServer.mjs'
import { topOf } from '../topOfProfile.mjs'
import { pause, until } from '../until.mjs'

const WRITERS = 10
const KEYS = 120
const KEY_EVERY_MS = 90
/** Letters that have a key of their own: the input method is not what is measured. */
const TYPED = 'cac co quan thanh vien '

export const editorPage = {
  name: 'editor',
  title: 'The page in a browser',
  about: `Chromium without a GPU, 60 frames a second. One person types ${KEYS} keys at ${Math.round(1000 / KEY_EVERY_MS)} a second while ${WRITERS} others type 2 letters a second each. A key's work: from the key event until the page has done with it, and the frame that shows it, without the wait for the display's turn; whole: with it. From the other's key stroke to the frame that shows it; from following a link to the first frame with words (second visit, cache warm). JavaScript in kB of gzip: to sign in, and what the editor adds. The other page is Tiptap with text and three marks on y-websocket and @y/websocket-server: no numbering, comments, presence, ids, saved states, nor a disk behind it.`,
  servers: ['ours', 'yws'],
  main: 'workP95',
  columns: [
    { key: 'workP50', label: 'work of a key p50 ms', digits: 1 },
    { key: 'workP95', label: 'work of a key p95 ms', digits: 1 },
    { key: 'wholeP95', label: 'key to frame p95 ms', digits: 1 },
    { key: 'remoteP95', label: 'other’s key to frame p95 ms', digits: 1 },
    { key: 'openMs', label: 'open ms', digits: 0 },
    { key: 'signInKb', label: 'JS to sign in kB', digits: 0 },
    { key: 'editorKb', label: 'JS of the editor kB', digits: 0 },
  ],
  variants: [
    { key: '100', label: '100 Điều', text: hundredArticles },
    { key: '200p', label: '200 pages', text: twoHundredPages },
  ],

  async measure(world, name, { key, text }) {
    const data = await world.covenantWith(key, text)
    const server = await world.start(name, data.folders[name])
    const browser = await startBrowser()
    let crowd = null
    let plain = null
    try {
      crowd = await Crowd.open(
        name,
        doorsOf(server, data, { clients: WRITERS, writers: WRITERS }),
        {
          base: data.state,
        },
      )
      crowd.givePens(WRITERS, data.state)
      plain = name === 'ours' ? null : await servePlainPage()
      const url = plain
        ? `${plain.url}/#${encodeURIComponent(`${server.url.replace('http', 'ws')}|${data.ids[0]}`)}`
        : `${server.url}/bloc/${data.blocId}/covenant`
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      await context.addInitScript(observePage)
      const signInKb = plain ? Number.NaN : await firstPageKb(server.url)
      if (!plain) await context.addCookies([cookieOf(data.cookies.at(0), server.url)])
      const first = await visit(context, url)
      await settle(server)
      const { page, openMs } = await visit(context, url, true)
      const stopProfile = await profilePage(page, name)
      const stopTrace = await tracePage(browser)
      const window = await during(server, () => typeAmong(page, crowd))
      await stopTrace()
      await stopProfile()
      return {
        ...window.value,
        openMs,
        signInKb,
        editorKb: plain ? first.kb : first.kb - signInKb,
        generator: window.generator,
      }
    } finally {
      crowd?.end()
      plain?.close()
      await browser.close()
      await server.stop()
    }
  },
}

const gzipKb = (bytes) => gzipSync(bytes, { level: 9 }).length / 1000

/** Scripts that have to be there before anybody can sign in. */
async function firstPageKb(url) {
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text()
  const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)]
  const sizes = scripts.map(async ([, at]) => gzipKb(await (await fetch(url + at)).text()))
  return (await Promise.all(sizes)).reduce((sum, kb) => sum + kb, 0)
}

/**
 * Follows a link in a new tab and waits until words can be read.
 * @param stay whether the tab stays open
 * @returns kB of gzip of all scripts that came, and ms until words could be read
 */
async function visit(context, url, stay = false) {
  const page = await context.newPage()
  const scripts = []
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.body())
  })
  await page.goto(url)
  await page.waitForFunction(() => window.bench.readableAt !== null)
  const openMs = await page.evaluate(() => window.bench.readableAt)
  const kb = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipKb(body), 0)
  if (!stay) await page.close()
  return { page, openMs, kb }
}

/** With PROFILE=1 notes where the page's time goes. @returns ends it */
async function profilePage(page, name) {
  if (process.env.PROFILE !== '1') return async () => {}
  const session = await page.context().newCDPSession(page)
  await session.send('Profiler.enable')
  await session.send('Profiler.start')
  return async () => {
    const { profile } = await session.send('Profiler.stop')
    const folder = path.join(ROOT, '.cache/bench-profiles')
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `page-${name}.cpuprofile`), JSON.stringify(profile))
    console.log(`the page of ${name}:\n${topOf(profile, 14).join('\n')}`)
  }
}

/** With PROFILE=1 adds up what the browser itself does between the scripts. @returns ends it and says so */
async function tracePage(browser) {
  if (process.env.PROFILE !== '1') return async () => {}
  const session = await browser.newBrowserCDPSession()
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
    },
  })
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done))
    await session.send('Tracing.end')
    await complete
    const sums = new Map()
    for (const { name: kind, args, dur = 0 } of events) {
      const name = [kind, args.data?.type].filter(Boolean).join(' ')
      const sum = sums.get(name) ?? { ms: 0, times: 0 }
      sums.set(name, { ms: sum.ms + dur / 1000, times: sum.times + 1 })
    }
    const top = [...sums].sort(([, one], [, other]) => other.ms - one.ms).slice(0, 24)
    for (const [name, { ms, times }] of top)
      console.log(`  ${ms.toFixed(0).padStart(7)} ms ${String(times).padStart(6)} × ${name}`)
  }
}

async function typeAmong(page, crowd) {
  const pens = crowd.pens
  await page.evaluate((count) => window.bench.start(count), WRITERS)
  await page.evaluate((block) => window.bench.sit(block), WRITERS + 5)
  const began = pens.map(({ clock }) => clock)
  const others = crowd.type(2, (KEYS * KEY_EVERY_MS) / 1000)
  for (let i = 0; i < KEYS; i += 1) {
    const due = performance.now() + KEY_EVERY_MS
    await page.keyboard.press(TYPED[i % TYPED.length])
    await pause(Math.max(0, due - performance.now()))
  }
  await others
  const painted = () => page.evaluate(() => window.bench.letters.length)
  const written = pens.reduce((sum, { clock }, i) => sum + clock - began[i], 0)
  await until(async () => (await painted()) >= written, 'all letters on the page')
  const { keys, letters } = await page.evaluate(() => ({ ...window.bench }))
  const sorted = (values) => values.sort((a, b) => a - b)
  const took = sorted(
    letters.map(([pen, n, at]) => at - performance.timeOrigin - pens[pen].sentAt[began[pen] + n]),
  )
  const work = sorted(keys.map((key) => key.work))
  return {
    workP50: percentile(work, 0.5),
    workP95: percentile(work, 0.95),
    wholeP95: percentile(sorted(keys.map((key) => key.whole)), 0.95),
    remoteP95: percentile(took, 0.95),
  }
}
