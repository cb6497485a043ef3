import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Block } from '../../../shared/clauses/clause.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import type { DocumentKind } from '../../../shared/documents/document.ts'
import { chromiumPath, FLAGS, launchBrowser } from '../browser.ts'
import { miniRelay } from '../miniRelay.ts'

const ROOT = fileURLToPath(new URL('.', import.meta.url))
const COLORS: Record<string, string> = { stc: '#2a4f9c', snv: '#b4581a', vpub: '#7a3e9d' }
const NAMES: Record<string, string> = {
  stc: 'Sở Tài chính',
  snv: 'Sở Nội vụ',
  vpub: 'Văn phòng UBND tỉnh',
}

const userOf = (as: string) => ({
  id: `user${as}`.padEnd(21, '0'),
  name: `Cán bộ ${NAMES[as] ?? as}`,
  agencyId: as,
  agency: NAMES[as] ?? as,
  color: COLORS[as] ?? '#0e5a5a',
})

/**
 * The editor alone on a page, with {@link miniRelay} behind it and real Chromium pages in front.
 * @param mode React's development build mounts everything twice and notes where each element was made, at ten times
 * the price of `production`: for tests of very many keys
 */
export async function startHarness(mode: 'development' | 'production' = 'development') {
  const folder = await mkdtemp(join(tmpdir(), 'editor-harness-'))
  // What Vite goes by when it compiles JSX.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = mode
  await build({
    configFile: false,
    root: ROOT,
    mode,
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    plugins: [react()],
    logLevel: 'error',
    resolve: { dedupe: ['yjs', 'lib0', 'y-protocols', 'react', 'react-dom', 'prosemirror-model'] },
    build: { outDir: folder, emptyOutDir: true, minify: false, target: 'es2022' },
  })
  process.env.NODE_ENV = NODE_ENV
  const kinds = new Map<string, DocumentKind>()
  const server = createServer((request, response) => void answer(request, response))
  const relay = miniRelay(server, userOf)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const browser: Browser = await launchBrowser()

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', origin).pathname
    const as = /(?:^|; )as=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    const json = apiAnswer(path, as, kinds, (id) => relay.room(id).epoch)
    if (json) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(json))
      return
    }
    const file = path === '/' ? '/index.html' : path
    try {
      const bytes = await readFile(join(folder, file))
      if (file !== '/index.html') response.setHeader('cache-control', 'max-age=3600, immutable')
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
      response.end(bytes)
    } catch {
      // Browsers ask for icons that no harness has.
      response.writeHead(404).end()
    }
  }

  const contexts = new Map<string, BrowserContext>()
  async function newContext(as: string) {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await context.addCookies([{ name: 'as', value: as, url: origin }])
    contexts.set(as, context)
    return context
  }

  let documents = 0
  return {
    relay,
    /** A document with these blocks. @returns its id */
    newDocument(blocks: readonly Block[], kind: DocumentKind = 'covenant'): string {
      documents += 1
      const id = `doc${String(documents).padStart(18, '0')}`
      kinds.set(id, kind)
      writeBody(relay.room(id).doc, blocks)
      relay.room(id).changes = 0
      return id
    },
    /** The document begins anew with these blocks. */
    restart(id: string, epoch: string, blocks: readonly Block[]) {
      relay.restart(id, epoch)
      writeBody(relay.room(id).doc, blocks)
    },
    /** A browser of its own with a profile on disk, which outlives it. */
    profile: (place: string) =>
      chromium.launchPersistentContext(place, { executablePath: chromiumPath(), args: FLAGS }),
    context: () => browser.newContext(),
    /** For contexts that the test makes itself. */
    async openIn(context: BrowserContext, id: string, as: string): Promise<Page> {
      await context.addCookies([{ name: 'as', value: as, url: origin }])
      const page = await context.newPage()
      await page.goto(`${origin}/#${id}`)
      return page
    },
    blocks: (id: string) => readBody(relay.room(id).doc),
    async open(id: string, as: string, size = { width: 1440, height: 900 }): Promise<Page> {
      // One profile per person: a warm cache is most of a page's opening time.
      const context = contexts.get(as) ?? (await newContext(as))
      const page = await context.newPage()
      await page.setViewportSize(size)
      page.on('pageerror', (error) => {
        throw error
      })
      await page.goto(`${origin}/#${id}`)
      return page
    },
    async close() {
      await browser.close()
      relay.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true })
    },
  }
}

export type EditorHarness = Awaited<ReturnType<typeof startHarness>>

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

function apiAnswer(
  path: string,
  as: string,
  kinds: ReadonlyMap<string, DocumentKind>,
  epochOf: (id: string) => string,
) {
  const bloc = 'bloc'.padEnd(21, '0')
  if (path === '/api/session') {
    const { id, name } = userOf(as)
    return {
      user: { id, account: `${as}.officer`, name, agencyId: as, role: 'officer' },
      stepUpUntil: null,
    }
  }
  if (path === `/api/blocs/${bloc}`)
    return {
      id: bloc,
      name: 'Khối thi đua',
      shortName: 'Khối',
      year: 2022,
      agencies: Object.entries(NAMES).map(([id, name]) => ({
        id,
        code: id,
        name,
        shortName: name,
        role: 'member',
      })),
      people: [],
      documents: [],
      deputyActsUntil: null,
    }
  // A bloc of one document: nothing refers to it from elsewhere.
  if (path.endsWith('/citations')) return { citations: [] }
  if (path.endsWith('/references')) return { references: [] }
  const id = path.startsWith('/api/documents/') ? path.slice('/api/documents/'.length) : ''
  const kind = kinds.get(id)
  if (!kind) return null
  return {
    id,
    blocId: bloc,
    kind,
    title:
      'BẢN GIAO ƯỚC THI ĐUA\nKhối thi đua các cơ quan tham mưu tổng hợp\ntỉnh Ninh Thuận năm 2022',
    place: 'Ninh Thuận',
    recipients: ['Lưu: VT'],
    signingTitles: {},
    edition: 1,
    epoch: epochOf(id),
    phase: 'drafting',
    revision: 1,
    contentHash: '0'.repeat(64),
    structureHash: '0'.repeat(64),
    schemaVersion: 2,
    agreementPolicy: 'all',
    parties: [],
    signers: [],
    issuer: {
      superior: 'UBND TỈNH NINH THUẬN',
      name: 'KHỐI THI ĐUA CÁC CƠ QUAN THAM MƯU TỔNG HỢP',
    },
    number: null,
    date: '2022-02-28',
    lockedAt: null,
    lastFailure: null,
  }
}
