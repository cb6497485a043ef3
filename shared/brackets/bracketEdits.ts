import type * as Y from 'yjs'
import { AppError } from '../base/errors.ts'
import type { Sha256 } from '../base/ids.ts'
import type { Block } from '../clauses/clause.ts'
import { isTable, lettersText, paragraphsOf } from '../clauses/clause.ts'
import { editTexts, type TextChange } from '../clauses/editTexts.ts'
import { clauseHash } from '../clauses/hash.ts'
import { CLAUSE_LIMIT } from '../clauses/limits.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'
import { readBody } from '../clauses/yjs.ts'
import {
  blockBrackets,
  isOptionText,
  keepOption,
  OPTION_LIMIT,
  type Option,
  type PlacedBracket,
  type Span,
} from './bracket.ts'

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
 * What puts a competing wording beside a span of a clause, or of a paragraph in a table's cell: one more option where it
 * lies in a bracket, else a bracket.
 * @param span all of the clause without it; of a table it has to be said
 * @param paragraph of a table, counted through its cells from 0; 0 for a clause
 * @throws {AppError} input/invalid for a paragraph that is none, a span that is none or cuts a letter in two, one over the edge of a
 * bracket, and words that would be options of their own; input/too-large for an option or a letter too many
 */
export function proposal(
  block: Block,
  span: Span | undefined,
  words: string,
  paragraph = 0,
): TextChange[] {
  if (isTable(block) && span === undefined) throw new AppError('input/invalid', { what: 'table' })
  const runs = paragraphsOf(block)[paragraph]
  if (!runs) throw new AppError('input/invalid', { what: 'paragraph' })
  const text = runs.map((run) => run.text).join('')
  const { from, to } = span ?? { from: 0, to: text.length }
  if (from > to || to > text.length || isInLetter(text, from) || isInLetter(text, to))
    throw new AppError('input/invalid', { what: 'span' })
  if (lettersText(block).length + words.length + 8 > CLAUSE_LIMIT)
    throw new AppError('input/too-large', { limit: CLAUSE_LIMIT, of: 'clause' })
  const brackets = blockBrackets(block).filter((one) => one.paragraph === paragraph)
  const around = brackets.find(({ span: one }) => one.from <= from && to <= one.to)
  if (around) {
    if (around.options.length >= OPTION_LIMIT)
      throw new AppError('input/too-large', { limit: OPTION_LIMIT, of: 'bracket' })
    const end = around.span.to - 1
    return [{ from: end, to: end, text: ` / ${words}` }]
  }
  const isTorn = brackets.some(({ span: one }) => one.from < to && from < one.to)
  if (isTorn || from === to || !isOptionText(text.slice(from, to)))
    throw new AppError('input/invalid', { what: 'span' })
  return [
    { from, to: from, text: '[' },
    { from: to, to, text: ` / ${words}]` },
  ]
}

/** Between the two units of one. */
function isInLetter(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** An option whose words are the same, and that goes by another hash; to be said of rows in the order given. */
export type Renamed = { from: Sha256; to: Sha256 }

/**
 * Puts a competing wording into a text. Call it in a transaction.
 * @returns the option that it is now, of that bracket and no other; what others are called now that these words stand
 * once more
 * @throws {AppError} as {@link blockSeen} and {@link proposal}; nothing has changed then
 */
export function putBeside(
  doc: Y.Doc,
  seen: Seen,
  wording: { span?: Span | undefined; words: string; paragraph?: number | undefined },
): { bracket: PlacedBracket; option: Option; renamed: Renamed[] } {
  const { span, words, paragraph = 0 } = wording
  const block = blockSeen(readBody(doc), seen)
  const before = blockBrackets(block)
  const changes = proposal(block, span, words, paragraph)
  const at = changes[0]?.from ?? 0
  changeParagraph(doc, seen.clauseId, paragraph, changes)
  const now = bracketsNow(doc, seen)
  const bracket = now.find(
    (one) => one.paragraph === paragraph && one.span.from <= at && at < one.span.to,
  )
  const option = bracket?.options.at(-1)
  if (!bracket || !option) throw new Error('a wording that stands in no bracket')
  const others = now.length > before.length ? now.filter((one) => one !== bracket) : now
  // The last first: each takes a name that the one behind it has just left.
  return { bracket, option, renamed: renamedOptions(before, others).reverse() }
}

/**
 * Keeps one option of a bracket. Call it in a transaction.
 * @returns also what others are called now that these words stand in one bracket less
 * @throws {AppError} bracket/not-found, and as {@link blockSeen}; nothing has changed then
 */
export function settleIn(
  doc: Y.Doc,
  seen: Seen,
  chosen: { index: number; option: string },
): { bracket: PlacedBracket; option: Option; renamed: Renamed[] } {
  const brackets = blockBrackets(blockSeen(readBody(doc), seen))
  const bracket = brackets[chosen.index]
  const option = bracket?.options.find(({ hash }) => hash === chosen.option)
  if (!bracket || !option) throw new AppError('bracket/not-found')
  const gone = keepOption(bracket, option.span).map((span) => ({ ...span, text: '' }))
  changeParagraph(doc, seen.clauseId, bracket.paragraph, gone)
  const others = brackets.filter((one) => one !== bracket)
  return { bracket, option, renamed: renamedOptions(others, bracketsNow(doc, seen)) }
}

/** In the order of the text. Signs that came or went may have made or ended brackets around: then these are others. */
function renamedOptions(
  before: readonly PlacedBracket[],
  now: readonly PlacedBracket[],
): Renamed[] {
  if (before.length !== now.length) return []
  return before.flatMap(({ options }, i) =>
    options.flatMap(({ hash: from }, j) => {
      const to = now[i]?.options[j]?.hash
      return to === undefined || to === from ? [] : [{ from, to }]
    }),
  )
}

function bracketsNow(doc: Y.Doc, { clauseId }: Seen): PlacedBracket[] {
  const blocks = readBody(doc)
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  return block ? blockBrackets(block) : []
}
