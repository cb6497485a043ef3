import type { Fragment } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'

/** The letters that an edit brings; '' for one that only takes away. */
export const writtenBy = (tr: Transaction): string =>
  tr.steps
    .map((step) => {
      const slice = 'slice' in step ? (step.slice as { content: Fragment }) : null
      return slice ? slice.content.textBetween(0, slice.content.size, '\n') : ''
    })
    .join('')

/** Letters put between others, and nothing else: they may as well stand a little further on. */
export function onlyTypes(tr: Transaction): boolean {
  const [step, ...more] = tr.steps
  return (
    more.length === 0 &&
    step instanceof ReplaceStep &&
    step.from === step.to &&
    step.slice.content.content.every((node) => node.isText)
  )
}
