import { expect, test, vi } from 'vitest'
import type { AppDeps } from '../../../server/authorize.ts'
import { clausesAt } from '../../../server/clauses/currentClauses.ts'
import { otherTexts, sayNow } from '../../../server/clauses/otherTexts.ts'
import type { Tx } from '../../../server/platform/database.ts'
import type { BlocId } from '../../../shared/base/ids.ts'
import { carriedText } from '../../../shared/clauses/carriedText.ts'
import { cites, clause, fields, run } from '../../support/builders.ts'

const BLOC = 'bloc00000000000000001' as BlocId
const [OWN, OTHER] = ['docown000000000000001', 'docother0000000000001']
const own = [clause('c1', 'article', [cites('m1', 'cũ', OTHER)])]
const texts = new Map([
  [OWN, own],
  [OTHER, [clause('m0', 'article', 'Một'), clause('m1', 'article', 'Hai')]],
])
const at = { epoch: 'e1', revision: 7 }

/** Two documents in one bloc, and how often rows were asked for. */
function world() {
  const rows = [OWN, OTHER].map((id) => ({ id, kind: 'covenant', bloc_id: BLOC, ...at }))
  const query = { select: () => query, where: () => query, orderBy: () => query } as object
  Object.assign(query, { execute: async () => rows, executeTakeFirst: async () => rows[0] })
  const selectFrom = vi.fn(() => query)
  const read = { selectFrom }
  const deps = {
    platform: { database: { read } },
    rooms: { read: async (id: string) => ({ blocks: texts.get(id) ?? [], ...at }) },
  } as unknown as AppDeps
  return { deps, selectFrom, tx: read as unknown as Tx }
}
const drafting = { id: OWN, blocId: BLOC, kind: 'plan' as const, lockedVersion: null }
const nobody = (n: number) => `${n}`.padStart(21, 'x')

test('however many documents a text names, one query looks them up, and one looks again in the lock', async () => {
  const { deps, selectFrom, tx } = world()
  const many = Array.from({ length: 500 }, (_, n) => cites('c2', 'cũ', nobody(n)))
  const blocks = [...own, clause('c2', 'text', many)]
  const others = await otherTexts(deps, drafting, blocks)
  expect(selectFrom).toHaveBeenCalledTimes(1)
  const say = (document: string, to: string) => others.elsewhere(document as never, to as never)
  expect(say(OTHER, 'm1')).toMatch(/^Điều 2 /)
  expect(say(nobody(3), 'c2')).toBeNull()
  expect(await others.isCurrent(tx, blocks)).toBe(true)
  expect(selectFrom).toHaveBeenCalledTimes(2)
  const more = clause('c3', 'text', [cites('c2', 'cũ', nobody(500))])
  expect(await others.isCurrent(tx, [...blocks, more])).toBe(false)
})

test.each([null, 'version00000000000001'])(
  '[P09] what a proposal alone names reads as it is there, not as its author wrote; locked: %s',
  async (lockedVersion) => {
    const { deps } = world()
    const proposed = carriedText(
      clause('c1', 'article', [
        cites('m0', 'Điều 5', OTHER),
        run(' và '),
        cites('c1', 'Điều 7', nobody(1)),
      ]),
    )
    const say = await sayNow(deps, { ...drafting, lockedVersion }, [proposed])
    const reference = (was: string, document: string, to: string) =>
      say({ document: document as never, clause: to as never, was })
    expect(reference('Điều 5', OTHER, 'm0')).toMatch(/^Điều 1 /)
    expect(reference('Điều 7', nobody(1), 'c1')).toBe('{{Điều 7}}')
  },
)

test('who asks for hashes alone leaves what was worked out of a text with references as it is', async () => {
  const { deps } = world()
  const record = { ...fields(), id: OWN, kind: 'plan' as const, ...at }
  const text = { blocks: own, ...at }
  const others = await otherTexts(deps, drafting, own)
  // Nobody has looked yet: what is not known is not remembered either.
  expect(clausesAt(record, text).clauses[0]?.text).toBe('cũ')
  const seen = clausesAt(record, text, others)
  expect(seen.clauses[0]?.text).toMatch(/^Điều 2 /)
  expect(clausesAt(record, text)).toBe(seen)
  expect(clausesAt(record, text, others)).toBe(seen)
})
