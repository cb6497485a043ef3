import { expect, test } from 'vitest'
import { pageLocks } from '../../../client/sync/tabLocks.ts'

test('one draft has one holder; who waits has it when that one lets go, and other drafts are free', async () => {
  const locks = pageLocks()
  const { signal } = new AbortController()
  const first = await locks.whenGone('draft u d e', signal)
  const said: string[] = []
  const second = locks.whenGone('draft u d e', signal).then((letGo) => {
    said.push('second')
    return letGo
  })
  expect(await locks.whenGone('draft u d other', signal)).not.toBeNull()
  said.push('first')
  first?.()
  expect(await second).not.toBeNull()
  expect(said).toEqual(['first', 'second'])
})
