// What the figures were taken on, and where the processes run.
import { spawnSync } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onPath } from '../prepare.mjs'

/** Server on one core, load on another, where there are two and the machine lets us. */
export const pins = os.cpus().length > 1 && onPath('taskset')

/** Keeps this process, which makes the load, off the server's core. */
export function pinGenerator() {
  if (pins) spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)])
}

/** What one fsync of 4 KiB takes where the servers keep their data, in ms. */
export function measureFsync(calls = 100) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nhat-tri-bench-fsync-'))
  const file = openSync(path.join(folder, 'file'), 'w')
  const block = Buffer.alloc(4096, 1)
  const took = []
  for (let i = 0; i < calls; i += 1) {
    writeSync(file, block)
    const started = performance.now()
    fdatasyncSync(file)
    took.push(performance.now() - started)
  }
  closeSync(file)
  rmSync(folder, { recursive: true, force: true })
  took.sort((a, b) => a - b)
  return { p50: took[Math.floor(0.5 * calls)], p95: took[Math.floor(0.95 * calls)] }
}

export const loadNow = () => os.loadavg()[0]

export const describeMachine = () => ({
  node: process.version,
  cpu: `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown'}`,
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.type()} ${os.release()}`,
  pinned: pins ? 'server on core 0, load on core 1' : 'no',
})
