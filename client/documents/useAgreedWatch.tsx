import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { isSettled } from '../agreements/marks.ts'
import { useText } from '../base/useText.ts'
import { AgreedDialog } from '../clauses/agreed/AgreedDialog.tsx'
import type { Held } from '../clauses/agreed/agreedGuard.ts'
import type { HeldEdit } from '../clauses/agreed/heldEdit.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { Working } from '../proposals/useMode.ts'
import { useSay } from '../ui/Toasts.tsx'
import type { Desk } from './useDesk.ts'

/** Clauses that somebody has chosen to edit though they are agreed, as long as the page lives. */
const released = new Set<string>()

/**
 * Before words that are agreed are changed in the shared text: they are proposed instead, or edited all the same
 * (UX-31). What was typed or done is kept, and done where it is wanted.
 */
export function useAgreedWatch(
  desk: Desk,
  handle: EditorHandle | null,
  { view, setMode, setView }: Working,
): ReactNode {
  const { document, clauses, agreement, placeOf } = desk
  const t = useText()
  const say = useSay()
  const [held, setHeld] = useState<Held | null>(null)
  /** Waits for the draft to be on the page. */
  const waiting = useRef<HeldEdit | null>(null)
  const agreed = useMemo(() => {
    const policy = document.agreementPolicy
    return new Set([...agreement.rows].flatMap(([id, row]) => (isSettled(row, policy) ? id : [])))
  }, [agreement, document.agreementPolicy])
  const nameOf = (clauseId: string) => `${document.id} ${document.epoch} ${clauseId}`
  const isHeld = (clauseId: string) => agreed.has(clauseId) && !released.has(nameOf(clauseId))
  const latest = useRef(isHeld)
  latest.current = isHeld

  useEffect(() => {
    if (!handle || handle.isDraft) return
    const guard = handle.editor.storage.agreedGuard
    guard.watch = { isHeld: (clauseId) => latest.current(clauseId), onHeld: setHeld }
    return () => {
      guard.watch = null
    }
  }, [handle])

  const make = (on: EditorHandle, edit: HeldEdit) => {
    on.editor.view.focus()
    if (!edit(on.editor)) say.problem(t('agreed.notMade'))
  }
  const makeLater = useRef(make)
  makeLater.current = make
  useEffect(() => {
    const edit = waiting.current
    if (!edit || !handle?.isDraft) return
    waiting.current = null
    makeLater.current(handle, edit)
  }, [handle])

  if (!held) return null
  return (
    <AgreedDialog
      clauses={clauses.filter(({ id }) => held.clauseIds.includes(id))}
      placeOf={placeOf}
      onPropose={() => {
        setHeld(null)
        waiting.current = held.draft
        // There nothing can be written.
        if (view === 'original') setView('marks')
        setMode('suggesting')
      }}
      onEdit={() => {
        setHeld(null)
        for (const id of held.clauseIds) released.add(nameOf(id))
        if (handle && !handle.isDraft) make(handle, held.edit)
        else say.problem(t('agreed.notMade'))
      }}
      onClose={() => setHeld(null)}
    />
  )
}
