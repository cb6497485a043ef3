import { commonEnds } from '../base/commonEnds.ts'
import type { Run } from './clause.ts'
import { type ClauseReference, REFERENCE_LETTER, targetOf } from './reference.ts'

/** Replace `remove` UTF-16 units at `at` by `insert`. */
export type TextEdit = { at: number; remove: number; insert: string }

/** Above this many pairs of words the changed middle is replaced in one piece. */
const MAX_PAIRS = 1_000_000

/** The same with references among what is put in; positions count one for each. */
export type RunEdit = { at: number; remove: number; insert: readonly Run[] }

/** A word, blanks or one sign. A reference is its letter with its target behind it, and as long as its letter. */
type Token = string
type TokenEdit = { at: number; remove: number; insert: Token[] }

const isReference = (token: Token) => token.length > 1 && token[0] === REFERENCE_LETTER
const lengthOf = (tokens: readonly Token[]) =>
  tokens.reduce((sum, token) => sum + (isReference(token) ? 1 : token.length), 0)

/**
 * Edits that turn one text into another and leave every common word alone, so that carets, comments and marks in
 * it stay where they are. In order; positions are those of the old text, so apply them from the last to the first.
 */
export const textEdits = (from: string, to: string): TextEdit[] =>
  tokenEdits(words(from), words(to)).map((edit) => ({ ...edit, insert: edit.insert.join('') }))

/** {@link textEdits} of runs, whose marks don't count: a reference to the same clause is a common word. */
export function runEdits(from: readonly Run[], to: readonly Run[]): RunEdit[] {
  const references = new Map<Token, ClauseReference>()
  const fresh = tokensOf(to, (token, reference) => references.set(token, reference))
  return tokenEdits(tokensOf(from), fresh).map((edit) => ({
    ...edit,
    insert: edit.insert.reduce<Run[]>((runs, token) => {
      const reference = references.get(token)
      const last = runs.at(-1)
      if (reference) runs.push({ text: REFERENCE_LETTER, marks: [], reference })
      else if (last && !last.reference) last.text += token
      else runs.push({ text: token, marks: [] })
      return runs
    }, []),
  }))
}

/** Words may go on from one run to the next. */
function tokensOf(
  runs: readonly Run[],
  found: (token: Token, reference: ClauseReference) => void = () => {},
): Token[] {
  const tokens: Token[] = []
  let text = ''
  for (const run of runs) {
    if (!run.reference) {
      text += run.text
      continue
    }
    const token = REFERENCE_LETTER + targetOf(run.reference)
    tokens.push(...words(text), token)
    found(token, run.reference)
    text = ''
  }
  return [...tokens, ...words(text)]
}

function tokenEdits(before: readonly Token[], after: readonly Token[]): TokenEdit[] {
  const { start, end: tail } = commonEnds(before, after)
  const old = before.slice(start, before.length - tail)
  const fresh = after.slice(start, after.length - tail)
  const at = lengthOf(before.slice(0, start))
  if (old.length === 0 && fresh.length === 0) return []
  if (old.length * fresh.length > MAX_PAIRS) return [{ at, remove: lengthOf(old), insert: fresh }]
  return wordEdits(old, fresh, at)
}

/** Words, spaces between them and single other signs; their concatenation is the text. */
const words = (text: string): string[] =>
  text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? []

/** Longest common subsequence; the lists are short, so the plain table does. */
function wordEdits(old: readonly Token[], fresh: readonly Token[], offset: number): TokenEdit[] {
  const width = fresh.length + 1
  const common = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      common[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))

  const edits: TokenEdit[] = []
  let open: TokenEdit | null = null
  let position = offset
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    const word = old[i]
    const other = fresh[j]
    if (word !== undefined && word === other) {
      open = null
      position += lengthOf([word])
      i += 1
      j += 1
      continue
    }
    if (!open) {
      open = { at: position, remove: 0, insert: [] }
      edits.push(open)
    }
    if (word !== undefined && (other === undefined || at(i + 1, j) >= at(i, j + 1))) {
      open.remove += lengthOf([word])
      position += lengthOf([word])
      i += 1
    } else {
      if (other !== undefined) open.insert.push(other)
      j += 1
    }
  }
  return edits
}
