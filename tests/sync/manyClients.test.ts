import { expect, test } from 'vitest'
import { AppError } from '../../shared/base/errors.ts'
import { CaseRun, type Ground } from './manyClients/CaseRun.ts'
import type { JudgeHidden } from './manyClients/judgeCase.ts'
import { startTestRooms, type TestRooms } from './testRooms.ts'

/**
 * SEED=17 [REPEAT=20] replays one seed; SOAK=1 takes the long size. A seed fixes who does what in which order, not how
 * the frames interleave on their way, so a rare failure may ask for a REPEAT.
 */
const { SEED, REPEAT, SOAK } = process.env
const isSoak = SOAK === '1'
const SEEDS = isSoak ? 2_000 : 200
const STEPS = isSoak ? 80 : 40
const PER_SERVER = 25
const AT_ONCE = 5

const seeds = SEED
  ? Array.from({ length: Number(REPEAT ?? 1) }, () => Number(SEED))
  : Array.from({ length: SEEDS }, (_, i) => i)
const groups = Array.from({ length: Math.ceil(seeds.length / PER_SERVER) }, (_, i) =>
  seeds.slice(i * PER_SERVER, (i + 1) * PER_SERVER),
)

async function startGround(): Promise<Ground> {
  const refusingDisks = new Set<string>()
  const world = await startTestRooms({
    wrap: (real) => ({
      ...real,
      async append(batch, along) {
        if (refusingDisks.delete(batch.documentId)) throw new AppError('server/busy')
        return real.append(batch, along)
      },
    }),
  })
  return { world, refusingDisks }
}

/** A word that a concurrent act hid is kept for whoever wrote it, or had carried it to where it was hidden. */
const notice =
  ({ database }: TestRooms): JudgeHidden =>
  async (hidden, documentId) => {
    const rows = await database.read
      .selectFrom('swallowed_text')
      .select('text')
      .where('document_id', '=', documentId)
      .execute()
    return hidden
      .filter(({ token }) => !rows.some(({ text }) => text.includes(token)))
      .map(({ token, account }) => `${token} by ${account} was hidden and nobody was told`)
  }

const sentence = (seed: number, problems: readonly string[]) =>
  `seed ${seed}: ${problems.join('; ')}\n  SEED=${seed} REPEAT=20 npx vitest run --project server tests/sync/manyClients.test.ts`

test.each(groups.map((group) => ({ from: group[0], to: group.at(-1), group })))(
  'seeds $from to $to: over bad lines, with roles and locks that change, all come to one text and no saved word is lost',
  async ({ group }) => {
    const failures: string[] = []
    // A seed that is replayed many times needs a server for each, since its document has one name.
    const grounds = SEED ? group.map((seed) => [seed]) : [group]
    for (const list of grounds) {
      const ground = await startGround()
      const judgeHidden = notice(ground.world)
      const left = [...list]
      const work = async () => {
        for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
          const problems = await new CaseRun(ground, seed, { steps: STEPS, judgeHidden }).run()
          if (problems.length > 0) failures.push(sentence(seed, problems))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      await ground.world.close()
    }
    expect(failures.join('\n')).toBe('')
  },
  isSoak ? 1_200_000 : 240_000,
)
