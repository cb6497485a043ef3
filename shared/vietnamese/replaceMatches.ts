import type * as Y from 'yjs'
import {
  type Changed,
  editTexts,
  isTooMuch,
  type TextBox,
  type TextChange,
  textBoxes,
} from '../clauses/editTexts.ts'
import { type FindQuery, findMatches } from './findMatches.ts'

/** Places that one act may change: more hold everybody's server for seconds. */
export const REPLACE_LIMIT = 5_000

/** Why none was replaced: a clause or the act would become too long, or there are more matches than the limit. */
export type NotReplaced = 'tooLarge' | 'tooMany'

/**
 * Every match of a document becomes `by`, in the open transaction, or none does.
 * @returns what was changed
 */
export function replaceMatches(doc: Y.Doc, query: FindQuery, by: string): Changed[] | NotReplaced {
  const found = new Map<TextBox['element'], TextChange[]>()
  let left = REPLACE_LIMIT
  const boxes: { box: TextBox; changes: readonly TextChange[] }[] = []
  for (const box of textBoxes(doc)) {
    const matches = findMatches(box.text, query, left + 1)
    left -= matches.length
    if (left < 0) return 'tooMany'
    const changes = matches.map((range) => ({ ...range, text: by }))
    found.set(box.element, changes)
    boxes.push({ box, changes })
  }
  if (isTooMuch(boxes)) return 'tooLarge'
  return editTexts(doc, (_, { element }) => found.get(element) ?? [])
}
