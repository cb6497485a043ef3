import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, createApp, type ServeClient } from '../../server/app.ts'
import { openPlatform } from '../../server/openPlatform.ts'
import { type Config, DEFAULT_DEMO_PASSWORD } from '../../server/platform/config.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { seedSample } from '../../server/sample/seedSample.ts'
import type { BlocView, DocumentView } from '../../shared/documents/api.ts'
import type { DocumentKind } from '../../shared/documents/document.ts'

export type Answer<T = Record<string, unknown>> = { status: number; headers: Headers; body: T }

/** A signed-in script: a cookie and no browser. */
export type Visitor = {
  cookie: string
  call<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<Answer<T>>
  /** Proves the password again, as lock, seal and signatures ask. */
  stepUp(): Promise<void>
}

export type TestServer = {
  app: App
  platform: Platform
  folder: string
  url: string
  /** Address for the stock `WebsocketProvider`. */
  syncUrl: string
  blocId: string
  /** Moves the server's clock; it otherwise runs with the machine's. */
  advanceClock(ms: number): void
  visitor(cookie?: string): Visitor
  signIn(account: string, password?: string): Promise<Visitor>
  documentOf(kind: DocumentKind): Promise<DocumentView>
  close(): Promise<void>
}

const noClient: ServeClient = async () => {}

/** The real server with the sample bloc, on a port and a folder of its own. */
export async function startTestServer(
  options: { config?: Partial<Config>; serveClient?: ServeClient; folder?: string } = {},
): Promise<TestServer> {
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), 'nhat-tri-')))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: folder,
    publicUrl: null,
    trustProxy: 0,
    demo: true,
    demoPassword: DEFAULT_DEMO_PASSWORD,
    logLevel: 'silent',
    mail: null,
    ...options.config,
  }
  const opened = await openPlatform(config, () => {
    throw new Error('the writer thread died')
  })
  let offset = 0
  const platform: Platform = { ...opened.platform, clock: () => Date.now() + offset }
  if (config.demo) await seedSample(platform)
  const app = await createApp(platform, options.serveClient ?? noClient, {
    digestsEveryMs: null,
  })
  const port = await app.listen()
  const url = `http://127.0.0.1:${port}`

  const visitor = (cookie = ''): Visitor => ({
    cookie,
    async call(method, place, body) {
      const response = await fetch(url + place, {
        method,
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      return {
        status: response.status,
        headers: response.headers,
        body: (isJson ? JSON.parse(text) : text) as never,
      }
    },
    async stepUp() {
      const answer = await this.call('POST', '/api/session/step-up', {
        password: config.demoPassword,
      })
      if (answer.status !== 200) throw new Error(`step-up answered ${answer.status}`)
    },
  })
  const signIn = async (account: string, password = config.demoPassword) => {
    const answer = await visitor().call('POST', '/api/session', { account, password })
    if (answer.status !== 201) throw new Error(`sign-in of ${account} answered ${answer.status}`)
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
    return visitor(cookie.join('; '))
  }
  const bloc = await platform.database.read.selectFrom('bloc').select('id').executeTakeFirst()
  return {
    app,
    platform,
    folder,
    url,
    syncUrl: `ws://127.0.0.1:${port}/sync`,
    blocId: bloc?.id ?? '',
    advanceClock(ms) {
      offset += ms
    },
    visitor,
    signIn,
    async documentOf(kind) {
      const reader = await signIn('bantdkt.observer')
      const { body } = await reader.call<BlocView>('GET', `/api/blocs/${bloc?.id}`)
      const id = body.documents.find((document) => document.kind === kind)?.id
      return (await reader.call<DocumentView>('GET', `/api/documents/${id}`)).body
    },
    async close() {
      await app.close()
      await opened.close()
      if (!options.folder) await rm(folder, { recursive: true, force: true })
    },
  }
}
