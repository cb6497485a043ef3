import { useCallback, useEffect, useRef } from 'react'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { openThreads } from '../comments/useThreads.ts'
import { announce } from '../ui/announce.ts'
import { showProposal } from './showProposal.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

export type GoThread = (step: 1 | -1) => void

/** Goes to a thread: its words on screen, its card with the focus. */
export function useOpenCard(desk: Desk, state: DeskState): (threadId: string) => void {
  const phone = useMedia(PHONE)
  const { handle, setActiveThread, setCurrent, show } = state
  const { threads, proposals, clauses } = desk
  return useCallback(
    (threadId: string) => {
      const thread = threads.find(({ id }) => id === threadId)
      if (!thread) return
      if (thread.proposalId !== undefined) {
        showProposal({ proposals, clauses }, state, thread.proposalId, phone)
        setActiveThread(threadId)
        return
      }
      setCurrent(thread.clauseId)
      setActiveThread(threadId)
      if (phone) show({ kind: 'clause', clauseId: thread.clauseId })
      // Once its card has taken its place.
      requestAnimationFrame(() => cardOf(threadId)?.focus({ preventScroll: true }))
      if (!handle?.scrollToThread(threadId)) handle?.scrollToClause(thread.clauseId)
    },
    [state, threads, proposals, clauses, handle, setActiveThread, setCurrent, show, phone],
  )
}

const cardOf = (threadId: string) =>
  [...document.querySelectorAll<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`)].find(
    (card) => card.checkVisibility(),
  )

/** The next open thread of the document, or the one before, from the one at hand or from the caret (UX-47). */
export function useGoThread(desk: Desk, state: DeskState): GoThread {
  const t = useText()
  const open = useOpenCard(desk, state)
  const { threads, clauses, agencies, placeOf } = desk
  const { activeThread, current } = state
  return useCallback(
    (step) => {
      const list = openThreads(threads)
      const order = new Map<string, number>(clauses.map(({ id }, index) => [id, index]))
      const rank = (clauseId: string | null) => order.get(clauseId ?? '') ?? -1
      const here = list.findIndex(({ id }) => id === activeThread)
      const from = rank(current)
      const behind = list.findIndex(({ clauseId }) => rank(clauseId) >= from)
      const before = list.findLastIndex(({ clauseId }) => rank(clauseId) <= from)
      const next = here >= 0 ? here + step : step === 1 ? behind : before
      const at = ((next < 0 && here < 0 ? 0 : next) + list.length) % list.length
      const thread = list[at]
      if (!thread) return announce(t('thread.noneToGo'))
      open(thread.id)
      announce(
        t('thread.at', {
          at: at + 1,
          count: list.length,
          agency: agencies.get(thread.agencyId)?.name ?? '',
          place: placeOf(thread.clauseId),
        }),
      )
    },
    [threads, clauses, agencies, placeOf, activeThread, current, open, t],
  )
}

const STEPS: Record<string, 1 | -1> = { KeyN: 1, KeyP: -1 }
const MODIFIERS = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph'])

/** Ctrl+Alt+N, then C: the next thread; Ctrl+Alt+P, then C: the one before; Ctrl+Alt+Shift+A: the list (UX-46, UX-47). */
export function useThreadKeys(listens: boolean, { show }: DeskState, go: GoThread): void {
  /** The first key of two was pressed. */
  const begun = useRef<1 | -1 | null>(null)
  useEffect(() => {
    if (!listens) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || MODIFIERS.has(event.key)) return
      const step = begun.current
      begun.current = null
      if (step !== null && event.code === 'KeyC') {
        // Not a letter of the text this time.
        event.preventDefault()
        event.stopPropagation()
        go(step)
        return
      }
      if (!(event.ctrlKey || event.metaKey) || !event.altKey) return
      if (event.shiftKey && event.code === 'KeyA') {
        event.preventDefault()
        show({ kind: 'threads' })
      } else if (!event.shiftKey && event.code in STEPS) {
        event.preventDefault()
        begun.current = STEPS[event.code] ?? null
      }
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [listens, show, go])
}
