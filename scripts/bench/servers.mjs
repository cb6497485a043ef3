// Starts one of the servers under measurement as a child process and tells how to speak to it.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { ROOT } from '../prepare.mjs'
import { pins } from './machine.mjs'
import { installPeer } from './peers.mjs'

/** What `npm start` gives Node. */
const FLAGS = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
  .scripts.start.split(' ')
  .filter((word) => word.startsWith('--'))

const PREPARE = {
  ours: async () => ({
    file: path.join(ROOT, 'dist/server/main.js'),
    says: `built server (node ${FLAGS.join(' ')}), SQLite WAL synchronous=FULL, session cookies, roles, phase fence`,
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
/** The ones somebody would use instead; the relay only shows what the sockets alone cost. */
export const PEERS = ['yws', 'hocuspocus']

export const prepareServer = (name) => PREPARE[name]()

/** Servers that still run, and would outlive a bench that is broken off. */
const running = new Map()
process.on('exit', () => {
  for (const [child, folder] of running) {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})
/** Ends what hangs: whoever waits for one of them is told that it is gone. */
export function endServers() {
  for (const child of running.keys()) child.kill('SIGKILL')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

/** @param template a folder that its data begins as a copy of */
export async function startServer(name, file, template = null) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `nhat-tri-bench-${name}-`))
  if (template) cpSync(template, folder, { recursive: true })
  const usage = new URL('./reportUsage.mjs', import.meta.url).href
  const flags = name === 'ours' ? FLAGS : []
  const node = [process.execPath, ...flags, '--import', usage, file]
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
  running.set(child, folder)
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() =>
    running.delete(child),
  )
  const port = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /listening on (?:http:\/\/[^:]+:)?(\d+)/.exec(line) ?? []
      if (found) resolve(Number(found))
    })
  })
  const ask = (what) =>
    new Promise((resolve, reject) => {
      child.once('message', resolve)
      void ended.then(() => reject(new Error(`${name} is gone`)))
      child.send(what, (cause) => cause && reject(cause))
    })
  return {
    name,
    folder,
    url: `http://127.0.0.1:${port}`,
    usage: () => ask('usage'),
    profile: () => ask('profile'),
    profiled: () => ask('profiled'),
    /** The most memory it has held since {@link forgetPeak}, in bytes; null where the system does not say. */
    peak() {
      try {
        const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
        return Number(kib) * 1024
      } catch {
        return null
      }
    },
    forgetPeak() {
      try {
        writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
      } catch {
        // Not Linux, or not allowed: peak() counts from the start then.
      }
    },
    /** As an operator would: it writes what it has to and goes. Its folder stays. */
    async leave() {
      child.kill('SIGTERM')
      await ended
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
