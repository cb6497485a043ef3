import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { ClauseLevel, NumberingModel } from '../../../shared/clauses/clause.ts'
import { readLabel } from '../../../shared/clauses/readLabel.ts'
import { levelOf } from './labels.ts'
import { undoManagerOf } from './undoManager.ts'

/**
 * A number typed at the start of a clause, as in Word: `Điều 4. `, `2. `, `b)` make that level and the number itself
 * goes, for the page prints its own. The clause that is being composed is left alone until the composition has ended.
 */
export const TypedLabels = Extension.create<{ model: NumberingModel }>({
  name: 'typedLabels',
  // Before the keys of clauses: Enter behind `Chương II` makes the heading, whose title is typed next.
  priority: 1001,
  addOptions: () => ({ model: 'articles' as NumberingModel }),
  addKeyboardShortcuts() {
    const { model } = this.options
    return {
      Enter: () => {
        const { state, view } = this.editor
        const typed = typedBefore(state)
        if (typed?.behind !== '' || view.composing) return false
        const level = labelAlone(typed.before, model)
        if (level === null) return false
        takeLabel(view, level)
        return true
      },
    }
  },
  addProseMirrorPlugins() {
    const { model } = this.options
    /** Id of the clause whose label has gone before its blank was typed. */
    let owedBlank: string | null = null
    const read = (view: EditorView) => {
      const level = askedFor(view.state, model)
      if (level === null) return
      const whole = /\s$/.test(typedBefore(view.state)?.before ?? '')
      takeLabel(view, level)
      owedBlank = whole ? null : idAtCaret(view.state)
    }
    return [
      new Plugin({
        key: new PluginKey('typedLabels'),
        props: {
          handleTextInput(view, from, to, text, deflt) {
            if (view.composing) return false
            const { state } = view
            const owed = owedBlank
            owedBlank = null
            const atStart = state.selection.empty && typedBefore(state)?.before === ''
            if (text === ' ' && atStart && owed !== null && owed === idAtCaret(state)) return true
            if (!ENDS_LABEL.test(text)) return false
            // First as it was typed, so that undo gives just that back.
            view.dispatch(deflt?.() ?? state.tr.insertText(text, from, to))
            read(view)
            return true
          },
          handleDOMEvents: {
            compositionend(view) {
              // ProseMirror has read the composed text by then; what the others wrote is still held back.
              setTimeout(() => {
                if (!view.isDestroyed && !view.composing) read(view)
              }, 0)
              return false
            },
          },
        },
      }),
    ]
  },
})

/** Only behind one of these can a label be complete. */
const ENDS_LABEL = /[\s.)]$/
/** More is to come: `Phụ lục II`. */
const UNFINISHED = /^\s*phụ lục\s*$/iu
const LONGEST = 40

type Typed = { before: string; behind: string; pos: number }

/** What stands before and behind a caret in a clause; null in tables and for a selection. */
function typedBefore({ selection }: EditorState): Typed | null {
  const { $from } = selection
  if (!selection.empty || $from.depth !== 1 || $from.parent.type.name !== 'clause') return null
  const { parent, parentOffset } = $from
  return {
    before: parent.textBetween(0, parentOffset),
    behind: parent.textBetween(parentOffset, parent.content.size),
    pos: $from.before(1),
  }
}

/** The level that everything before the caret asks for, at the moment when nothing can be added to it. */
function askedFor(state: EditorState, model: NumberingModel): ClauseLevel | null {
  const typed = typedBefore(state)
  if (!typed || typed.before.length > LONGEST) return null
  const { before } = typed
  if (/\s$/.test(before)) {
    if (UNFINISHED.test(before)) return null
    return labelAlone(before, model) ?? basisAt(state, before, model)
  }
  const level = labelAlone(before, model)
  const complete = before.endsWith(')') || (level === 'article' && before.endsWith('.'))
  return complete ? level : null
}

/** Of a text that is nothing but a label. */
function labelAlone(text: string, model: NumberingModel): ClauseLevel | null {
  const line = text.normalize('NFC')
  const read = readLabel(line, model)
  return read && read.length > 0 && read.length === line.length ? read.level : null
}

/** Legal bases stand above the first numbered clause; further down the same two words begin a sentence. */
function basisAt(state: EditorState, before: string, model: NumberingModel): ClauseLevel | null {
  const line = before.normalize('NFC')
  if (readLabel(line, model)?.level !== 'basis' || line.trim().length > 'Căn cứ'.length) return null
  const index = state.selection.$from.index(0)
  for (let i = 0; i <= index; i += 1) {
    const level = levelOf(state.doc.child(i))
    if (i === index ? level !== 'text' : level !== 'text' && level !== 'basis') return null
  }
  return 'basis'
}

/** A step of its own to undo, which gives the typed characters back. */
function takeLabel(view: EditorView, level: ClauseLevel): void {
  const typed = typedBefore(view.state)
  if (!typed) return
  const undo = undoManagerOf(view.state)
  const { tr } = view.state
  if (level !== 'basis') tr.delete(typed.pos + 1, typed.pos + 1 + typed.before.length)
  if (tr.doc.nodeAt(typed.pos)?.attrs.level !== level)
    tr.setNodeAttribute(typed.pos, 'level', level)
  if (!tr.docChanged) return
  undo?.stopCapturing()
  view.dispatch(tr.scrollIntoView())
  undo?.stopCapturing()
}

const idAtCaret = ({ selection }: EditorState): string | null => {
  const { $from } = selection
  const id = $from.depth === 1 ? $from.parent.attrs.id : null
  return typeof id === 'string' ? id : null
}
