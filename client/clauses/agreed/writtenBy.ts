import type { Fragment } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'

/** The letters that an edit brings; '' for one that only takes away. */
export const writtenBy = (tr: Transaction): string =>
  tr.steps
    .map((step) => {
      const slice = 'slice' in step ? (step.slice as { content: Fragment }) : null
      return slice ? slice.content.textBetween(0, slice.content.size, '\n') : ''
    })
    .join('')
