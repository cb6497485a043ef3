import { expect, test } from 'vitest'
import { answerOnce } from '../../../server/platform/answerOnce.ts'

test('an answer is worked out once, for whoever asks meanwhile and afterwards, and for each owner', async () => {
  const answer = answerOnce<number>(2)
  const asked: string[] = []
  const ask = (owner: object, key: string) =>
    answer(owner, key, async () => {
      asked.push(key)
      return asked.length
    })
  const [one, other] = [{}, {}]
  expect(await Promise.all([ask(one, 'a'), ask(one, 'a')])).toEqual([1, 1])
  expect(await ask(one, 'a')).toBe(1)
  expect(await ask(other, 'a')).toBe(2)
  // The one that nobody has asked for longest goes first.
  await ask(one, 'b')
  await ask(one, 'a')
  await ask(one, 'c')
  expect(await ask(one, 'a')).toBe(1)
  await ask(one, 'b')
  expect(asked).toEqual(['a', 'a', 'b', 'c', 'b'])
})

test('a failure is told to whoever waits, and not remembered', async () => {
  const answer = answerOnce<string>(2)
  const owner = {}
  const fail = () => answer(owner, 'a', () => Promise.reject(new Error('busy')))
  await Promise.all([
    expect(fail()).rejects.toThrow('busy'),
    expect(fail()).rejects.toThrow('busy'),
  ])
  expect(await answer(owner, 'a', async () => 'there')).toBe('there')
})
