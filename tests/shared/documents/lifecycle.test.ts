import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuse } from '../../../shared/base/result.ts'
import { sha256Hex } from '../../../shared/base/sha256.ts'
import {
  advance,
  type Command,
  type Facts,
  type Lifecycle,
  placeRefusal,
} from '../../../shared/documents/lifecycle.ts'

const PLACES = ['vpdbqh:person', 'stc:person', 'vpdbqh:seal', 'stc:seal']
const facts: Facts = { places: PLACES, lockBlockers: [] }
const content = sha256Hex('content')
/** The file after n signatures. */
const file = (signatures: number) => sha256Hex(`file ${signatures}`)

const drafting: Lifecycle = { phase: 'drafting' }
const locked: Lifecycle = { phase: 'locked', content }
const sealing: Lifecycle = { phase: 'sealing', content, attempt: 'one' }
const signing = (...placeIds: string[]): Extract<Lifecycle, { phase: 'signing' }> => ({
  phase: 'signing',
  content,
  revision: file(placeIds.length),
  signatures: placeIds.map((placeId, at) => ({ placeId, by: 'user', at })),
})
const complete: Lifecycle = { ...signing(...PLACES), phase: 'complete', at: 3 }
const ALL = [drafting, locked, sealing, signing(), signing('stc:person'), complete]

const lock: Command = { type: 'lock', content }
const unlock: Command = { type: 'unlock', reason: 'sửa khoản 2 Điều 3' }
const seal: Command = { type: 'seal', attempt: 'one' }
const sealed: Command = { type: 'sealed', attempt: 'one', revision: file(0) }
const sealFailed: Command = { type: 'sealFailed', attempt: 'one', cause: 'thiếu phông chữ' }
const sign = (placeId: string, before: number): Command => ({
  type: 'sign',
  placeId,
  base: file(before),
  revision: file(before + 1),
  by: 'user',
  at: before,
})

const codeOf = (now: Lifecycle, command: Command, given: Facts = facts) => {
  const result = advance(now, command, given)
  return result.ok ? result.value.phase : result.code
}

describe('locking', () => {
  test('[LC1] lock only from drafting', () => {
    expect(ALL.map((now) => codeOf(now, lock))).toEqual([
      'locked',
      ...Array(5).fill('document/wrong-phase'),
    ])
  })

  test('[LC1] blockers refuse the lock and are named', () => {
    const lockBlockers = [{ code: 'position/missing', clauseId: 'c1', agencyId: 'stc' }]
    expect(advance(drafting, lock, { ...facts, lockBlockers })).toEqual(
      refuse('document/not-ready', { blockers: lockBlockers }),
    )
  })

  test('[LC2] the lock records the content hash, and it stays until the end', () => {
    const steps = [lock, seal, sealed, ...PLACES.map((place, i) => sign(place, i))]
    let now: Lifecycle = drafting
    for (const command of steps) {
      const result = advance(now, command, facts)
      if (!result.ok) throw new Error(result.code)
      now = result.value
      expect(now).toMatchObject({ content })
    }
    expect(now.phase).toBe('complete')
  })

  test('[LC5] unlock from locked, and from signing without signatures, with a reason', () => {
    expect(ALL.map((now) => codeOf(now, unlock))).toEqual([
      'document/wrong-phase',
      'drafting',
      'document/wrong-phase',
      'drafting',
      'document/already-signed',
      'document/already-signed',
    ])
    expect(codeOf(locked, { type: 'unlock', reason: '  ' })).toBe('input/invalid')
  })

  test('[LC6] one signature makes unlock impossible', () => {
    expect(advance(signing('vpdbqh:person'), unlock, facts)).toEqual(
      refuse('document/already-signed'),
    )
  })
})

describe('sealing', () => {
  test('[LC3] seal only from locked; an answer for another attempt is refused', () => {
    expect(ALL.map((now) => codeOf(now, seal))).toEqual([
      'document/wrong-phase',
      'sealing',
      ...Array(4).fill('document/wrong-phase'),
    ])
    expect(codeOf(sealing, { ...sealed, attempt: 'two' })).toBe('document/wrong-phase')
    expect(codeOf(sealing, { ...sealFailed, attempt: 'two' })).toBe('document/wrong-phase')
    expect(codeOf(locked, sealed)).toBe('document/wrong-phase')
    expect(advance(sealing, sealed, facts)).toEqual({ ok: true, value: signing() })
  })

  test('[LC4] a failed seal returns to locked with the cause; the next try forgets it', () => {
    const failed = advance(sealing, sealFailed, facts)
    expect(failed).toEqual({
      ok: true,
      value: { phase: 'locked', content, lastFailure: 'thiếu phông chữ' },
    })
    if (!failed.ok) throw new Error('unreachable')
    expect(advance(failed.value, { ...seal, attempt: 'two' }, facts)).toEqual({
      ok: true,
      value: { phase: 'sealing', content, attempt: 'two' },
    })
  })
})

describe('signing', () => {
  test('signatures are taken in the signing phase only', () => {
    expect(
      [drafting, locked, sealing, complete].map((now) => codeOf(now, sign('stc:person', 0))),
    ).toEqual(Array(4).fill('document/wrong-phase'))
  })

  test('[LC7] a stale base is refused and the current file is named', () => {
    const now = signing('vpdbqh:person')
    expect(advance(now, sign('stc:person', 0), facts)).toEqual(
      refuse('signing/stale-base', { revision: file(1) }),
    )
    expect(codeOf(now, sign('stc:person', 1))).toBe('signing')
  })

  test('[LC8] a place is filled once, and that is said before the base is looked at', () => {
    expect(codeOf(signing('stc:person'), sign('stc:person', 1))).toBe('signing/place-taken')
    expect(codeOf(signing('stc:person'), sign('stc:person', 0))).toBe('signing/place-taken')
  })

  test('[LC8] a seal waits for its own agency’s person', () => {
    expect(codeOf(signing(), sign('stc:seal', 0))).toBe('signing/not-yet')
    expect(codeOf(signing('vpdbqh:person'), sign('stc:seal', 1))).toBe('signing/not-yet')
    expect(codeOf(signing('stc:person'), sign('stc:seal', 1))).toBe('signing')
  })

  test('a place that the document does not have is not found', () => {
    expect(codeOf(signing(), sign('snv:person', 0))).toBe('signing/not-found')
    expect(placeRefusal('snv:person', [], PLACES)).toEqual(
      refuse('signing/not-found', { placeId: 'snv:person' }),
    )
    expect(placeRefusal('stc:person', [], PLACES)).toBeNull()
  })

  test('[LC8] the last place completes, at the time of the last signature', () => {
    const [a, b, c] = PLACES as [string, string, string]
    expect(codeOf(signing(a, b), sign(c, 2))).toBe('signing')
    expect(advance(signing(a, b, c), sign('stc:seal', 3), facts)).toEqual({
      ok: true,
      value: { ...complete, revision: file(4) },
    })
  })
})

describe('a walk of any commands', () => {
  const hashes = fc.constantFrom(...[0, 1, 2, 3, 4].map(file))
  const attempts = fc.constantFrom('one', 'two')
  const placeIds = fc.constantFrom(...PLACES, 'snv:person')
  const commands: fc.Arbitrary<Command> = fc.oneof(
    fc.constant(lock),
    fc.record({
      type: fc.constant('unlock' as const),
      reason: fc.constantFrom('lỗi chính tả', ''),
    }),
    fc.record({ type: fc.constant('seal' as const), attempt: attempts }),
    fc.record({ type: fc.constant('sealed' as const), attempt: attempts, revision: hashes }),
    fc.record({
      type: fc.constant('sealFailed' as const),
      attempt: attempts,
      cause: fc.constant('x'),
    }),
    ...[0, 1, 2, 3].map((before) => placeIds.map((placeId) => sign(placeId, before))),
  )
  /** Mostly the next sensible step, so that walks get to the end, with anything in between. */
  const steps = fc.array(
    fc.oneof(commands, fc.constantFrom('next' as const), fc.constantFrom('next' as const)),
    { maxLength: 40 },
  )
  const nextOf = (now: Lifecycle): Command => {
    if (now.phase === 'drafting') return lock
    if (now.phase === 'locked') return seal
    if (now.phase === 'sealing') return { ...sealed, attempt: now.attempt } as Command
    const filled = now.signatures.length
    return {
      ...sign(PLACES[filled] ?? 'stc:seal', filled),
      base: now.revision,
    } as Command
  }
  const signaturesOf = (now: Lifecycle) => ('signatures' in now ? now.signatures : [])

  test('[LC6][LC8] a signed document never drafts again, signatures only grow, a seal has its person', () => {
    const ends = new Set<string>()
    fc.assert(
      fc.property(steps, (walk) => {
        let now: Lifecycle = drafting
        for (const step of walk) {
          const before: Lifecycle = now
          const result = advance(before, step === 'next' ? nextOf(before) : step, facts)
          if (!result.ok) continue
          now = result.value
          const [old, fresh] = [signaturesOf(before), signaturesOf(now)]
          expect(fresh.slice(0, old.length)).toEqual(old)
          const ids = fresh.map(({ placeId }) => placeId)
          expect(new Set(ids).size).toBe(ids.length)
          for (const [index, id] of ids.entries())
            if (id.endsWith(':seal'))
              expect(ids.slice(0, index)).toContain(id.replace(':seal', ':person'))
          expect(now.phase === 'complete').toBe(ids.length === PLACES.length)
          if (before.phase === 'complete') throw new Error('nothing follows complete')
        }
        ends.add(now.phase)
      }),
      { numRuns: 400 },
    )
    expect([...ends].sort()).toEqual(['complete', 'drafting', 'locked', 'sealing', 'signing'])
  })

  test('a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALL), commands, (now, command) => {
        const before = structuredClone(now)
        advance(now, command, facts)
        expect(now).toEqual(before)
      }),
    )
  })
})
