import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = path.resolve(import.meta.dirname, '../..')
const READY_MS = 60_000

export type SpawnedServer = {
  process: ChildProcess
  url: string
  /** Address for the stock `WebsocketProvider`. */
  syncUrl: string
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
  /** What it has printed so far, line by line. */
  said: readonly string[]
  /** @returns the session cookie */
  signIn(account: string): Promise<string>
  /** Ends it at once, as a crash would: no handler of it runs. */
  kill9(): Promise<void>
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>
}

/**
 * The real server as a process of its own, on a free port.
 * @param built from `dist/`, which starts sooner, and not from the source
 * @throws when it ends before it listens
 */
export async function spawnServer(
  dataDir: string,
  { built = false, logLevel = 'error' }: { built?: boolean; logLevel?: string } = {},
): Promise<SpawnedServer> {
  const entry = built ? ['dist/server/main.js'] : ['--import', 'tsx', 'server/main.ts']
  const child = spawn(process.execPath, entry, {
    cwd: ROOT,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: logLevel,
      DEMO: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => said.push(line))
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => fail('did not listen in time'), READY_MS)
    const fail = (why: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the server ${why}:\n${said.join('\n')}`))
    }
    child.once('exit', (code) => fail(`ended with ${code}`))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, address] = /listening on (http:\/\/\S+)/.exec(line) ?? []
      if (!address) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve(address)
    })
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return {
    process: child,
    ended,
    url,
    said,
    syncUrl: `${url.replace(/^http/, 'ws')}/sync`,
    async signIn(account) {
      const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account, password: 'nhat-tri-demo' }),
      })
      if (answer.status >= 300) throw new Error(`sign-in of ${account}: ${answer.status}`)
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    },
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
