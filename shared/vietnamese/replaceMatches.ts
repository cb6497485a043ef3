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

const changesFor = (text: string, query: FindQuery, by: string): TextChange[] =>
  findMatches(text, query).map((range) => ({ ...range, text: by }))

/**
 * Every match of a document becomes `by`, in the open transaction, or none does.
 * @returns what was changed; null where a clause would become too long
 */
export function replaceMatches(doc: Y.Doc, query: FindQuery, by: string): Changed[] | null {
  const found = new Map<TextBox['element'], TextChange[]>()
  const boxes = textBoxes(doc).map((box) => {
    const changes = changesFor(box.text, query, by)
    found.set(box.element, changes)
    return { box, changes }
  })
  if (isTooMuch(boxes)) return null
  return editTexts(doc, (_, { element }) => found.get(element) ?? [])
}
