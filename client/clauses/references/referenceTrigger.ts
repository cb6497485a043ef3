import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import {
  type EditorState,
  Plugin,
  PluginKey,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import {
  type ClauseReference,
  REFERENCE,
  REFERENCE_LETTER,
} from '../../../shared/clauses/reference.ts'
import { asOneStep } from '../paste/asOneStep.ts'

/** What asks for a reference: the words from `@` to the caret. */
export type Asked = {
  from: number
  to: number
  query: string
  /** Of the block that it stands in. */
  blockId: unknown
}

type Asking = {
  asked: Asked | null
  /** By the toolbar, which needs no letter behind the `@`. */
  byButton: boolean
  /** Turned away with Escape, at this place with these words. */
  dismissed: { blockId: unknown; query: string } | null
}
const NOTHING: Asking = { asked: null, byButton: false, dismissed: null }

/** Takes the keys of the picker while it is open. @returns whether it needed this one */
type Keys = (key: string) => boolean

declare module '@tiptap/core' {
  interface Storage {
    referenceTrigger: { keys: Keys | null }
  }
}

const key = new PluginKey<Asking>('referenceTrigger')

export const askedIn = (state: EditorState): Asked | null => key.getState(state)?.asked ?? null

/**
 * Sees an `@` with letters behind it, composed or typed. Looked for in the text as it is now, not remembered: whatever
 * others write, it is the words before the caret that go.
 */
export const ReferenceTrigger = Extension.create<Record<string, never>, { keys: Keys | null }>({
  name: 'referenceTrigger',
  // Enter, Tab and Escape choose before they split, indent and leave.
  priority: 1200,
  addStorage: () => ({ keys: null }),
  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin<Asking>({
        key,
        state: {
          init: () => NOTHING,
          apply: (tr, before, _, state) => nextAsking(tr, before, state),
        },
        props: {
          handleKeyDown(view, event) {
            const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
            if (!plain || !askedIn(view.state)) return false
            return storage.keys?.(event.key) ?? false
          },
        },
      }),
    ]
  },
})

const LONGEST = 40
const TRIGGER = /(^|[\s([“"'’/–-])@((?:[\p{L}\p{M}\p{N}]+ ?){0,6})$/u

/** @param byButton whether the `@` alone asks */
export function askedAt({ selection }: EditorState, byButton: boolean): Asked | null {
  const { $head } = selection
  if (!(selection instanceof TextSelection) || !selection.empty) return null
  const { parent, parentOffset: end } = $head
  const start = Math.max(0, end - LONGEST - 2)
  const found = TRIGGER.exec(parent.textBetween(start, end, null, REFERENCE_LETTER))
  if (!found || (found[1] === '' && start > 0)) return null
  const query = found[2] ?? ''
  if (query === '' ? !byButton : !/^[\p{L}\p{M}]/u.test(query) && !byButton) return null
  const blockId: unknown = $head.node(1).attrs.id
  const from = $head.pos - query.length - 1
  return { from, to: $head.pos, query: query.normalize('NFC'), blockId }
}

function nextAsking(tr: Transaction, before: Asking, state: EditorState): Asking {
  const said = tr.getMeta(key) as 'open' | 'dismiss' | undefined
  const byButton = said === 'open' || before.byButton
  const asked = askedAt(state, byButton)
  // After what others write the caret is back behind its letter only a step later: till then nothing is decided.
  if (isChangeOrigin(tr) && (!asked || before.dismissed)) return { ...before, asked: null }
  if (!asked) return NOTHING
  const { blockId } = asked
  if (said === 'dismiss') return { ...NOTHING, dismissed: { blockId, query: asked.query } }
  const { dismissed } = before
  const stays = dismissed?.blockId === blockId && asked.query.startsWith(dismissed?.query ?? '')
  return dismissed && stays ? { ...NOTHING, dismissed } : { asked, byButton, dismissed: null }
}

/** Puts an `@` at the caret and asks; in the text, so that the hands stay where they are. */
export function askForReference(view: EditorView): void {
  const { state } = view
  const { $to } = state.selection
  const before = $to.parent.textBetween(Math.max(0, $to.parentOffset - 1), $to.parentOffset)
  const text = before === '' || /\s/.test(before) ? '@' : ' @'
  const tr = state.tr.setSelection(TextSelection.near($to))
  view.dispatch(tr.insertText(text).scrollIntoView().setMeta(key, 'open'))
  view.focus()
}

/** Goes away until other words ask; an `@` that the toolbar has put there goes too. */
export function dismiss(view: EditorView): void {
  const state = key.getState(view.state)
  const { tr } = view.state
  if (state?.byButton && state.asked?.query === '') tr.delete(state.asked.from, state.asked.to)
  view.dispatch(tr.setMeta(key, 'dismiss'))
}

/** [B21] The words that ask for it, wherever they stand by now, become the reference. */
export function putReference(view: EditorView, reference: ClauseReference): void {
  const { state } = view
  const asked = askedIn(state)
  const type = state.schema.marks[REFERENCE]
  if (!asked || !type || !view.editable) return
  const marks = state.doc.nodeAt(asked.from)?.marks ?? []
  const letter = state.schema.text(REFERENCE_LETTER, type.create(reference).addToSet(marks))
  asOneStep(view, () =>
    view.dispatch(
      state.tr.replaceWith(asked.from, asked.to, letter).setStoredMarks(null).scrollIntoView(),
    ),
  )
}

/** ProseMirror reads the composed text from the page up to 20 ms after the composition has ended. */
const SETTLE_MS = 40

/** For a hand on the mouse: a syllable that is still being composed is ended first, and is part of the words. */
export function putByHand(view: EditorView, reference: ClauseReference): void {
  if (!view.composing) {
    putReference(view, reference)
    return
  }
  view.dom.blur()
  setTimeout(() => {
    if (view.isDestroyed) return
    view.focus()
    putReference(view, reference)
  }, SETTLE_MS)
}
