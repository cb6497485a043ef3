import { expect, test } from 'vitest'
import {
  begunWords,
  EMPTY_DRAFT,
  type ThreadDraft,
  talkKey,
} from '../../../client/comments/begunWords.ts'

test('[UX-33] words begun on a proposal, and who was to read them, outlive its card until they are posted or given up', () => {
  const drafts = begunWords<ThreadDraft>()
  const key = talkKey('u1', 'p1')
  drafts.begin(key, EMPTY_DRAFT)
  drafts.change(key, (before) => ({ ...before, text: 'Câu này ' }))
  drafts.change(key, (before) => ({ ...before, audience: 'agency' }))
  // Whoever presses again where it is shown next goes on writing.
  drafts.begin(key, EMPTY_DRAFT)
  const written = { ...EMPTY_DRAFT, text: 'Câu này ', audience: 'agency' }
  expect(drafts.getSnapshot().get(key)).toEqual(written)
  expect(drafts.getSnapshot().get(talkKey('u2', 'p1'))).toBeUndefined()
  drafts.end(key)
  drafts.change(key, (before) => ({ ...before, text: 'đến muộn' }))
  expect(drafts.getSnapshot().size).toBe(0)
})
