import { diffSequences } from '../base/diffSequences.ts'
import { words } from '../base/words.ts'
import type { Run } from './clause.ts'
import { type ClauseReference, REFERENCE_LETTER, targetOf } from './reference.ts'

/** Replace `remove` UTF-16 units at `at` by `insert`; a reference counts as one. */
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
 * Marks don't count, and a reference to the same clause is a common word.
 */
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
  let [done, at] = [0, 0]
  return diffSequences(before, after).map(({ at: index, removed, from, added }) => {
    at += lengthOf(before.slice(done, index))
    const remove = lengthOf(before.slice(index, index + removed))
    const edit = { at, remove, insert: after.slice(from, from + added) }
    done = index + removed
    at += remove
    return edit
  })
}
