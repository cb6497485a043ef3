import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { allAgree, crowd } from '../../server/support/people.ts'
import { startTestServer } from '../../support/testServer.ts'
import { attachStrace } from './strace.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
/** How long the child types: enough for all that can happen, or for each of it several times. */
const TURNS = process.env.SOAK ? 24 : 8
const source = (place: string) => path.join(ROOT, place)

/** What the child was promised, in order. */
export type Promises = { lines: string[]; finished: boolean }

export type CrashBench = {
  template: string
  /** A fresh copy of the template. */
  copy(): string
  /**
   * Runs the child in a folder. Strace meddles with it from its first deed on, which is cheaper, or from its start.
   * @param strace its options
   */
  run(
    folder: string,
    steps: readonly string[],
    strace: readonly string[],
    from: 'start' | 'deeds',
  ): Promise<Promises>
  close(): void
}

/** A bundled {@link file://./crashChild.ts} and the data folder it starts from: the sample bloc, all agreed. */
export async function openCrashBench(): Promise<CrashBench> {
  const bundle = mkdtempSync(path.join(ROOT, 'dist', 'crash-'))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    // In one file the child starts in half the time.
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir: bundle,
      target: 'node20',
      rollupOptions: {
        input: {
          crashChild: source('tests/sync/crash/crashChild.ts'),
          sqliteWriter: source('server/platform/sqliteWriter.ts'),
          compactWorker: source('server/sync/compactWorker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  const template = mkdtempSync(path.join(tmpdir(), 'nhat-tri-crash-'))
  const server = await startTestServer({ folder: template })
  await allAgree(crowd(server), (await server.documentOf('covenant')).id)
  await server.close()
  const copies: string[] = []
  return {
    template,
    copy() {
      const folder = mkdtempSync(path.join(tmpdir(), 'nhat-tri-crash-'))
      cpSync(template, folder, { recursive: true })
      copies.push(folder)
      return folder
    },
    async run(folder, steps, strace, from) {
      const args = [path.join(bundle, 'crashChild.js'), folder, String(TURNS), ...steps]
      const traced = from === 'start' ? ['strace', '-f', '-qq', ...strace] : []
      const [program = '', ...rest] = [...traced, process.execPath, ...args]
      const child = spawn(program, rest, {
        stdio: ['pipe', 'pipe', 'pipe'],
        // One thread for files, so that the n-th write of all is the n-th of a thread.
        env: { ...process.env, UV_THREADPOOL_SIZE: '1', NODE_ENV: 'production' },
      })
      let said = ''
      let complaints = ''
      child.stderr.on('data', (data) => (complaints += String(data)))
      const ended = once(child, 'close') as Promise<[number | null, string | null]>
      await new Promise<void>((ready, failed) => {
        child.stdout.on('data', (data) => {
          said += String(data)
          if (said.startsWith('ready\n')) ready()
        })
        void ended.then(() => failed(new Error(`the child did not start: ${complaints}`)))
      })
      if (from === 'deeds') await attachStrace(child.pid ?? 0, strace)
      child.stdin.end('go\n')
      const [code, signal] = await ended
      const finished = said.endsWith('done\n')
      if (!finished && signal !== 'SIGKILL')
        throw new Error(`the child ended with ${code ?? signal}: ${complaints}`)
      return { lines: said.split('\n').slice(1, -1), finished }
    },
    close() {
      for (const folder of [bundle, template, ...copies])
        rmSync(folder, { recursive: true, force: true })
    },
  }
}
