import type * as Y from 'yjs'
import { type ClauseBlock, isTable, lettersText, type Run } from './clause.ts'
import { texts } from './inlineText.ts'
import { uniqueIds } from './uniqueIds.ts'
import { findBlock, readBody } from './yjs.ts'

/**
 * Takes a clause's words from a place on out of it.
 * @param at UTF-16 units into its text
 * @returns them with their marks; null where there is no such clause, or it is a table
 */
export function cutClause(doc: Y.Doc, clauseId: string, at: number): Run[] | null {
  const block = clauseById(doc, clauseId)
  const element = findBlock(doc, clauseId)
  if (!block || !element) return null
  let passed = 0
  for (const part of texts(element)) {
    const { length } = part
    const from = Math.min(Math.max(at - passed, 0), length)
    if (from < length) part.delete(from, length - from)
    passed += length
  }
  return runsFrom(block.runs, at)
}

/** Deletes letters of a clause that is no table; what is not there is not deleted. */
export function deleteLetters(doc: Y.Doc, clauseId: string, at: number, count: number): void {
  const element = findBlock(doc, clauseId)
  let passed = 0
  for (const part of element ? texts(element) : []) {
    const { length } = part
    const from = Math.max(at - passed, 0)
    const to = Math.min(at + count - passed, length)
    if (from < to) part.delete(from, to - from)
    passed += length
  }
}

/** @returns null where there is none of this id, or it is a table */
export function clauseById(doc: Y.Doc, clauseId: string): ClauseBlock | null {
  const blocks = readBody(doc)
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  return block && !isTable(block) ? block : null
}

function runsFrom(runs: readonly Run[], at: number): Run[] {
  let passed = 0
  const found: Run[] = []
  for (const run of runs) {
    const text = run.text.slice(Math.max(at - passed, 0))
    if (text !== '') found.push({ ...run, text })
    passed += run.text.length
  }
  return found
}

/** {@link lettersText} of a clause: its places are those of `cutClause` and `deleteLetters`. */
export const clauseText = (doc: Y.Doc, clauseId: string): string | null => {
  const block = clauseById(doc, clauseId)
  return block && lettersText(block)
}
