import { useEffect, useRef, useState } from 'react'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import type { EditorHandle } from '../../clauses/editorHandle.ts'
import { beginOwnAct } from '../../clauses/undo/beginOwnAct.ts'
import { fetchProposals, sendDecision, useAfterDecisions } from '../useProposals.ts'
import {
  type Act,
  decideMany,
  decideOne,
  type Fate,
  type Fates,
  fateOnRecord,
  lookUp,
} from './decideMany.ts'
import { isAlone, type Share } from './selectedProposals.ts'

export type DecidedMany = Fates & {
  act: Act
  /** As they were when they were decided. */
  proposals: readonly ProposalView[]
}

/** `at`: which of them is being decided, from 1. */
export type Progress = { at: number; count: number; isStopping: boolean }

const LOOK_MS = 1_000

/** @param handle whose undo stack each acceptance is a step of */
export function useDecideMany(documentId: DocumentId, userId: string, handle: EditorHandle | null) {
  const refresh = useAfterDecisions(documentId)
  const [progress, setProgress] = useState<Progress | null>(null)
  const [outcome, setOutcome] = useState<DecidedMany | null>(null)
  const stopped = useRef(false)
  // Nothing more is decided where nobody can see it or stop it.
  useEffect(
    () => () => {
      stopped.current = true
    },
    [],
  )
  const goesOn = () => !stopped.current
  const look = (act: Act, { id }: ProposalView) =>
    lookUp(
      async () => {
        const now = await fetchProposals(documentId)
        return fateOnRecord(
          now.find((one) => one.id === id),
          act,
          userId,
        )
      },
      () => new Promise((done) => setTimeout(done, LOOK_MS)),
      goesOn,
    )
  const accept = async (proposal: ProposalView) => {
    const step = beginOwnAct(handle)
    const name = step?.name ?? null
    const verdict = await decideOne(
      // Only on the words it started from: a merge is accepted by whoever has seen it.
      () => sendDecision(proposal.id, { act: 'accept', onHash: null, name }),
      () => look('accept', proposal),
    )
    // A step of what was not accepted after all says so when it is taken back.
    step?.end(verdict.fate === 'done' || verdict.fate === 'unknown')
    return verdict
  }
  const reject = (reason: string | null) => (proposal: ProposalView) =>
    decideOne(
      () => sendDecision(proposal.id, { act: 'reject', reason }),
      () => look('reject', proposal),
    )
  /** A rival may have come since the question was drawn: what has one now is not accepted. */
  const acceptAlone = async ({ acceptable }: Share, onItem: (at: number) => void) => {
    const left = new Map<string, Fate>(acceptable.map(({ id }) => [id, 'left']))
    try {
      const open = (await fetchProposals(documentId)).filter(({ status }) => status === 'open')
      const alone = acceptable.filter((one) => isAlone(one, open))
      const disputed = acceptable.map(({ id }): [string, Fate] => [id, 'disputed'])
      const { fates, error } = await decideMany(alone, accept, { goesOn, onItem })
      return { fates: new Map([...disputed, ...fates]), error }
    } catch (error) {
      return { fates: left, error }
    }
  }
  const run = async (act: Act, share: Share, reason: string | null) => {
    stopped.current = false
    const count = (act === 'accept' ? share.acceptable : share.rejectable).length
    setProgress({ at: 1, count, isStopping: false })
    const onItem = (at: number) => setProgress((before) => before && { ...before, at })
    const { fates, error } =
      act === 'accept'
        ? await acceptAlone(share, onItem)
        : await decideMany(share.rejectable, reject(reason), { goesOn, onItem })
    const all = new Map<string, Fate>([
      ...share.own.map(({ id }): [string, Fate] => [id, 'own']),
      ...share.disputed.map(({ id }): [string, Fate] => [id, 'disputed']),
      ...fates,
    ])
    setOutcome({ act, proposals: [...share.rejectable, ...share.own], fates: all, error })
    setProgress(null)
    await refresh()
  }
  /** After the one that is being decided. */
  const stop = () => {
    stopped.current = true
    setProgress((before) => before && { ...before, isStopping: true })
  }
  return { outcome, run, stop, progress }
}
