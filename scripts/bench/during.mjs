// What a server uses while something is done to it.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../prepare.mjs'
import { topOf } from './topOfProfile.mjs'
import { pause } from './until.mjs'

/** The load generator is the bottleneck when its event loop is so busy: latencies are its own then. */
export const SATURATED = 0.9

/**
 * @param label names the profile that is taken of ours with PROFILE=1; none is taken without a label
 * @returns what `work` resolved with, the server's CPU in µs, its memory in MiB, and how busy the generator was,
 * 0 to 1, the time included in which it waited for its core
 */
export async function during(server, work, label = null) {
  const profiles = label !== null && process.env.PROFILE === '1' && server.name === 'ours'
  if (profiles) await server.profile()
  const before = await server.usage()
  server.forgetPeak()
  const own = performance.eventLoopUtilization()
  const started = performance.now()
  const value = await work()
  const wallMs = performance.now() - started
  const generator = performance.eventLoopUtilization(own).utilization
  const after = await server.usage()
  const peak = server.peak() ?? after.rss
  if (profiles) await keepProfile(server, label)
  const mib = (bytes) => bytes / 2 ** 20
  return {
    value,
    wallMs,
    cpuUs: after.cpuUs - before.cpuUs,
    rssMiB: mib(after.rss),
    riseMiB: mib(after.rss - before.rss),
    peakRiseMiB: mib(Math.max(0, peak - before.rss)),
    generator,
  }
}

async function keepProfile(server, label) {
  const profile = await server.profiled()
  const folder = path.join(ROOT, '.cache/bench-profiles')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, `${label}.cpuprofile`), JSON.stringify(profile))
  console.log(`main thread of ours, ${label}:\n${topOf(profile, 14).join('\n')}`)
}

/** Waits until the server has nothing left to do: whatever it does behind is not what comes next. */
export async function settle(server) {
  const started = performance.now()
  for (let before = await server.usage(); performance.now() - started < 30_000; ) {
    await pause(400)
    const now = await server.usage()
    if (now.cpuUs - before.cpuUs < 12_000) return
    before = now
  }
}

/** @param sorted ascending; NaN when empty */
export const percentile = (sorted, share) =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
