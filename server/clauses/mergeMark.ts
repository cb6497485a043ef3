import * as Y from 'yjs'
import { clauseText } from '../../shared/clauses/cutClause.ts'
import { texts } from '../../shared/clauses/inlineText.ts'
import { findBlock } from '../../shared/clauses/yjs.ts'

/** Where in a clause the words of another begin that was merged into it. */
export type MergeMark = {
  clauseId: string
  /** The letter behind and the letter before: either may be erased, or written anew by an undo. */
  place: Y.RelativePosition | null
  before: Y.RelativePosition | null
  /** Both as of the last look. `at`: UTF-16 units into `text`. */
  at: number
  text: string
}

export function markAt(doc: Y.Doc, clauseId: string, at: number): MergeMark {
  const mark: MergeMark = {
    clauseId,
    place: null,
    before: null,
    at,
    text: clauseText(doc, clauseId) ?? '',
  }
  settle(doc, mark)
  return mark
}

/** @returns null where nobody can say any more where it is */
export function findMark(doc: Y.Doc, mark: MergeMark): number | null {
  const element = findBlock(doc, mark.clauseId)
  if (!element) return null
  if (clauseText(doc, mark.clauseId) === mark.text) return mark.at
  const { place, before } = mark
  // Where both are gone, an undo may have written them anew: nobody knows.
  const held = [place, before].find((one) => one !== null && isThere(doc, one))
  const found = held && Y.createAbsolutePositionFromRelativePosition(held, doc)
  let passed = 0
  for (const part of texts(element)) {
    if (found?.type === part) return passed + found.index
    passed += part.length
  }
  return null
}

function isThere(doc: Y.Doc, { item }: Y.RelativePosition): boolean {
  if (item === null || item.clock >= Y.getState(doc.store, item.client)) return false
  const letter = Y.getItem(doc.store, item)
  return letter instanceof Y.Item && !letter.deleted
}

/** Runs a change that may write clauses anew, after which the marks are in the new ones where the old ones had them. */
export function keepingMarks<T>(doc: Y.Doc, marks: readonly MergeMark[], change: () => T): T {
  for (const mark of marks) {
    const at = findMark(doc, mark)
    if (at !== null) Object.assign(mark, { at, text: clauseText(doc, mark.clauseId) })
  }
  const result = change()
  for (const mark of marks) settle(doc, mark)
  return result
}

function settle(doc: Y.Doc, mark: MergeMark): void {
  const at = findMark(doc, mark)
  const element = at === null ? undefined : findBlock(doc, mark.clauseId)
  if (at === null || !element) return
  let left = at
  for (const part of texts(element)) {
    // At the end of one part and the start of the next is one place; the words that follow hold it.
    if (left < part.length || part === texts(element).at(-1)) {
      mark.place = Y.createRelativePositionFromTypeIndex(part, left)
      mark.before = left > 0 ? Y.createRelativePositionFromTypeIndex(part, left, -1) : null
      return
    }
    left -= part.length
  }
}
