import { type ReactNode, useEffect, useRef, useState } from 'react'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { useSay } from '../ui/Toasts.tsx'
import { ClauseActDialog } from './ClauseActDialog.tsx'
import { actOfKey } from './clauseActKeys.ts'
import {
  type ActKind,
  actOn,
  type ClauseAct,
  goingIds,
  namesIn,
  rewrittenIds,
  subtreeOf,
} from './clauseActs.ts'
import type { OwnedHandle } from './editorHandle.ts'
import { newClauseId } from './schema/clauseIds.ts'
import { UndoActDialog } from './UndoActDialog.tsx'
import { stepsOf } from './undo/undoSteps.ts'
import { useClauseAct, whenArrived } from './useClauseAct.ts'
import { useTakeBack } from './useTakeBack.ts'

export type ClauseActs = {
  /**
   * Does it, or asks first: before a deletion, where others are writing (P04), where it is referred to, and where it is agreed (UX-31).
   * Says so where it cannot be done.
   * @param from where the hand is: the caret follows an act on the page, and stays where it is for one in the outline
   */
  start(kind: ActKind, clauseId: string, from?: 'page' | 'outline'): void
  busy: boolean
  dialog: ReactNode
}

/**
 * The one place from which clauses are moved, merged and deleted: by menu, by key, from the outline.
 * @param citations where these clauses are referred to, in words
 */
export function useClauseActs(
  handle: OwnedHandle,
  connection: DocumentConnection,
  citations: (clauseIds: readonly string[]) => readonly string[],
): ClauseActs {
  const { editor } = handle
  const t = useText()
  const say = useSay()
  const act = useClauseAct(connection)
  const [asked, setAsked] = useState<{ act: ClauseAct; from: 'page' | 'outline' } | null>(null)
  // Looked at when something is done, so that the toolbar is not drawn anew with every word of the others.
  const people = (clauseId: string) =>
    namesIn(handle.carets.getSnapshot(), subtreeOf(handle.clausesNow(), clauseId))
  /** Where something would refer to nothing, were the clause not there any more; moved, it goes on being referred to. */
  const cited = (kind: ActKind, clauseId: string) =>
    citations(goingIds(kind, handle.clausesNow(), clauseId))
  /** It would take the agreement from words. */
  const unsettles = (kind: ActKind, clauseId: string) => {
    const agreed = editor.storage.agreedGuard.watch?.held()
    return rewrittenIds(kind, handle.clausesNow(), clauseId).some((id) => agreed?.has(id))
  }
  /** A key pressed again before the server has answered; it counts once what came first has arrived here. */
  const again = useRef<(() => void) | null>(null)
  const running = useRef(false)
  const goOn = () => {
    running.current = false
    const next = again.current
    again.current = null
    next?.()
  }

  const takeBack = useTakeBack(handle, connection, people)

  const run = (what: ClauseAct, from: 'page' | 'outline') => {
    const caret = handle.caret()
    const ids = handle.clausesNow().map(({ id }) => id)
    const above = ids[ids.indexOf(what.clauseId) - 1] ?? null
    const name = newClauseId()
    const endStep = stepsOf(editor)?.beginAct(name)
    running.current = true
    const whenDone = (next: string | null) => {
      setAsked(null)
      takeBack.know(name, what.clauseId)
      say.done(t(`editor.clause.${what.kind}.done`))
      whenArrived(editor, what, { next, above }, (arrived) => {
        endStep?.(true)
        if (!arrived || editor.isDestroyed) again.current = null
        else if (next !== null && from === 'outline') handle.scrollToClause(next)
        else if (next !== null)
          handle.focusClause(next, caret?.id === next ? caret.offset : undefined)
        goOn()
      })
    }
    act.mutate(
      { act: what, name },
      {
        onSuccess: whenDone,
        onError(error) {
          endStep?.(false)
          again.current = null
          running.current = false
          if (!asked) say.problem(errorText(t, error))
        },
      },
    )
  }
  const start: ClauseActs['start'] = (kind, clauseId, from = 'page') => {
    if (running.current) {
      again.current = () => latest.current.start(kind, clauseId, from)
      return
    }
    const what = actOn(kind, handle.clausesNow(), clauseId)
    if (!what) say.problem(t(`editor.clause.${kind}.none`))
    else if (
      kind === 'delete' ||
      people(clauseId).length > 0 ||
      cited(kind, clauseId).length > 0 ||
      unsettles(kind, clauseId)
    ) {
      act.reset()
      setAsked({ act: what, from })
    } else run(what, from)
  }
  const latest = useRef({ start, people, cited })
  latest.current = { start, people, cited }

  useEffect(() => {
    handle.setActs((kind, clauseId) => latest.current.start(kind, clauseId, 'outline'))
    const onKeyDown = (event: KeyboardEvent) => {
      const mustAsk = (id: string) =>
        latest.current.people(id).length > 0 || latest.current.cited('merge', id).length > 0
      const wanted = actOfKey(event, editor, mustAsk)
      if (!wanted) return
      event.preventDefault()
      event.stopPropagation()
      latest.current.start(wanted.kind, wanted.clauseId)
    }
    // Before ProseMirror, which would select with these keys, or join without asking.
    const { dom } = editor.view
    dom.addEventListener('keydown', onKeyDown, true)
    return () => {
      handle.setActs(null)
      dom.removeEventListener('keydown', onKeyDown, true)
    }
  }, [handle, editor])

  const dialog = asked && (
    <ClauseActDialog
      handle={handle}
      act={asked.act}
      citations={cited(asked.act.kind, asked.act.clauseId)}
      unsettles={unsettles(asked.act.kind, asked.act.clauseId)}
      busy={act.isPending}
      problem={act.error ? errorText(t, act.error) : null}
      onConfirm={(what) => run(what, asked.from)}
      onClose={() => setAsked(null)}
    />
  )
  const dialogs = (
    <>
      {dialog}
      {takeBack.asked && <UndoActDialog {...takeBack.asked} />}
    </>
  )
  return { start, busy: act.isPending, dialog: dialogs }
}
