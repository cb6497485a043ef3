import type { Sha256 } from '../base/ids.ts'
import { sha256Hex } from '../base/sha256.ts'
import { type Block, paragraphsOf, type Run } from '../clauses/clause.ts'
import { clauseHash } from '../clauses/hash.ts'

/**
 * Competing wordings stand in the text itself, as negotiators write them: `[10 ngày / 15 ngày]`. So everybody edits
 * them like any words, drafts print them, and positions are bound to them; no editor has to know a mark for it. Who
 * proposes and supports which is said in rows, bound to the words of an option as positions are to those of a clause.
 */

/** From `from` up to `to`, in UTF-16 units. */
export type Span = { from: number; to: number }
/** With its signs; the options without, and without the space around them. An option may be empty: to leave it out. */
export type Bracket = Span & { options: Span[] }

/** Not over the edge of a cell, nor around other brackets. */
const BRACKET = /\[([^[\]\t\n]*)\]/g
/**
 * A slash with space on at least one side: `20/11` is a date, and `[1]` a number. So `[và / hoặc]` holds the lock like
 * any two wordings, whoever wrote it; who means both words to stay writes `[và/hoặc]`.
 */
const SLASH = /(?<=^|\s)\/|\/(?=\s|$)/g

/** Nobody compares more wordings than these; so many slashes are a list of something else. */
export const OPTION_LIMIT = 21

/** The brackets of one text, in order. One without a second option is none, nor is one with more than the limit. */
export function bracketsIn(text: string): Bracket[] {
  return [...text.matchAll(BRACKET)].flatMap((match): Bracket[] => {
    const from = match.index
    const inside = match[1] ?? ''
    const slashes = [...inside.matchAll(SLASH)].map(({ index }) => index)
    if (slashes.length === 0 || slashes.length >= OPTION_LIMIT) return []
    const edges = [-1, ...slashes, inside.length]
    const options = edges.slice(1).map((end, i) => {
      const start = (edges[i] ?? -1) + 1
      return trimmed(text, { from: from + 1 + start, to: from + 1 + end })
    })
    return [{ from, to: from + match[0].length, options }]
  })
}

function trimmed(text: string, { from, to }: Span): Span {
  const words = text.slice(from, to)
  const start = from + (words.length - words.trimStart().length)
  return {
    from: Math.min(start, to),
    to: Math.max(Math.min(start, to), from + words.trimEnd().length),
  }
}

/** One option, as rows know it: two with the same words in two brackets of a clause are two. */
export type Option = { span: Span; runs: Run[]; hash: Sha256 }
export type PlacedBracket = {
  /** Which of the block's paragraphs: 0 for a clause, any of a table's cells. */
  paragraph: number
  /** Which of the block's brackets, from 0. */
  index: number
  span: Span
  runs: Run[]
  options: Option[]
}

/** The brackets of a clause or a table, in order. */
export function blockBrackets(block: Block): PlacedBracket[] {
  let index = 0
  /** Brackets before that have an option of these words. */
  const before = new Map<Sha256, number>()
  return paragraphsOf(block).flatMap((runs, paragraph) =>
    bracketsIn(runs.map(({ text }) => text).join('')).map((bracket): PlacedBracket => {
      const hashes: Sha256[] = []
      const placed = {
        paragraph,
        index,
        span: { from: bracket.from, to: bracket.to },
        runs: sliceRuns(runs, bracket),
        options: bracket.options.map((span) => {
          const words = sliceRuns(runs, span)
          const hash = optionHash(words)
          hashes.push(hash)
          return { span, runs: words, hash: numbered(hash, before.get(hash) ?? 0) }
        }),
      }
      for (const hash of new Set(hashes)) before.set(hash, (before.get(hash) ?? 0) + 1)
      index += 1
      return placed
    }),
  )
}

const numbered = (hash: Sha256, number: number): Sha256 =>
  number === 0 ? hash : sha256Hex(`${hash} ${number}`)

/** What the support of an option is bound to: its words alone, as a clause's hash is. */
export const optionHash = (runs: readonly Run[]): Sha256 =>
  clauseHash({ id: '' as never, level: 'text', runs })

export function sliceRuns(runs: readonly Run[], { from, to }: Span): Run[] {
  let passed = 0
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, from - passed), Math.max(0, to - passed))
    passed += run.text.length
    return text === '' ? [] : [{ ...run, text }]
  })
}

/** What goes, from the last letter to the first, so that only this option's words stay where they are. */
export function keepOption({ span }: Pick<PlacedBracket, 'span'>, option: Span): Span[] {
  return [
    { from: span.from, to: option.from },
    { from: option.to, to: span.to },
  ].filter(({ from, to }) => to > from)
}

/** Words that may stand in an option: its signs would end it, and a tab or line its paragraph. */
export const isOptionText = (words: string): boolean =>
  !/[[\]\t\n\r]/.test(words) && words.match(SLASH) === null
