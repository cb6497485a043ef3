import { useEditorState } from '@tiptap/react'
import { ArrowDown, ArrowUp, ChevronDown, Merge, Trash2 } from 'lucide-react'
import { DropdownMenu, Toolbar } from 'radix-ui'
import { useRef, useState } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { moveDown, moveUp, subtreeEnd, subtreeHash } from '../../shared/clauses/subtree.ts'
import { errorText } from '../base/errorText.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { useSay } from '../ui/Toasts.tsx'
import { ClauseActDialog } from './ClauseActDialog.tsx'
import styles from './EditorToolbar.module.css'
import type { EditorHandle } from './editorHandle.ts'
import { blocksById } from './placesOnPage.ts'
import { type ClauseAct, useClauseAct, whenArrived } from './useClauseAct.ts'

const ICONS = { up: ArrowUp, down: ArrowDown, merge: Merge, delete: Trash2 }
const KINDS = ['up', 'down', 'merge', 'delete'] as const

/** Moves, merges and deletes the clause of the caret with all under it, and says first who is writing in there. */
export function ClauseMenu(props: { handle: EditorHandle; connection: DocumentConnection }) {
  const { handle, connection } = props
  const { editor } = handle
  const t = useText()
  const say = useSay()
  const trigger = useRef<HTMLButtonElement>(null)
  const chosen = useRef<ClauseAct | null>(null)
  const [asked, setAsked] = useState<ClauseAct | null>(null)
  const { save } = useStore(connection)
  const clauses = useStore(handle.clauses)
  const carets = useStore(handle.carets)
  const act = useClauseAct(connection)
  const current = useEditorState({
    editor,
    selector: ({ editor: { state } }) =>
      blocksById(editor)[state.selection.$head.index(0)]?.id ?? null,
  })
  const index = clauses.findIndex(({ id }) => id === current)
  const subtree = index < 0 ? [] : subtreeOf(clauses, index)
  const people = namesIn(carets, subtree)
  const askedSubtree = subtreeOf(
    clauses,
    clauses.findIndex(({ id }) => id === asked?.clauseId),
  )
  const run = (what: ClauseAct) =>
    act.mutate(what, {
      onSuccess(next) {
        setAsked(null)
        say.done(t(`editor.clause.${what.kind}.done`))
        if (next !== null) whenArrived(editor, what, () => handle.focusClause(next))
      },
      onError(error) {
        if (!asked) say.problem(errorText(t, error))
      },
    })
  const choose = (what: ClauseAct) => {
    if (what.kind === 'delete' || people.length > 0) chosen.current = what
    else run(what)
  }
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <Toolbar.Button asChild disabled={save === 'offline' || save === 'unsaved'}>
          <DropdownMenu.Trigger ref={trigger} className={styles.tool}>
            {t('editor.clause')}
            <ChevronDown size={14} aria-hidden />
          </DropdownMenu.Trigger>
        </Toolbar.Button>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className={styles.menu}
            align="start"
            sideOffset={6}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              trigger.current?.focus()
              // Only now: the menu would take the focus out of a dialog that opened beneath it.
              if (chosen.current) {
                act.reset()
                setAsked(chosen.current)
              }
              chosen.current = null
            }}
          >
            {people.length > 0 && (
              <DropdownMenu.Label className={styles.present}>
                {t('editor.clause.people', { names: people.join(', ') })}
              </DropdownMenu.Label>
            )}
            {KINDS.map((kind) => {
              const what = actOn(kind, clauses, index)
              const Icon = ICONS[kind]
              return (
                <DropdownMenu.Item
                  key={kind}
                  className={styles.item}
                  disabled={what === null || act.isPending}
                  onSelect={() => what && choose(what)}
                >
                  <Icon size={16} aria-hidden />
                  {t(`editor.clause.${kind}`)}
                </DropdownMenu.Item>
              )
            })}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {asked && (
        <ClauseActDialog
          act={asked}
          subtree={askedSubtree}
          people={namesIn(carets, askedSubtree)}
          busy={act.isPending}
          problem={act.error ? errorText(t, act.error) : null}
          onConfirm={run}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

const subtreeOf = (clauses: readonly ClauseView[], index: number): readonly ClauseView[] =>
  index < 0 ? [] : clauses.slice(index, subtreeEnd(levelsOf(clauses), index))

const levelsOf = (clauses: readonly ClauseView[]) => clauses.map(({ level }) => level)

const namesIn = (
  carets: ReadonlyMap<string, readonly { name: string }[]>,
  subtree: readonly ClauseView[],
): string[] => [
  ...new Set(subtree.flatMap(({ id }) => (carets.get(id) ?? []).map(({ name }) => name))),
]

/** Null where it cannot be done. */
function actOn(
  kind: (typeof KINDS)[number],
  clauses: readonly ClauseView[],
  index: number,
): ClauseAct | null {
  const clause = clauses[index]
  if (!clause) return null
  const clauseId = clause.id
  if (kind === 'delete') {
    const subtree = subtreeOf(clauses, index)
    const leavesNothing = subtree.length === clauses.length
    return leavesNothing ? null : { kind, clauseId, hash: subtreeHash(subtree) }
  }
  if (kind === 'merge') {
    const above = clauses[index - 1]
    const mergeable = above && above.level !== 'table' && clause.level !== 'table'
    return mergeable ? { kind, clauseId } : null
  }
  const target = (kind === 'up' ? moveUp : moveDown)(levelsOf(clauses), index)
  if (!target) return null
  return {
    kind,
    clauseId,
    after: target.after === null ? null : (clauses[target.after]?.id ?? null),
  }
}
