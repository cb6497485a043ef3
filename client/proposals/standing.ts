import type { Sha256 } from '../../shared/base/ids.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { type Merge, mergedText, mergeProposal } from '../../shared/proposals/mergeWords.ts'

/** How a proposal stands to the clause as it is now. */
export type Standing =
  /** Nothing has happened to the clause since. */
  | { kind: 'fresh'; from: string; to: string }
  /** The two merge; what that makes is shown before anybody accepts it. */
  | { kind: 'merged'; from: string; to: string; onHash: Sha256 }
  | { kind: 'conflict'; from: string; merge: Merge | null }
  /** To be deleted, and written in since. */
  | { kind: 'changed'; from: string; onHash: Sha256 }
  /** The clause, or the place, is not there any more. */
  | { kind: 'gone'; to: string }

/** @param clause as it stands, or undefined */
export function standingOf(proposal: ProposalView, clause: ClauseView | undefined): Standing {
  const { kind, text, baseHash, baseText } = proposal
  if (kind === 'insert') return { kind: 'fresh', from: '', to: text }
  if (!clause) return { kind: 'gone', to: text }
  const from = clause.text
  const onHash = clause.hash
  const to = kind === 'delete' ? '' : text
  if (onHash === baseHash) return { kind: 'fresh', from, to }
  if (kind === 'delete') return { kind: 'changed', from, onHash }
  const merge =
    baseText === undefined ? null : mergeProposal(baseText, text, from, clause.level === 'table')
  const merged = merge && mergedText(merge)
  return merged === null
    ? { kind: 'conflict', from, merge }
    : { kind: 'merged', from, to: merged, onHash }
}
