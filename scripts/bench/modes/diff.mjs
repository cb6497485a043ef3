// The history of a text in which much has changed: how long until it can be read.
import * as Y from 'yjs'
import { cookieOf, startBrowser } from '../browser.mjs'
import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, settle } from '../during.mjs'
import { hundredArticles } from '../editor/editorText.mjs'
import { until } from '../until.mjs'

const CHANGES = 500
const WORDS_A_CLAUSE = 2

export const changes = {
  name: 'diff',
  title: 'History: what has changed since a version',
  about: `The covenant with a hundred Điều behind it is kept under a name, then ${CHANGES} words are put in, ${WORDS_A_CLAUSE} a clause. Answer: the server reads both texts, finds what has changed and who did it, the first time it is asked; again: the second time. Painted: from the key that opens the history until a frame shows all changes, in Chromium without a GPU; scripts of that part of the program are fetched meanwhile.`,
  servers: ['ours'],
  main: 'answerMs',
  columns: [
    { key: 'answerMs', label: 'answer ms', digits: 0 },
    { key: 'againMs', label: 'again ms', digits: 0 },
    { key: 'paintedMs', label: 'painted ms', digits: 0 },
  ],
  variants: [{ key: '500', label: `${CHANGES} changes` }],

  async measure(world, name) {
    const data = await world.covenantWith('100', hundredArticles)
    const server = await world.start(name, data.folders[name])
    const browser = await startBrowser()
    let crowd = null
    try {
      const cookie = data.cookies.at(0)
      const ask = asker(server.url, cookie)
      const versions = `/api/documents/${data.ids[0]}/versions`
      const { id } = await ask('POST', versions, { name: 'Bench' })
      crowd = await Crowd.open(name, doorsOf(server, data, { clients: 1, writers: 1 }), {
        base: data.state,
      })
      await change(crowd.clients[0], data.state)
      await settle(server)
      const window = await during(
        server,
        async () => {
          const query = `/api/documents/${data.ids[0]}/diff?from=${id}&to=now`
          const answerMs = await timed(() => ask('GET', query))
          const againMs = await timed(() => ask('GET', query))
          return { answerMs, againMs, paintedMs: await paint(browser, server, data) }
        },
        'diff',
      )
      return { ...window.value, generator: window.generator }
    } finally {
      crowd?.end()
      await browser.close()
      await server.stop()
    }
  },
}

const asker = (url, cookie) => async (method, at, body) => {
  const answer = await fetch(url + at, {
    method,
    headers: { cookie, origin: url, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${at} answered ${answer.status}`)
  return answer.json()
}

async function timed(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Puts words into the long clauses, away from each other, and waits until they are on disk. */
async function change(client, state) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  doc.clientID = client.clientId
  const before = Y.encodeStateVector(doc)
  const texts = doc
    .getXmlFragment('body')
    .toArray()
    .filter((block) => block.nodeName === 'clause')
    .map((clause) => clause.get(0))
    .filter((text) => text instanceof Y.XmlText && text.length > 100)
  const wanted = texts.slice(0, CHANGES / WORDS_A_CLAUSE)
  if (wanted.length * WORDS_A_CLAUSE !== CHANGES) throw new Error('too few clauses to change')
  doc.transact(() => {
    for (const text of wanted)
      for (const share of [0.7, 0.3]) {
        const blank = text.toString().indexOf(' ', Math.floor(text.length * share))
        text.insert(blank, ' mới')
      }
  })
  client.ackLatencies = []
  client.sendUpdate(Y.encodeStateAsUpdate(doc, before))
  await until(() => client.ackLatencies.length > 0, 'the changes to be stored')
}

async function paint(browser, server, data) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([cookieOf(data.cookies.at(0), server.url)])
  const page = await context.newPage()
  await page.goto(`${server.url}/bloc/${data.blocId}/covenant`)
  await page.waitForSelector('[data-save=saved]')
  await settle(server)
  await page.evaluate((count) => {
    window.painted = new Promise((resolve) => {
      let began = null
      addEventListener(
        'keydown',
        () => {
          began ??= performance.now()
        },
        { capture: true },
      )
      const look = new MutationObserver(() => {
        if (document.querySelectorAll('[role=dialog] ins[data-change]').length < count) return
        look.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      })
      look.observe(document, { childList: true, subtree: true })
    })
  }, CHANGES)
  await page.keyboard.press('Control+Alt+Shift+h')
  const paintedMs = await page.evaluate(() => window.painted)
  await context.close()
  return paintedMs
}
