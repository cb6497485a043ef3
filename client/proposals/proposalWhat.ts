import type { ClauseView } from '../../shared/clauses/api.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { landingOf } from '../../shared/proposals/landing.ts'
import type { Translate } from '../base/useText.ts'
import { proposalPlace } from './ProposalHead.tsx'

/** What a proposal wants with its clause, in words: `Chuyển khoản 2 Điều 3 đến sau Điều 5`. */
export function proposalWhat(
  t: Translate,
  proposal: ProposalView,
  text: { clauses: readonly ClauseView[]; placeOf(clauseId: string): string },
): string {
  const { kind, clauseId, afterClauseId, level } = proposal
  const place = proposalPlace(t, proposal, text.placeOf)
  if (kind !== 'move') return t(`late.kind.${kind}`, { place })
  const own = text.clauses.find(({ id }) => id === clauseId)
  const landing = landingOf(text.clauses, level ?? own?.level ?? 'text', afterClauseId ?? null)
  if (landing.where === 'top') return t('proposal.move.top', { place })
  const to = text.placeOf(landing.clauseId) || t('late.gone')
  return t(`proposal.move.${landing.where}`, { place, to })
}
