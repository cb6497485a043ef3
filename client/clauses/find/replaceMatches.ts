import type { EditorState, Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type NotReplaced, replaceMatches } from '../../../shared/vietnamese/replaceMatches.ts'
import { asOneStep } from '../paste/asOneStep.ts'
import { isTooLarge } from '../schema/sizeLimits.ts'
import { editShared } from './editShared.ts'
import { findingOf, findNow, lookFor } from './findMarks.ts'
import type { Match } from './matchesIn.ts'

/** How many were replaced, or why none was. */
export type Replaced = number | NotReplaced

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

/** Every match becomes `text`, in one step of undo, or none does. */
export function replaceAll(view: EditorView, text: string): Replaced {
  const { query } = findNow(view)
  if (!view.editable || !query) return 0
  const made = editShared(view, (doc) => replaceMatches(doc, query, text))
  view.dispatch(lookFor(view.state.tr, query, 0))
  return typeof made === 'string' ? made : (made?.length ?? 0)
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
  const { doc } = view.state
  asOneStep(view, write)
  // Of agreed words it falls to a draft instead (UX-31), which is said there.
  return view.state.doc === doc ? 0 : count
}
