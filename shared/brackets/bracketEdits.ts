import type * as Y from 'yjs'
import { AppError } from '../base/errors.ts'
import type { Block } from '../clauses/clause.ts'
import { isTable, lettersText } from '../clauses/clause.ts'
import { editTexts, type TextChange } from '../clauses/editTexts.ts'
import { clauseHash } from '../clauses/hash.ts'
import { CLAUSE_LIMIT } from '../clauses/limits.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'
import { blockBrackets, type Span } from './bracket.ts'

export type Seen = { clauseId: string; hash: string }

/** The clause as somebody saw it. @throws {AppError} clause/not-found, clause/stale-hash with the current `hash` */
export function blockSeen(blocks: readonly Block[], { clauseId, hash }: Seen): Block {
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  if (!block) throw new AppError('clause/not-found')
  const current = clauseHash(block)
  if (current !== hash) throw new AppError('clause/stale-hash', { hash: current })
  return block
}

/** Changes one paragraph of a clause letter by letter: what others are typing beside it stays. */
export function changeParagraph(
  doc: Y.Doc,
  clauseId: string,
  paragraph: number,
  changes: readonly TextChange[],
): void {
  let passed = -1
  editTexts(doc, (_, box) => {
    if (box.clauseId !== clauseId) return []
    passed += 1
    return passed === paragraph ? changes : []
  })
}

/**
 * What puts a competing wording beside a span of a clause: one more option where it lies in a bracket, else a bracket.
 * @param span all of the clause without it
 * @throws {AppError} input/invalid for a table, a span that is none, or one over the edge of a bracket
 */
export function proposal(block: Block, span: Span | undefined, words: string): TextChange[] {
  if (isTable(block)) throw new AppError('input/invalid', { what: 'table' })
  const text = lettersText(block)
  const { from, to } = span ?? { from: 0, to: text.length }
  if (from > to || to > text.length) throw new AppError('input/invalid', { what: 'span' })
  if (text.length + words.length + 8 > CLAUSE_LIMIT)
    throw new AppError('input/too-large', { limit: CLAUSE_LIMIT, of: 'clause' })
  const brackets = blockBrackets(block).map((bracket) => bracket.span)
  const around = brackets.find((one) => one.from <= from && to <= one.to)
  if (around) return [{ from: around.to - 1, to: around.to - 1, text: ` / ${words}` }]
  const isTorn = brackets.some((one) => one.from < to && from < one.to)
  if (isTorn || from === to || /[[\]]/.test(text.slice(from, to)))
    throw new AppError('input/invalid', { what: 'span' })
  return [
    { from, to: from, text: '[' },
    { from: to, to, text: ` / ${words}]` },
  ]
}
