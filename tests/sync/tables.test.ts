import { expect, test } from 'vitest'
import { tableCase } from './tables/tableCase.ts'

/** SEED=17 replays one seed; SOAK=1 takes the long size. */
const { SEED, SOAK } = process.env
const SEEDS = SOAK === '1' ? 2_000 : 40
const seeds = SEED ? [Number(SEED)] : Array.from({ length: SEEDS }, (_, i) => i)

test(`[P03] ${SEEDS} sequences of rows, columns, merges and words by three people at one table: one rectangle for all, the one that was read before it was mended`, () => {
  const failures = seeds.flatMap((seed) => tableCase(seed).map((what) => `SEED=${seed}: ${what}`))
  expect(failures.slice(0, 20).join('\n')).toBe('')
}, 600_000)
