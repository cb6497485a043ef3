import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import {
  Bold,
  IndentDecrease,
  IndentIncrease,
  Italic,
  Link2,
  Redo2,
  Search,
  Underline,
  Undo2,
} from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import { useText } from '../base/useText.ts'
import styles from './EditorToolbar.module.css'
import { LevelMenu } from './LevelMenu.tsx'
import { askForReference } from './references/referenceTrigger.ts'
import { demote, promote, selectedClauses } from './schema/commands.ts'
import { TableInsert } from './TableInsert.tsx'
import { TableMenu } from './TableMenu.tsx'
import { useUndo } from './useUndo.ts'

/** The only part of the editor that React draws anew while somebody types, and only where a button changes. */
export function EditorToolbar(props: {
  editor: Editor
  model: NumberingModel
  /** A draft of proposals is about words and levels alone. */
  draft?: boolean
  onFind(): void
  /** What is done to whole clauses, by the server. */
  children?: ReactNode
}) {
  const { editor, model, draft = false, onFind, children } = props
  const t = useText()
  const { canUndo, canRedo } = useUndo(editor)
  const bar = useToolbarKey(editor)
  const now = useEditorState({
    editor,
    selector: ({ editor: { state, isActive } }) => {
      const levels = [...new Set(selectedClauses(state).map(({ level }) => level))]
      return {
        bold: isActive.call(editor, 'bold'),
        italic: isActive.call(editor, 'italic'),
        underline: isActive.call(editor, 'underline'),
        level: levels.length === 1 ? (levels[0] ?? null) : null,
        inTable: isInTable(state),
        canDemote: demote(model)(state),
        canPromote: promote(model)(state),
      }
    },
  })
  const run = (command: Command) => {
    command(editor.state, editor.view.dispatch)
    editor.commands.focus()
  }
  const marks = [
    ['bold', Bold, () => editor.chain().focus().toggleBold().run()],
    ['italic', Italic, () => editor.chain().focus().toggleItalic().run()],
    ['underline', Underline, () => editor.chain().focus().toggleUnderline().run()],
  ] as const
  return (
    <Toolbar.Root
      ref={bar}
      className={styles.toolbar}
      aria-label={t('editor.toolbar')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) editor.view.focus()
      }}
    >
      <Tool label={t('editor.undo')} off={!canUndo} onClick={() => editor.commands.undo()}>
        <Undo2 size={16} aria-hidden />
      </Tool>
      <Tool label={t('editor.redo')} off={!canRedo} onClick={() => editor.commands.redo()}>
        <Redo2 size={16} aria-hidden />
      </Tool>
      <Toolbar.Separator className={styles.line} />
      {draft
        ? null
        : marks.map(([mark, Icon, toggle]) => (
            <Tool key={mark} label={t(`editor.${mark}`)} on={now[mark]} onClick={toggle}>
              <Icon size={16} aria-hidden />
            </Tool>
          ))}
      {draft ? null : <Toolbar.Separator className={styles.line} />}
      <LevelMenu level={now.level} model={model} off={now.inTable} onCommand={run} />
      <Tool
        label={t('editor.promote')}
        off={now.inTable || !now.canPromote}
        onClick={() => run(promote(model))}
      >
        <IndentDecrease size={16} aria-hidden />
      </Tool>
      <Tool
        label={t('editor.demote')}
        off={now.inTable || !now.canDemote}
        onClick={() => run(demote(model))}
      >
        <IndentIncrease size={16} aria-hidden />
      </Tool>
      <Toolbar.Separator className={styles.line} />
      {now.inTable ? <TableMenu editor={editor} /> : <TableInsert onCommand={run} />}
      <Tool label={t('reference.insert')} onClick={() => askForReference(editor.view)}>
        <Link2 size={16} aria-hidden />
      </Tool>
      {children}
      <Toolbar.Separator className={styles.line} />
      <Tool label={t('find.open')} onClick={onFind}>
        <Search size={16} aria-hidden />
      </Tool>
    </Toolbar.Root>
  )
}

function Tool(props: {
  label: string
  on?: boolean
  off?: boolean
  onClick(): void
  children: ReactNode
}) {
  const { label, on, off = false, onClick, children } = props
  return (
    <Toolbar.Button
      className={styles.tool}
      aria-label={label}
      title={label}
      aria-pressed={on}
      // Not `disabled`: the last undo would take the focus away with it.
      aria-disabled={off}
      // Keeps the caret in the text: on a phone the keyboard would close.
      onMouseDown={(event) => event.preventDefault()}
      onClick={off ? undefined : onClick}
    >
      {children}
    </Toolbar.Button>
  )
}

/** Alt+F10 leads from the text to its tools, as in other editors; Escape leads back. */
function useToolbarKey(editor: Editor) {
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { dom } = editor.view
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'F10' || !event.altKey) return
      event.preventDefault()
      bar.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus()
    }
    dom.addEventListener('keydown', onKeyDown)
    return () => dom.removeEventListener('keydown', onKeyDown)
  }, [editor])
  return bar
}
