import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CrashBench, openCrashBench } from './crashBench.ts'
import { judgeFolder } from './judgeFolder.ts'
import { noTrace } from './strace.ts'

/** Points of each deed, of each kind of call; the long size takes every one there is. */
const POINTS = process.env.SOAK ? Number.POSITIVE_INFINITY : 15
/** At which the process may be killed: whatever changes a file or makes it last. */
const CALLS = ['pwrite64', 'fdatasync', 'fsync', 'ftruncate', 'rename', 'unlink']
/** Only files of their own are written otherwise; elsewhere these are sockets. */
const callsOf = (deed: string) => (deed === 'blob' ? [...CALLS, 'write'] : CALLS)
const DEEDS = ['update', 'lock', 'compaction', 'blob']

let bench: CrashBench
beforeAll(async () => {
  if (!noTrace) bench = await openCrashBench()
}, 120_000)
afterAll(() => bench?.close())

/** How often a thread makes each of these calls in an undisturbed run. */
async function countCalls(deed: string): Promise<Map<string, number>> {
  const folder = bench.copy()
  const trace = path.join(folder, 'trace')
  const all = callsOf(deed).join(',')
  const { finished } = await bench.run(folder, [deed], ['-o', trace, '-e', `trace=${all}`], 'deeds')
  expect(finished).toBe(true)
  const counts = new Map<string, number>()
  for (const [, pid, call] of readFileSync(trace, 'utf8').matchAll(/^(\d+) +(\w+)\(/gm)) {
    const key = `${pid} ${call}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  rmSync(folder, { recursive: true })
  const most = new Map<string, number>()
  for (const [key, count] of counts) {
    const call = key.split(' ')[1] ?? ''
    most.set(call, Math.max(most.get(call) ?? 0, count))
  }
  return most
}

/** So many of 1 … last, evenly, the first and the last among them. */
const spread = (last: number, points: number) =>
  last <= points
    ? Array.from({ length: last }, (_, i) => i + 1)
    : Array.from({ length: points }, (_, i) => 1 + Math.round((i * (last - 1)) / (points - 1)))

describe.skipIf(noTrace !== null)(
  `[B28][B31] killed at the n-th write${noTrace ? ` (skipped: ${noTrace})` : ''}`,
  () => {
    test.each(DEEDS)(
      '%s: whatever was promised or seen is there, and nothing is half done',
      async (deed) => {
        const most = await countCalls(deed)
        const points = [...most].flatMap(([call, last]) =>
          spread(last, Math.max(2, Math.ceil((POINTS * last) / sum(most.values())))).map((nth) => ({
            call,
            nth,
          })),
        )
        const wrong: string[] = []
        let killed = 0
        const work = async () => {
          for (let point = points.shift(); point; point = points.shift()) {
            const { call, nth } = point
            const folder = bench.copy()
            const kill = `inject=${call}:signal=SIGKILL:when=${nth}`
            const { lines, finished } = await bench.run(
              folder,
              [deed],
              ['-e', `trace=${call}`, '-e', kill],
              'deeds',
            )
            if (!finished) killed += 1
            for (const one of await judgeFolder(folder, lines)) wrong.push(`${call} ${nth}: ${one}`)
            rmSync(folder, { recursive: true })
          }
        }
        await Promise.all([work(), work()])
        expect(wrong).toEqual([])
        expect(killed).toBeGreaterThanOrEqual(Math.min(POINTS, sum(most.values())) * 0.8)
      },
      process.env.SOAK ? 3_600_000 : 300_000,
    )
  },
)

const sum = (numbers: Iterable<number>) => [...numbers].reduce((a, b) => a + b, 0)
