import { expect, test } from 'vitest'
import { threadsOf } from '../../../client/comments/useThreads.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'

const thread = { id: 't' } as ThreadView
const here = { data: [thread], isPending: false, error: null }
const waiting = { data: undefined, isPending: true, error: null }
const failed = { data: undefined, isPending: false, error: new Error('offline') }

test('[UX-45] a list that has not come, or could not be had, is not called empty', () => {
  expect(threadsOf([here])).toEqual({ lists: [[thread]], isLoading: false, error: null })
  expect(threadsOf([here, waiting])).toMatchObject({ lists: [[thread], []], isLoading: true })
  expect(threadsOf([here, failed]).error).toBe(failed.error)
})
