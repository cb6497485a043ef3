import { diffSequences } from '../base/diffSequences.ts'
import type { SayReference } from '../clauses/clause.ts'
import { canonicalText } from '../clauses/hash.ts'
import { readableHunks } from './readableHunks.ts'
import { type SignedRun, type Token, type ToneStyle, wordTokens } from './wordTokens.ts'

/** `same` and `added` together are the new text, `same` and `removed` the old one, as agreement reads them. */
export type DiffPart = {
  kind: 'same' | 'added' | 'removed'
  text: string
  /** Who put it in or took it out, where the runs say so ({@link SignedRun}). */
  by?: string | undefined
}

export type DiffOptions = {
  /** Default `fold`. */
  toneStyle?: ToneStyle
  /** How references read; default: as when they were made. */
  sayBefore?: SayReference
  sayAfter?: SayReference
}

/** What changed between two plain texts, word by word. Equal words make one part, so that equal texts are one. */
export const diffWords = (before: string, after: string, options?: DiffOptions): DiffPart[] =>
  diffRuns([{ text: before, marks: [] }], [{ text: after, marks: [] }], options)

/** {@link diffWords} of what clauses and cells are made of. */
export function diffRuns(
  before: readonly SignedRun[],
  after: readonly SignedRun[],
  options: DiffOptions = {},
): DiffPart[] {
  const tone = options.toneStyle ?? 'fold'
  return diffTokens(
    wordTokens(before, options.sayBefore ?? asMade, tone),
    wordTokens(after, options.sayAfter ?? asMade, tone),
  )
}

/** What {@link diffRuns} says of runs and themselves, without a look at each word. */
export function sameRuns(runs: readonly SignedRun[], options: DiffOptions = {}): DiffPart[] {
  const text = runs.some(({ reference }) => reference)
    ? wordTokens(runs, options.sayAfter ?? asMade, 'keep').map((token) => token.text)
    : [canonicalText(runs.map((run) => run.text).join(''))]
  return text.join('') === '' ? [] : [{ kind: 'same', text: text.join('') }]
}

const asMade: SayReference = ({ was }) => was

function diffTokens(before: readonly Token[], after: readonly Token[]): DiffPart[] {
  const keys = (tokens: readonly Token[]) => tokens.map(({ key }) => key)
  const [old, fresh] = [keys(before), keys(after)]
  const parts: DiffPart[] = []
  const add = (kind: DiffPart['kind'], tokens: readonly Token[]) => {
    for (const [index, { text, by }] of tokens.entries()) {
      const last = parts.at(-1)
      if (index > 0 && last && (kind === 'same' || last.by === by)) last.text += text
      else parts.push({ kind, text, ...(kind !== 'same' && by !== undefined && { by }) })
    }
  }
  let done = 0
  for (const hunk of readableHunks(diffSequences(old, fresh), old, fresh)) {
    add('same', after.slice(done, hunk.from))
    add('removed', before.slice(hunk.at, hunk.at + hunk.removed))
    add('added', after.slice(hunk.from, hunk.from + hunk.added))
    done = hunk.from + hunk.added
  }
  add('same', after.slice(done))
  return parts
}

export const isChanged = (parts: readonly DiffPart[]): boolean =>
  parts.some(({ kind }) => kind !== 'same')
