// Starts one of the servers under measurement as a child process and tells how to speak to it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { onPath, ROOT } from '../prepare.mjs'
import { installPeer } from './peers.mjs'

const PREPARE = {
  ours: async () => ({
    file: path.join(ROOT, 'dist/server/main.js'),
    says: 'built server, SQLite WAL synchronous=FULL, session cookies, roles, phase fence',
  }),
  yws: async () => ({
    file: await installPeer('yws'),
    says: '@y/websocket-server 0.1.5 (yjs 14.0.0-16), in memory',
  }),
  hocuspocus: async () => ({
    file: await installPeer('hocuspocus'),
    says: '@hocuspocus/server 4.7.0 + extension-sqlite 4.7.0, defaults',
  }),
  relay: async () => ({
    file: path.join(ROOT, 'scripts/bench/relayServer.mjs'),
    says: 'raw relay on ws: no state, nothing stored',
  }),
}
export const SERVERS = Object.keys(PREPARE)

export const prepareServer = (name) => PREPARE[name]()

/** Server on one core, load on another, where there are two and the machine lets us. */
export const pins = os.cpus().length > 1 && onPath('taskset')

export async function startServer(name, file) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `nhat-tri-bench-${name}-`))
  const usage = new URL('./reportUsage.mjs', import.meta.url).href
  const node = [process.execPath, '--import', usage, file]
  const [command, ...args] = pins ? ['taskset', '-c', '0', ...node] : node
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      BENCH_REPORTS: '1',
      BENCH_FILE: path.join(folder, 'peer.sqlite'),
      DATA_DIR: folder,
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      DEMO: '1',
    },
  })
  const port = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /listening on (?:http:\/\/[^:]+:)?(\d+)/.exec(line) ?? []
      if (found) resolve(Number(found))
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    usage: () =>
      new Promise((resolve) => {
        child.once('message', resolve)
        child.send('usage')
      }),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
