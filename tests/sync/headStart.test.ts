import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HeadStart } from '../../server/sync/HeadStart.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function room(isDue = true) {
  const made: string[] = []
  let due = isDue
  let rush = false
  const headStart = new HeadStart({
    isDue: () => due,
    isRush: () => rush,
    turn: (work) => work(),
    make: () => {
      due = false
      made.push('text')
    },
    onBroken: (cause) => {
      throw cause
    },
  })
  return {
    headStart,
    made,
    letter: () => {
      due = false
    },
    rush: (is: boolean) => {
      rush = is
    },
  }
}

test('a long text is put together when those who came to write are in, once, and not in their midst', () => {
  const { headStart, made } = room()
  for (let i = 0; i < 50; i += 1) {
    headStart.arrived(i === 0)
    vi.advanceTimersByTime(200)
  }
  expect(made).toEqual([])
  vi.advanceTimersByTime(200)
  expect(made).toEqual(['text'])
  headStart.arrived(true)
  vi.advanceTimersByTime(10_000)
  expect(made).toEqual(['text'])
})

test('it waits while somebody is being sent the text', () => {
  const { headStart, made, rush } = room()
  headStart.arrived(true)
  vi.advanceTimersByTime(200)
  headStart.answered()
  vi.advanceTimersByTime(200)
  expect(made).toEqual([])
  rush(true)
  vi.advanceTimersByTime(5_000)
  expect(made).toEqual([])
  rush(false)
  vi.advanceTimersByTime(300)
  expect(made).toEqual(['text'])
})

test('for readers nothing is put together, nor for a text that takes no time, nor when a letter came first', () => {
  const readers = room()
  readers.headStart.arrived(false)
  const short = room(false)
  short.headStart.arrived(true)
  const typed = room()
  typed.headStart.arrived(true)
  typed.letter()
  const left = room()
  left.headStart.arrived(true)
  left.headStart.close()
  vi.advanceTimersByTime(10_000)
  for (const { made } of [readers, short, typed, left]) expect(made).toEqual([])
})
