import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../support/testServer.ts'
import { matrixCase } from './matrix/matrixCase.ts'

/** SEED=17 replays one seed; SOAK=1 takes the long size. */
const { SEED, SOAK } = process.env
const SEEDS = SOAK === '1' ? 2_000 : 200
const seeds = SEED ? [Number(SEED)] : Array.from({ length: SEEDS }, (_, i) => i)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test(`[P12] ${SEEDS} sequences of edits, proposals, decisions and positions of seven agencies: each cell is what a plain model says, and words that return, or an acceptance undone, bring hash and standing back`, async () => {
  const { id } = await server.documentOf('plan')
  const failures: string[] = []
  for (const seed of seeds)
    for (const what of await matrixCase(server, id, seed)) failures.push(`SEED=${seed}: ${what}`)
  expect(failures.slice(0, 20).join('\n')).toBe('')
}, 600_000)
