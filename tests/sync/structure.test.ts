import { expect, test } from 'vitest'
import { structureCase } from './structure/structureCase.ts'

/** SEED=17 replays one seed; SOAK=1 takes the long size. */
const { SEED, SOAK } = process.env
const SEEDS = SOAK === '1' ? 5_000 : 500
const seeds = SEED ? [Number(SEED)] : Array.from({ length: SEEDS }, (_, i) => i)

test(`[P02] ${SEEDS} sequences of structural acts by three people and the server: one text, one hash, ids unique and steady, numbers as the list has them`, () => {
  const failures = seeds.flatMap((seed) =>
    structureCase(seed).map((what) => `SEED=${seed}: ${what}`),
  )
  expect(failures.slice(0, 20).join('\n')).toBe('')
}, 600_000)
