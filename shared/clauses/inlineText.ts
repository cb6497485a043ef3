import * as Y from 'yjs'
import { MARKS, type Mark, type Run } from './clause.ts'
import { type ClauseReference, REFERENCE, REFERENCE_LETTER, readReference } from './reference.ts'
import { type RunEdit, runEdits } from './runEdits.ts'

/** The text of a clause or of a cell's paragraph: runs ↔ XmlText, as y-tiptap keeps them. */

export type Delta = { insert: unknown; attributes?: Record<string, unknown> }[]

export const texts = (element: Y.XmlElement): Y.XmlText[] =>
  (element.toArray() as unknown[]).filter((child): child is Y.XmlText => child instanceof Y.XmlText)

/** Two people who are first to type into an empty clause make two XmlTexts; together they are its text. */
export const readRuns = (element: Y.XmlElement): Run[] => runsOf(texts(element), '')

/**
 * A mark of a reference counts on its letter alone: other letters under it, which a merge could leave there, are text.
 * @param embed what stands for content that is no text
 */
export function runsOf(parts: readonly Y.XmlText[], embed: string): Run[] {
  const runs: { text: string; marks: Mark[]; reference?: ClauseReference }[] = []
  for (const { insert, attributes } of parts.flatMap((text) => text.toDelta() as Delta)) {
    const text = typeof insert === 'string' ? insert : embed
    const marks = MARKS.filter((mark) => (attributes?.[mark] ?? null) !== null)
    const reference = readReference(attributes?.[REFERENCE])
    for (const piece of reference ? text.split(/(\ufffc)/) : [text]) {
      const last = runs.at(-1)
      if (piece === '') continue
      if (reference && piece === REFERENCE_LETTER) runs.push({ text: piece, marks, reference })
      else if (last && !last.reference && last.marks.join() === marks.join()) last.text += piece
      else runs.push({ text: piece, marks })
    }
  }
  return runs
}

/** The formats of a run. */
export const formatsOf = ({ marks, reference }: Run): Record<string, unknown> => ({
  ...Object.fromEntries(marks.map((mark) => [mark, {}])),
  ...(reference && { [REFERENCE]: reference }),
})

/** No XmlText where there is no text. */
export function inline(runs: readonly Run[]): Y.XmlText[] {
  const written = runs.filter((run) => run.text !== '')
  if (written.length === 0) return []
  const text = new Y.XmlText()
  text.applyDelta(written.map((run) => ({ insert: run.text, attributes: formatsOf(run) })))
  return [text]
}

/** Changes the words and leaves the unchanged ones alone; new words take the marks of those before them. */
export function setRuns(element: Y.XmlElement, runs: readonly Run[]): void {
  const parts = texts(element)
  if (parts.length === 0) element.insert(0, inline(runs))
  // An embed counts one unit, as it does in Yjs, so that positions behind it stay right.
  else
    for (const edit of runEdits(runsOf(parts, REFERENCE_LETTER), runs).reverse())
      applyEdit(parts, edit)
}

function applyEdit(parts: readonly Y.XmlText[], edit: RunEdit): void {
  let { at, remove } = edit
  let inserted = false
  for (const part of parts) {
    const length = part.length
    if (at > length) {
      at -= length
      continue
    }
    const here = Math.min(remove, length - at)
    if (here > 0) part.delete(at, here)
    if (!inserted) for (const run of [...edit.insert].reverse()) insertRun(part, at, run)
    inserted = true
    remove -= here
    at = 0
    if (remove === 0) return
  }
}

function insertRun(part: Y.XmlText, at: number, { text, reference }: Run): void {
  part.insert(at, text)
  // Behind a reference, Yjs would go on with its mark.
  part.format(at, text.length, { [REFERENCE]: reference ?? null })
}
