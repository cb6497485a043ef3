import { useCallback, useMemo } from 'react'
import { useLocation } from 'wouter'
import { isHead, withDescendants } from '../agreements/clauseTree.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { ThreadPanel } from '../comments/ThreadPanel.tsx'
import { showProposal } from './showProposal.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** The list of threads of the document on screen, and of the others of its bloc. */
export function DeskThreads(props: {
  desk: Desk
  state: DeskState
  onGoTo(clauseId: string): void
}) {
  const { desk, state, onGoTo } = props
  const { bloc, document, clauses, placeOf } = desk
  const t = useText()
  const phone = useMedia(PHONE)
  const [, navigate] = useLocation()
  const documents = useMemo(
    () =>
      [...bloc.documents]
        .sort((a, b) => Number(b.id === document.id) - Number(a.id === document.id))
        .map(({ id, kind }) => ({ id, kind, name: t(`desk.kind.${kind}`) })),
    [bloc.documents, document.id, t],
  )
  const heads = useMemo(
    () => clauses.filter(isHead).map(({ id }) => ({ id, name: placeOf(id) })),
    [clauses, placeOf],
  )
  const within = useCallback(
    (clauseId: string) => new Set<string>(withDescendants(clauses, clauseId).map(({ id }) => id)),
    [clauses],
  )
  return (
    <ThreadPanel
      documents={documents}
      threads={desk.threads}
      agencies={desk.agencies}
      reach={desk.reach}
      placeOf={placeOf}
      clauses={heads}
      within={within}
      actor={desk.actor}
      scene={desk.scene}
      onShow={(thread, documentId) => {
        const kind = documents.find(({ id }) => id === documentId)?.kind
        if (documentId !== document.id && kind) {
          state.close()
          navigate(`/bloc/${bloc.id}/${kind}#${thread.clauseId}`)
          return
        }
        if (thread.proposalId !== undefined) {
          showProposal(desk, state, thread.proposalId, phone)
          return
        }
        onGoTo(thread.clauseId)
        state.setActiveThread(thread.id)
        state.handle?.scrollToThread(thread.id)
      }}
    />
  )
}
