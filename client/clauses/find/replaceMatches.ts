import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { asOneStep } from '../paste/asOneStep.ts'
import { isTooLarge } from '../schema/sizeLimits.ts'
import { findingOf, findNow, lookFor } from './findMarks.ts'
import type { Match } from './matchesIn.ts'

/** How many were replaced, or why none was. */
export type Replaced = number | 'tooLarge'

/** The current match becomes `text`; the one after it becomes the current one. One step of undo. */
export function replaceCurrent(view: EditorView, text: string): Replaced {
  const { matches, at } = findNow(view)
  const current = matches[at]
  if (!current) return 0
  const tr = replacing(view.state, [current], text)
  const { query } = findingOf(view.state)
  const after = current.from + text.length
  return take(view, tr, 1, () => view.dispatch(lookFor(tr, query, after)))
}

/**
 * Every match becomes `text`, in one step of undo, or none does. No transaction takes two of one clause: y-tiptap writes
 * one stretch of a text anew, and what stands between the two would be written over, with what others type there.
 */
export function replaceAll(view: EditorView, text: string): Replaced {
  const { query, matches } = findNow(view)
  if (matches.length === 0) return 0
  return take(view, replacing(view.state, matches, text), matches.length, () => {
    for (let left = matches; left.length > 0; ) {
      const round = lastOfEachClause(view.state.doc, left)
      const tr = replacing(view.state, round, text)
      const taken = new Set(round)
      left = left
        .filter((match) => !taken.has(match))
        .map(({ from, to }) => ({ from: tr.mapping.map(from), to: tr.mapping.map(to) }))
      view.dispatch(left.length === 0 ? lookFor(tr, query, 0) : tr)
    }
  })
}

/** In order, as `matches` are. */
export function lastOfEachClause(doc: Node, matches: readonly Match[]): Match[] {
  const last = new Map<Node, Match>()
  for (const match of matches) last.set(doc.resolve(match.from).parent, match)
  return [...last.values()]
}

/** From the last to the first, so that places stay. The new words look as the first letter of the old ones did. */
export function replacing(
  state: EditorState,
  matches: readonly Match[],
  text: string,
): Transaction {
  const { tr } = state
  for (const { from, to } of [...matches].reverse()) {
    const marks = state.doc.nodeAt(from)?.marks ?? []
    if (text === '') tr.delete(from, to)
    else tr.replaceWith(from, to, state.schema.text(text, marks))
  }
  return tr
}

/** @param tr all of what `write` is about to write */
function take(view: EditorView, tr: Transaction, count: number, write: () => void): Replaced {
  if (!view.editable) return 0
  if (isTooLarge(tr, view.state.doc)) return 'tooLarge'
  asOneStep(view, write)
  return count
}
