import { useState } from 'react'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import type { EditorHandle } from '../../clauses/editorHandle.ts'
import { beginOwnAct } from '../../clauses/undo/beginOwnAct.ts'
import { sendDecision, useAfterDecisions } from '../useProposals.ts'
import { decideMany, type Fate, type Fates } from './decideMany.ts'
import type { Share } from './selectedProposals.ts'

export type DecidedMany = Fates & {
  act: 'accept' | 'reject'
  /** As they were when they were decided. */
  proposals: readonly ProposalView[]
}

/** @param handle whose undo stack each acceptance is a step of */
export function useDecideMany(documentId: DocumentId, handle: EditorHandle | null) {
  const refresh = useAfterDecisions(documentId)
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<DecidedMany | null>(null)
  const accept = async ({ id }: ProposalView) => {
    const step = beginOwnAct(handle)
    try {
      // Only on the words it started from: a merge is accepted by whoever has seen it.
      await sendDecision(id, { act: 'accept', onHash: null, name: step?.name ?? null })
      step?.end(true)
    } catch (error) {
      step?.end(false)
      throw error
    }
  }
  const run = async (act: DecidedMany['act'], share: Share, reason: string | null) => {
    setBusy(true)
    const reject = ({ id }: ProposalView) => sendDecision(id, { act: 'reject', reason })
    const { fates, error } =
      act === 'accept'
        ? await decideMany(share.acceptable, accept)
        : await decideMany(share.rejectable, reject)
    const all = new Map<string, Fate>([
      ...share.own.map(({ id }): [string, Fate] => [id, 'own']),
      ...share.disputed.map(({ id }): [string, Fate] => [id, 'disputed']),
      ...fates,
    ])
    setOutcome({ act, proposals: [...share.rejectable, ...share.own], fates: all, error })
    setBusy(false)
    await refresh()
  }
  return { outcome, run, busy }
}
