import { diffSequences, type Hunk } from '../base/diffSequences.ts'
import { words } from '../base/words.ts'
import { readableHunks } from './readableHunks.ts'

/** Replace `remove` UTF-16 units at `at` by `insert`. */
export type TextEdit = { at: number; remove: number; insert: string }

/**
 * Edits that turn one text into the other, letter by letter as they are written, and leave every common word alone.
 * In order; positions are those of the old text.
 */
export const textEdits = (from: string, to: string): TextEdit[] => edits(from, to, (hunks) => hunks)

/** {@link textEdits} for people to read: what is common by chance between two changes goes with them. */
export const readableEdits = (from: string, to: string): TextEdit[] =>
  edits(from, to, readableHunks)

type Choose = (hunks: Hunk[], before: readonly string[], after: readonly string[]) => Hunk[]

function edits(from: string, to: string, choose: Choose): TextEdit[] {
  const [before, after] = [words(from), words(to)]
  let [done, at] = [0, 0]
  return choose(diffSequences(before, after), before, after).map((hunk) => {
    at += lengthOf(before.slice(done, hunk.at))
    const remove = lengthOf(before.slice(hunk.at, hunk.at + hunk.removed))
    const insert = after.slice(hunk.from, hunk.from + hunk.added).join('')
    const edit = { at, remove, insert }
    done = hunk.at + hunk.removed
    at += remove
    return edit
  })
}

const lengthOf = (pieces: readonly string[]) => pieces.reduce((sum, { length }) => sum + length, 0)
