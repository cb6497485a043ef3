import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { placeDescriber } from '../../shared/clauses/describePlace.ts'
import type { Addressable } from '../../shared/comments/mentions.ts'
import type { BlocView, DocumentView } from '../../shared/documents/api.ts'
import { type DocumentKind, numberingModel } from '../../shared/documents/document.ts'
import type { Blocker } from '../../shared/locking/api.ts'
import { sumBlockers } from '../../shared/locking/lockBlockers.ts'
import { actorIn, sceneOf } from '../accounts/actorIn.ts'
import { type Agreement, agreementOf } from '../agreements/agreementOf.ts'
import { endOf, isHead } from '../agreements/clauseTree.ts'
import { waitingFor } from '../agreements/marks.ts'
import { useKeptRows } from '../agreements/useKeptRows.ts'
import { usePositions } from '../agreements/usePositions.ts'
import { useViews } from '../agreements/useViews.ts'
import { type AgencyDirectory, agencyDirectory } from '../base/agencyDirectory.ts'
import { queryKey } from '../base/queryKey.ts'
import { constantStore, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { useBrackets } from '../brackets/useBrackets.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { openThreads } from '../comments/useThreads.ts'
import { liveBlockers } from '../locking/liveBlockers.ts'
import { useReadiness } from '../locking/useLocking.ts'
import { useProposals } from '../proposals/useProposals.ts'
import { useSigning } from '../signing/useSigning.ts'
import { type NextStep, nextStep } from './nextStep.ts'
import { useDeskThreads } from './useDeskThreads.ts'
import { useStoredClauses } from './useDocuments.ts'

const NO_CLAUSES = constantStore<readonly ClauseView[]>([])
const NONE: readonly never[] = []

/** One document as this person sees it now: what every part of the desk reads. */
export type Desk = ReturnType<typeof useDesk>

export function useDesk(
  document: DocumentView,
  bloc: BlocView,
  user: SessionUser,
  handle: EditorHandle | null,
) {
  const { clauses, agreement } = useAgreement(document, handle)
  const threads = useDeskThreads(document, clauses, handle)
  const brackets = useBrackets(document.id, clauses)
  const views = useViews(document.id).data ?? NONE
  const made = useProposals(document.id).data ?? NONE
  const proposals = useMemo(() => made.filter(({ status }) => status === 'open'), [made])
  const blockers = useBlockers(document, agreement, clauses)
  const signing = useSigning(document.id, document.phase !== 'drafting').data
  const people = usePeople(bloc, user)
  const placeOf = usePlaceOf(document.kind, clauses)
  const groups = useGroups(clauses)
  const { actor, scene } = people
  const waiting = useMemo(
    () => waitingFor(agreement.rows, actor.agencyId),
    [agreement, actor.agencyId],
  )
  const next: NextStep = nextStep({
    phase: document.phase,
    actor,
    scene,
    waiting: waiting.length,
    blockers: blockers?.length ?? null,
    openThreads: openThreads(threads).length,
    late: proposals.filter(({ author }) =>
      can(actor, 'proposal.decide', { ...scene, proposerId: author.id }),
    ).length,
    numbered: document.number !== null && document.date !== null,
    places: signing?.places ?? NONE,
  })
  return {
    document,
    bloc,
    user,
    ...people,
    clauses,
    /** How many clauses a row of marks stands for, by its clause: 1 where nothing hangs under it. */
    groups,
    agreement,
    waiting,
    threads,
    /** What officers think, which counts for nothing. */
    views,
    brackets,
    /** Open ones, late ones included. */
    proposals,
    /** What stands in the way of the lock; null while it is not known, or once it is locked. */
    blockers,
    signing,
    placeOf,
    next,
  }
}

const SETTLED_MS = 1_500

function useBlockers(
  document: DocumentView,
  agreement: Agreement,
  clauses: readonly ClauseView[],
): readonly Blocker[] | null {
  const drafting = document.phase === 'drafting'
  const readiness = useReadiness(document.id, drafting).data
  const client = useQueryClient()
  const { contentHash } = agreement
  // What only the server sees in the words (blanks of the template, letters without a glyph) is asked anew after a pause.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks whenever the words have changed
  useEffect(() => {
    if (!drafting) return
    const timer = setTimeout(() => {
      void client.invalidateQueries({ queryKey: queryKey.readiness(document.id) })
      void client.invalidateQueries({ queryKey: queryKey.inbox })
    }, SETTLED_MS)
    return () => clearTimeout(timer)
  }, [contentHash, drafting, client, document.id])
  return useMemo(() => {
    if (!readiness || !drafting) return null
    const sums = clauses.flatMap(({ id, scores }) => sumBlockers(id, scores))
    const live = [...agreement.blockers, ...sums]
    return liveBlockers(readiness.blockers, live, [...agreement.rows.keys()])
  }, [readiness, drafting, agreement, clauses])
}

/** The matrix from the open editor, or from the server's clauses while there is none. */
export function useAgreement(
  document: DocumentView,
  handle: EditorHandle | null,
): { clauses: readonly ClauseView[]; agreement: Agreement } {
  const live = useStore(handle?.clauses ?? NO_CLAUSES)
  const stored = useStoredClauses(document.id, handle === null).data
  const clauses = handle ? live : (stored?.clauses ?? NONE)
  const positions = usePositions(document.id).data ?? NONE
  const fresh = useMemo(
    () => agreementOf(document, clauses, positions),
    [document, clauses, positions],
  )
  const rows = useKeptRows(fresh.rows)
  const agreement = useMemo(() => ({ ...fresh, rows }), [fresh, rows])
  return { clauses, agreement }
}

function usePeople(
  bloc: BlocView,
  user: SessionUser,
): {
  agencies: AgencyDirectory
  agencyNames: readonly string[]
  /** Who may be called into a thread. */
  reach: Addressable
  actor: BlocActor
  scene: Scene
} {
  return useMemo(
    () => ({
      agencies: agencyDirectory(bloc.agencies),
      agencyNames: bloc.agencies.map(({ name }) => name),
      reach: { people: bloc.people, agencies: bloc.agencies },
      actor: actorIn(user, bloc),
      scene: sceneOf(bloc, Date.now()),
    }),
    [bloc, user],
  )
}

/** Where a clause stands, in words; empty for one that is gone. */
export function usePlaceOf(kind: DocumentKind, clauses: readonly ClauseView[]) {
  const t = useText()
  return useMemo(() => {
    const place = placeDescriber(clauses, numberingModel(kind))
    return (clauseId: string): string =>
      clauseId === STRUCTURE ? t('structure.name') : place(clauseId)
  }, [kind, clauses, t])
}

function useGroups(clauses: readonly ClauseView[]): ReadonlyMap<string, number> {
  return useMemo(
    () =>
      new Map(
        clauses.map((clause, index) => [
          clause.id,
          isHead(clause) ? endOf(clauses, index) - index : 1,
        ]),
      ),
    [clauses],
  )
}
