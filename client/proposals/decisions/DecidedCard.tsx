import { Check, Undo2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { When } from '../../ui/When.tsx'
import { Changes } from '../Changes.tsx'
import cardStyles from '../ProposalCard.module.css'
import { ProposalHead, proposalPlace, Supporters, titleKey } from '../ProposalHead.tsx'
import { proposalWhat } from '../proposalWhat.ts'
import { WordDiff } from '../WordDiff.tsx'
import styles from './DecidedPanel.module.css'
import { type DecidedProposal, type Outcome, proposedChange } from './decidedProposals.ts'

const SHAPES = { accepted: Check, rejected: X, withdrawn: Undo2 } as const satisfies Record<
  Outcome,
  unknown
>

/** A proposal that was decided: what it wanted, who decided what about it, when and why. */
export function DecidedCard(props: {
  proposal: DecidedProposal
  clause: ClauseView | undefined
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  /** Leads to its clause; absent where that is not in the text. */
  onShow: (() => void) | null
  /** What was said about it. */
  children?: ReactNode
}) {
  const { proposal, agencies, clause, onShow } = props
  const t = useText()
  const place = proposalPlace(t, proposal, props.placeOf)
  const { from, to } = proposedChange(proposal)
  return (
    <article
      aria-label={`${t(titleKey(proposal))}: ${place}`}
      data-decided={proposal.id}
      tabIndex={-1}
    >
      <ProposalHead proposal={proposal} agencies={agencies} />
      <p className={cardStyles.what}>{proposalWhat(t, proposal, props)}</p>
      {proposal.level !== undefined && proposal.level !== clause?.level ? (
        <p className={cardStyles.what}>
          {t('proposal.level', { level: t(`editor.level.${proposal.level}`) })}
        </p>
      ) : null}
      {from === to ? null : (
        <>
          <Changes from={from} to={to} />
          <WordDiff from={from} to={to} />
        </>
      )}
      {proposal.note === undefined ? null : <p className={cardStyles.note}>{proposal.note}</p>}
      <Supporters proposal={proposal} agencies={agencies} />
      <Verdict proposal={proposal} agencies={agencies} />
      {props.children}
      {onShow ? (
        <div className={cardStyles.actions}>
          <Button size="small" look="ghost" onClick={onShow}>
            {t('decided.go')}
          </Button>
        </div>
      ) : null}
    </article>
  )
}

function Verdict({ proposal, agencies }: { proposal: DecidedProposal; agencies: AgencyDirectory }) {
  const t = useText()
  const { status, decidedBy, decidedAt, reason } = proposal
  const Shape = SHAPES[status]
  const agency = agencies.get(decidedBy?.agencyId ?? '')?.shortName
  const who = decidedBy && [decidedBy.name, agency].filter(Boolean)
  return (
    <div className={styles.verdict} data-outcome={status}>
      <p>
        <Shape size={16} aria-hidden /> <b>{t(`decided.outcome.${status}`)}</b>
        {who ? ` · ${who.join(', ')}` : null}
        {decidedAt ? (
          <>
            {' · '}
            <When at={decidedAt} />
          </>
        ) : null}
      </p>
      {reason === undefined ? null : <p className={styles.reason}>{reason}</p>}
    </div>
  )
}
