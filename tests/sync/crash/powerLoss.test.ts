import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../../support/seeded.ts'
import { type CrashBench, openCrashBench } from './crashBench.ts'
import { judgeFolder } from './judgeFolder.ts'
import { PowerCut, type Survives } from './PowerCut.ts'
import { type Call, readTrace, TRACE_OPTIONS } from './readTrace.ts'
import { noTrace } from './strace.ts'

const IMAGES = process.env.SOAK ? 1_000 : 20
const SEED = Number(process.env.SEED ?? 20_251)

let bench: CrashBench
let folder: string
let image: string
let calls: Call[]

beforeAll(async () => {
  if (noTrace) return
  bench = await openCrashBench()
  image = mkdtempSync(path.join(tmpdir(), 'nhat-tri-image-'))
  folder = bench.copy()
  const trace = path.join(image, 'trace')
  const deeds = ['update', 'blob', 'compaction', 'lock']
  const { finished } = await bench.run(folder, deeds, ['-o', trace, ...TRACE_OPTIONS], 'start')
  expect(finished).toBe(true)
  calls = readTrace(trace)
}, 120_000)
afterAll(() => {
  if (noTrace) return
  bench.close()
  rmSync(image, { recursive: true })
})

/** Cuts the power at so many moments. @returns what was wrong then, and how much had been promised at the last cut */
async function cut(images: number, syncs: boolean) {
  const chance = seeded(SEED)
  const moments = Array.from({ length: images }, () => chance.below(calls.length)).sort(
    (a, b) => a - b,
  )
  const disk = new PowerCut(folder, bench.template)
  const wrong: string[] = []
  const promised: string[] = []
  let next = 0
  for (const [i, call] of calls.entries()) {
    for (; moments[next] === i; next += 1) {
      const survives = chance.pick<Survives>(['everything', 'nothing', 'some', 'some', 'some'])
      disk.image(image, survives, chance)
      for (const one of await judgeFolder(image, promised))
        wrong.push(`call ${i}, ${survives} survives: ${one}`)
    }
    disk.follow(call, syncs)
    if (call.kind === 'said') promised.push(...call.text.split('\n').filter((line) => line !== ''))
  }
  return { wrong, promised: promised.length }
}

describe.skipIf(noTrace !== null)(
  `[B28][B31] the power goes${noTrace ? ` (skipped: ${noTrace})` : ''}`,
  () => {
    test(
      'whatever of the writes that were not fsynced is lost or torn: what was promised or seen is there, and nothing is half done',
      async () => {
        const { wrong, promised } = await cut(IMAGES, true)
        expect(wrong).toEqual([])
        expect(promised).toBeGreaterThan(20)
      },
      process.env.SOAK ? 3_600_000 : 60_000,
    )

    test('the images can tell: on a disk whose fsync does nothing words are lost', async () => {
      const { wrong } = await cut(6, false)
      expect(wrong.length).toBeGreaterThan(0)
    }, 60_000)
  },
)
