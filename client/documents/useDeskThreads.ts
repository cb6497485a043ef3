import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { decodeAnchor } from '../../shared/comments/anchor.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import { queryKey } from '../base/queryKey.ts'
import { constantStore, useStore } from '../base/store.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import type { MarkedThread } from '../clauses/threads/threadMarks.ts'
import { useThreads } from '../comments/useThreads.ts'
import { NEW_THREAD } from './useCards.tsx'
import type { DeskState } from './useDeskState.ts'

const NONE: readonly never[] = []
const NOWHERE = constantStore<ReadonlyMap<string, string | null>>(new Map())
const SETTLED_MS = 1_500

/** Where they stand in the text on screen, in its order: whatever the server's answer was, others write on. */
export function useDeskThreads(
  document: DocumentView,
  clauses: readonly ClauseView[],
  handle: EditorHandle | null,
): readonly ThreadView[] {
  const threads = useThreads(document.id).data ?? NONE
  const marked = useStore(handle?.threads.clauses ?? NOWHERE)
  // A draft says nothing of where they stand in the shared text.
  const live = handle !== null && !handle.isDraft
  useMovedClauses(document, threads, clauses)
  return useMemo(() => {
    const order = new Map(clauses.map(({ id }, index) => [id, index]))
    const inText = new Map([...marked.keys()].map((id, index) => [id, index]))
    const rank = ({ clauseId }: ThreadView) => order.get(clauseId) ?? order.size
    return threads
      .map((thread) => (live ? placed(thread, marked, order) : thread))
      .sort((a, b) => rank(a) - rank(b) || (inText.get(a.id) ?? -1) - (inText.get(b.id) ?? -1))
  }, [threads, clauses, marked, live])
}

/** @param marked clause of each thread with an anchor, null where its words are gone; others only where their quote is */
function placed(
  thread: ThreadView,
  marked: ReadonlyMap<string, string | null>,
  order: ReadonlyMap<string, number>,
): ThreadView {
  const clauseId = marked.get(thread.id)
  if (clauseId === null) return thread.detached ? thread : { ...thread, detached: true }
  if (clauseId !== undefined)
    return { ...thread, clauseId: clauseId as ThreadView['clauseId'], detached: false }
  if (thread.anchor !== undefined || order.size === 0) return thread
  // Of a clause that is to come, or was never accepted, the server says what holds.
  if (thread.proposalId !== undefined && !order.has(thread.clauseId)) return thread
  return { ...thread, detached: !order.has(thread.clauseId) }
}

/** Into which clause another was merged only the server remembers; it is asked once the writing has paused. */
function useMovedClauses(
  document: DocumentView,
  threads: readonly ThreadView[],
  clauses: readonly ClauseView[],
) {
  const client = useQueryClient()
  const moved = useMemo(() => {
    const ids = new Set<string>(clauses.map(({ id }) => id))
    if (ids.size === 0) return ''
    return threads
      .filter(({ proposalId }) => proposalId === undefined)
      .filter(({ clauseId, openedOn }) => !ids.has(clauseId) || (openedOn && ids.has(openedOn)))
      .map(({ id }) => id)
      .join()
  }, [threads, clauses])
  useEffect(() => {
    if (moved === '') return
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: queryKey.threads(document.id) }),
      SETTLED_MS,
    )
    return () => clearTimeout(timer)
  }, [moved, client, document.id])
}

/** Shows the words of open threads in the text, and those that are about to be commented on. */
export function useThreadMarks(document: DocumentView, state: DeskState): void {
  const { handle, composing, activeThread } = state
  const threads = useThreads(document.id).data ?? NONE
  const marked = useMemo(() => {
    const open = threads.filter(({ status }) => status === 'open').map(markedThread)
    if (!composing?.anchor) return open
    return [...open, { ...composing, id: NEW_THREAD, anchor: composing.anchor }]
  }, [threads, composing])
  useEffect(() => {
    handle?.threads.show(marked, composing ? NEW_THREAD : activeThread)
  }, [handle, marked, composing, activeThread])
}

const markedThread = ({ id, clauseId, anchor, quote = '' }: ThreadView): MarkedThread => ({
  id,
  clauseId,
  anchor: anchor === undefined ? null : decodeAnchor(anchor, quote),
  quote,
})

/** A click on commented words brings their card; on words of several threads, each in turn. */
export function useThreadClicks(state: DeskState, open: (threadId: string) => void): void {
  const { handle, activeThread } = state
  useEffect(() => {
    // In the drawing in which the editor goes, the desk still has its handle.
    if (!handle || handle.editor.isDestroyed) return
    const text = handle.editor.view.dom
    const onClick = (event: MouseEvent) => {
      const ids = marksAround(event.target)
      const next = ids[(ids.indexOf(activeThread ?? '') + 1) % ids.length]
      if (next !== undefined && next !== NEW_THREAD && window.getSelection()?.isCollapsed)
        open(next)
    }
    text.addEventListener('click', onClick)
    return () => text.removeEventListener('click', onClick)
  }, [handle, activeThread, open])
}

/** Innermost first. */
function marksAround(target: EventTarget | null): string[] {
  const ids: string[] = []
  let mark = target instanceof Element ? target.closest<HTMLElement>('[data-marks]') : null
  while (mark) {
    ids.push(mark.dataset.marks ?? '')
    mark = mark.parentElement?.closest<HTMLElement>('[data-marks]') ?? null
  }
  return ids
}
