import type { Editor } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Transaction } from '@tiptap/pm/state'
import { AttrStep } from '@tiptap/pm/transform'
import { useEffect } from 'react'
import { type Translate, useText } from '../base/useText.ts'
import { announce } from '../ui/announce.ts'
import { levelOf } from './schema/labels.ts'
import { undoManagerOf } from './schema/undoManager.ts'

/** Says of one's own acts what the eye sees at once and the ear does not: a new level, something undone (UX-90). */
export function useSpokenActs(editor: Editor): void {
  const t = useText()
  useEffect(() => {
    const onTransaction = ({ transaction }: { transaction: Transaction }) => {
      if (!changesLevel(transaction)) return
      const text = spokenLevel(editor, t)
      if (text !== '') announce(text)
    }
    const onPopped = ({ type }: { type: 'undo' | 'redo' }) => announce(t(`editor.spoken.${type}`))
    const manager = undoManagerOf(editor.state)
    editor.on('transaction', onTransaction)
    manager?.on('stack-item-popped', onPopped)
    return () => {
      editor.off('transaction', onTransaction)
      manager?.off('stack-item-popped', onPopped)
    }
  }, [editor, t])
}

const changesLevel = (tr: Transaction) =>
  !isChangeOrigin(tr) && tr.steps.some((step) => step instanceof AttrStep && step.attr === 'level')

/** Of the clause of the caret, with its number as printed: `Khoản: 2.` */
function spokenLevel({ state, view }: Editor, t: Translate): string {
  const { $head } = state.selection
  if ($head.depth === 0) return ''
  const level = t(`editor.level.${levelOf($head.node(1))}`)
  const element = view.nodeDOM($head.before(1))
  const label = element instanceof HTMLElement ? element.dataset.label : undefined
  return label ? `${level}: ${label}` : level
}
