import { useCallback, useMemo, useState } from 'react'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { NewThread } from '../comments/NewThreadCard.tsx'
import { useSay } from '../ui/Toasts.tsx'

/** What can lie over the desk; one at a time. */
export type Overlay =
  | {
      kind: 'lock' | 'unlock' | 'blockers' | 'agreeAll' | 'structure' | 'matrix' | 'board' | 'chair'
    }
  | { kind: 'threads' | 'outline' | 'fields' | 'seal' | 'shortcuts' | 'signing' }
  /** The cards of one clause, on the phone. */
  | { kind: 'clause'; clauseId: string }
  /** Proposals that were selected, to be decided together. */
  | { kind: 'decideMany'; proposalIds: readonly string[] }
  /** Where a clause comes from. */
  | { kind: 'origin'; clauseId: string }
  /** `first`: the decided proposal that is asked for. */
  | { kind: 'decided'; first?: string }
  | { kind: 'sign'; placeId: string }
  | { kind: 'nameVersion' }
  /** `since`: a row of the log to compare the present with. */
  | { kind: 'history'; since?: number }

/** Where this person is and what they have opened; nothing of it is anybody else's business. */
export function useDeskState() {
  const t = useText()
  const say = useSay()
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  /** The clause whose positions were asked for. */
  const [opened, setOpened] = useState<string | null>(null)
  const [composing, setComposing] = useState<NewThread | null>(null)
  const [activeThread, setActiveThread] = useState<string | null>(null)
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const [lockMine, setLockMine] = useState(false)

  const goTo = useCallback(
    (clauseId: string) => {
      setCurrent(clauseId)
      setOpened(clauseId)
      setActiveThread(null)
      handle?.scrollToClause(clauseId)
    },
    [handle],
  )
  /** On the selected words where there are any, else on this clause; on nothing that is one's own draft alone. */
  const compose = useCallback(
    (clauseId: string) => {
      const selected = handle?.selected()
      if (selected) setComposing(selected)
      else if (handle?.isShared(clauseId) ?? true)
        setComposing({ clauseId, quote: '', anchor: null })
      else say.problem(t('thread.onDraft'))
    },
    [handle, say, t],
  )
  const close = useCallback(() => setOverlay(null), [])
  return useMemo(
    () => ({
      handle,
      setHandle,
      current,
      setCurrent,
      opened,
      setOpened,
      composing,
      compose,
      stopComposing: () => setComposing(null),
      activeThread,
      setActiveThread,
      overlay,
      show: setOverlay,
      close,
      lockMine,
      setLockMine,
      goTo,
    }),
    [handle, current, opened, composing, compose, activeThread, overlay, close, lockMine, goTo],
  )
}

export type DeskState = ReturnType<typeof useDeskState>
