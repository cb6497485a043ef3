import { expect, test } from 'vitest'
import { CommitGathering, commitWindow } from '../../../server/platform/CommitGathering.ts'

/** A clock that is turned by hand, and what has been committed by when. */
function gathering() {
  let now = 1000
  let timers: { at: number; run: () => void }[] = []
  const commits: { at: number; batches: number[] }[] = []
  const held: (() => void)[] = []
  let holds = false
  const subject = new CommitGathering<number>({
    now: () => now,
    later(run, ms) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    commit(take) {
      const turn = () => commits.push({ at: now, batches: take() })
      if (holds) held.push(turn)
      else turn()
    },
  })
  return {
    subject,
    commits,
    holdTurns: (hold: boolean) => {
      holds = hold
      if (!hold) for (const turn of held.splice(0)) turn()
    },
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        timers = timers.filter((one) => one !== next)
        now = next.at
        next.run()
      }
      now = end
    },
  }
}

test('where few write each batch has its commit at once', () => {
  const { subject, commits, pass } = gathering()
  for (let i = 0; i < 20; i += 1) {
    subject.add(i)
    pass(100)
  }
  expect(commits.map(({ batches }) => batches)).toEqual(Array.from({ length: 20 }, (_, i) => [i]))
  expect(commits.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => 1000 + 100 * i))
})

test('where a hundred rooms write their batches share commits, in order, and none waits longer than the window', () => {
  const { subject, commits, pass } = gathering()
  const asked: number[] = []
  for (let i = 0; i < 400; i += 1) {
    asked.push(1000 + 5 * i)
    subject.add(i)
    pass(5)
  }
  pass(1000)
  expect(commits.flatMap(({ batches }) => batches)).toEqual(asked.map((_, i) => i))
  for (const { at, batches } of commits)
    for (const one of batches) expect(at - (asked[one] ?? 0)).toBeLessThanOrEqual(25)
  const later = commits.filter(({ at }) => at > 2000)
  expect(
    Math.min(...later.slice(0, -1).map(({ batches }) => batches.length)),
  ).toBeGreaterThanOrEqual(5)
})

test('a batch that comes while the turn is awaited goes along, and whoever closes waits for no window', () => {
  const { subject, commits, pass, holdTurns } = gathering()
  holdTurns(true)
  subject.add(1)
  subject.add(2)
  holdTurns(false)
  for (let i = 3; i < 100; i += 1) subject.add(i)
  const before = commits.length
  subject.hurry()
  expect(commits[0]).toEqual({ at: 1000, batches: [1, 2] })
  expect(commits.length).toBe(before + 1)
  expect(commits.flatMap(({ batches }) => batches)).toHaveLength(99)
  pass(1000)
  expect(commits.length).toBe(before + 1)
})

test('the window is shut below sixty batches a second', () => {
  expect([0, 59, 60, 10_000].map(commitWindow)).toEqual([0, 0, 25, 25])
})
