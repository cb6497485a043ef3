import * as Y from 'yjs'
import { readRuns, texts } from '../../shared/clauses/inlineText.ts'
import { findBlock, findBlocks } from '../../shared/clauses/yjs.ts'

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

const lettersOf = (clause: Y.XmlElement): string =>
  readRuns(clause)
    .map(({ text }) => text)
    .join('')

export function markAt(doc: Y.Doc, clauseId: string, at: number): MergeMark {
  const clause = findBlock(doc, clauseId)
  const text = clause ? lettersOf(clause) : ''
  const mark: MergeMark = { clauseId, place: null, before: null, at, text }
  if (clause) settle(mark, at, clause)
  return mark
}

/** @returns null where nobody can say any more where it is */
export function findMark(doc: Y.Doc, mark: MergeMark): number | null {
  const clause = findBlock(doc, mark.clauseId)
  return clause ? findIn(doc, clause, lettersOf(clause), mark) : null
}

function findIn(doc: Y.Doc, clause: Y.XmlElement, text: string, mark: MergeMark): number | null {
  if (text === mark.text) return mark.at
  const { place, before } = mark
  // Where both are gone, an undo may have written them anew: nobody knows.
  const held = [place, before].find((one) => one !== null && isThere(doc, one))
  const found = held && Y.createAbsolutePositionFromRelativePosition(held, doc)
  let passed = 0
  for (const part of texts(clause)) {
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
  eachFound(doc, marks, (mark, at, _, text) => Object.assign(mark, { at, text }))
  const result = change()
  eachFound(doc, marks, settle)
  return result
}

/** Each clause is looked for and read once, however many marks there are, and the others not at all. */
function eachFound(
  doc: Y.Doc,
  marks: readonly MergeMark[],
  use: (mark: MergeMark, at: number, clause: Y.XmlElement, text: string) => void,
): void {
  if (marks.length === 0) return
  const clauses = findBlocks(doc, new Set(marks.map(({ clauseId }) => clauseId)))
  const read = new Map([...clauses].map(([id, clause]) => [id, lettersOf(clause)]))
  for (const mark of marks) {
    const [clause, text] = [clauses.get(mark.clauseId), read.get(mark.clauseId) ?? '']
    const at = clause ? findIn(doc, clause, text, mark) : null
    if (clause && at !== null) use(mark, at, clause, text)
  }
}

function settle(mark: MergeMark, at: number, clause: Y.XmlElement): void {
  const parts = texts(clause)
  let left = at
  for (const part of parts) {
    // At the end of one part and the start of the next is one place; the words that follow hold it.
    if (left < part.length || part === parts.at(-1)) {
      mark.place = Y.createRelativePositionFromTypeIndex(part, left)
      mark.before = left > 0 ? Y.createRelativePositionFromTypeIndex(part, left, -1) : null
      return
    }
    left -= part.length
  }
}
