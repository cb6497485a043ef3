import { useEditorState } from '@tiptap/react'
import { ArrowDown, ArrowUp, CopyPlus, Link, Merge, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ComponentType, useRef } from 'react'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { useSay } from '../ui/Toasts.tsx'
import { type ActKind, actOn, namesIn, subtreeOf } from './clauseActs.ts'
import styles from './EditorToolbar.module.css'
import type { OwnedHandle } from './editorHandle.ts'
import { blocksById } from './placesOnPage.ts'
import { duplicateClause } from './schema/duplicateClause.ts'
import { ToolMenu } from './ToolMenu.tsx'

const ICONS = { up: ArrowUp, down: ArrowDown, merge: Merge, delete: Trash2 }

/** What can be done to the clause of the caret with all under it; who else is writing in there stands above. */
export function ClauseMenu<Kind extends ActKind>(props: {
  handle: OwnedHandle
  kinds: readonly Kind[]
  /** Whether none of them can be done now. */
  off: boolean
  onStart(kind: Kind, clauseId: string): void
}) {
  const { handle, kinds, off, onStart } = props
  const { editor } = handle
  const t = useText()
  const say = useSay()
  /** Done once the menu has closed: it would take the focus out of what opens beneath it. */
  const chosen = useRef<(() => void) | null>(null)
  const clauses = useStore(handle.page)
  const carets = useStore(handle.carets)
  const current = useEditorState({
    editor,
    selector: ({ editor: { state } }) =>
      blocksById(editor)[state.selection.$head.index(0)]?.id ?? null,
  })
  const people = namesIn(carets, subtreeOf(clauses, current))
  const double = () => {
    duplicateClause(editor.state, editor.view.dispatch)
    editor.commands.focus()
  }
  const copyLink = async () => {
    const { origin, pathname } = window.location
    try {
      await navigator.clipboard.writeText(`${origin}${pathname}#${current}`)
      say.done(t('editor.clause.link.done'))
    } catch {
      // Refused by the browser, or no clipboard on this address.
      say.problem(t('editor.clause.link.failed'))
    }
  }
  return (
    <ToolMenu
      face={t('editor.clause')}
      onClosed={() => {
        chosen.current?.()
        chosen.current = null
      }}
    >
      {people.length > 0 && (
        <DropdownMenu.Label className={styles.present}>
          {t('editor.clause.people', { names: people.join(', ') })}
        </DropdownMenu.Label>
      )}
      {kinds.map((kind) => (
        <Item
          key={kind}
          icon={ICONS[kind]}
          text={t(`editor.clause.${kind}`)}
          off={off || actOn(kind, clauses, current) === null}
          onSelect={() => {
            chosen.current = () => current !== null && onStart(kind, current)
          }}
        />
      ))}
      <DropdownMenu.Separator className={styles.between} />
      <Item
        icon={CopyPlus}
        text={t('editor.clause.double')}
        onSelect={() => {
          chosen.current = double
        }}
      />
      <Item
        icon={Link}
        text={t('editor.clause.link')}
        // What is only in one's own draft nobody else can be led to.
        off={current === null || !handle.isShared(current)}
        onSelect={() => void copyLink()}
      />
    </ToolMenu>
  )
}

function Item(props: {
  icon: ComponentType<{ size: number; 'aria-hidden': true }>
  text: string
  off?: boolean
  onSelect(): void
}) {
  const { icon: Icon, text, off = false, onSelect } = props
  return (
    <DropdownMenu.Item className={styles.item} disabled={off} onSelect={onSelect}>
      <Icon size={16} aria-hidden />
      {text}
    </DropdownMenu.Item>
  )
}
