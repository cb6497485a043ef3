import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { afterAct } from '../../../client/base/afterAct.ts'

/** An act as a card has it once the card has left the page: nothing listens to it any more. */
const abandoned = (mutationFn: (input: number) => Promise<number>) => ({
  mutateAsync: vi.fn((input: number) =>
    new MutationObserver(new QueryClient(), { mutationFn }).mutate(input),
  ),
})

test('what follows an act follows it when the card that asked has gone meanwhile', async () => {
  const said: number[] = []
  afterAct(
    abandoned(async (input) => input + 1),
    1,
    (answer) => said.push(answer),
  )
  await expect.poll(() => said).toEqual([2])
})

test('nothing follows an act that failed', async () => {
  const said: number[] = []
  const act = abandoned(() => Promise.reject(new Error('refused')))
  afterAct(act, 1, (answer) => said.push(answer))
  await expect(act.mutateAsync.mock.results[0]?.value).rejects.toThrow('refused')
  expect(said).toEqual([])
})
