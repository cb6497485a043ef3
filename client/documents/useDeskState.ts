import { useCallback, useMemo, useState } from 'react'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { selectedWords } from '../clauses/references/selectedWords.ts'

/** What can lie over the desk; one at a time. */
export type Overlay =
  | { kind: 'lock' | 'unlock' | 'blockers' | 'agreeAll' | 'structure' }
  | { kind: 'threads' | 'outline' | 'fields' | 'seal' | 'shortcuts' | 'signing' }
  /** The cards of one clause, on the phone. */
  | { kind: 'clause'; clauseId: string }
  | { kind: 'sign'; placeId: string }
  | { kind: 'nameVersion' }
  /** `since`: a row of the log to compare the present with. */
  | { kind: 'history'; since?: number }

export type Composing = { clauseId: string; quote: string }

/** Where this person is and what they have opened; nothing of it is anybody else's business. */
export function useDeskState() {
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  /** The clause whose positions were asked for. */
  const [opened, setOpened] = useState<string | null>(null)
  const [composing, setComposing] = useState<Composing | null>(null)
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
  const compose = useCallback((clauseId: string) => {
    const quote = selectedWords().trim().slice(0, 300)
    setComposing({ clauseId, quote })
  }, [])
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
