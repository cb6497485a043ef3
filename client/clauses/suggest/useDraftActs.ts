import { useEffect, useMemo, useRef } from 'react'
import { useText } from '../../base/useText.ts'
import { useSay } from '../../ui/Toasts.tsx'
import { actOfKey } from '../clauseActKeys.ts'
import { actOn } from '../clauseActs.ts'
import type { OwnedHandle } from '../editorHandle.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import { stepsOf } from '../undo/undoSteps.ts'
import { draftMoves } from './draftMoves.ts'
import type { Fork } from './fork.ts'

/** What can be done to whole clauses in a draft; the rest is done by typing. */
export const DRAFT_ACTS = ['up', 'down'] as const
type DraftAct = (typeof DRAFT_ACTS)[number]

/**
 * The one place from which clauses are moved in a draft: by menu, by key, from the outline. Nobody else is in there, so
 * nothing is asked, and nothing waits for the server.
 */
export function useDraftActs(
  handle: OwnedHandle,
  fork: Fork,
): (kind: DraftAct, clauseId: string) => void {
  const { editor } = handle
  const t = useText()
  const say = useSay()
  const moves = useMemo(() => {
    const steps = stepsOf(editor)
    return steps && draftMoves(fork, steps, newClauseId)
  }, [editor, fork])
  const start = (kind: DraftAct, clauseId: string, from: 'page' | 'outline') => {
    const act = actOn(kind, handle.page.now(), clauseId)
    const caret = handle.caret()
    const isDone = act !== null && 'after' in act && moves?.move(clauseId, act.after) === true
    if (!isDone) return say.problem(t(`editor.clause.${kind}.none`))
    say.done(t(`editor.clause.${kind}.done`))
    if (from === 'outline') handle.scrollToClause(clauseId)
    else handle.focusClause(clauseId, caret?.id === clauseId ? caret.offset : undefined)
  }
  const takeBack = async (name: string, as: string) => {
    const back = moves?.takeBack(name, as)
    if (back?.taken !== 'done' || back.clauseId === null) {
      say.problem(t('error.act/gone'))
      return 'gone'
    }
    handle.focusClause(back.clauseId)
    return back.taken
  }
  const latest = useRef({ start, takeBack })
  latest.current = { start, takeBack }

  useEffect(() => {
    const steps = stepsOf(editor)
    steps?.setTakeBackAct((name, as) => latest.current.takeBack(name, as))
    handle.setActs((kind, clauseId) => {
      if (kind === 'up' || kind === 'down') latest.current.start(kind, clauseId, 'outline')
    })
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = actOfKey(event, editor, () => false)
      if (wanted?.kind !== 'up' && wanted?.kind !== 'down') return
      event.preventDefault()
      event.stopPropagation()
      latest.current.start(wanted.kind, wanted.clauseId, 'page')
    }
    // Before ProseMirror, which would select with these keys.
    const { dom } = editor.view
    dom.addEventListener('keydown', onKeyDown, true)
    return () => {
      steps?.setTakeBackAct(null)
      handle.setActs(null)
      dom.removeEventListener('keydown', onKeyDown, true)
    }
  }, [handle, editor])
  return (kind, clauseId) => start(kind, clauseId, 'page')
}
