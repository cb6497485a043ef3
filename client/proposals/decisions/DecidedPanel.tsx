import { type ReactNode, useState } from 'react'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Problem } from '../../ui/Field.tsx'
import { useProposals } from '../useProposals.ts'
import { DecidedCard } from './DecidedCard.tsx'
import styles from './DecidedPanel.module.css'
import { decidedProposals, OUTCOMES, type Outcome } from './decidedProposals.ts'

/** Cards that are drawn at first, and more at each press. */
const PAGE = 30

/** What became of every proposal of a document: nothing that was decided is ever removed. */
export function DecidedPanel(props: {
  documentId: DocumentId
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  /** This one alone, as somebody was led to it. */
  only: string | null
  onEverything(): void
  onShow(clauseId: string): void
  /** What was said about a proposal. */
  talkOf(proposal: ProposalView): ReactNode
}) {
  const { documentId, clauses, only, onShow } = props
  const t = useText()
  const { data, error, isPending } = useProposals(documentId)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [count, setCount] = useState(PAGE)
  const decided = decidedProposals(data ?? [])
  const listed = decided.filter(({ id, status }) =>
    only === null ? outcome === null || status === outcome : id === only,
  )
  const byId = new Map<string, ClauseView>(clauses.map((clause) => [clause.id, clause]))
  return (
    <>
      <Problem>{error ? errorText(t, error) : null}</Problem>
      {isPending ? <p role="status">{t('decided.loading')}</p> : null}
      {only !== null && decided.length > 1 ? (
        <Button size="small" className={styles.everything} onClick={props.onEverything}>
          {t('decided.everything', { count: decided.length })}
        </Button>
      ) : only === null && decided.length > 0 ? (
        <fieldset className={styles.filter}>
          <legend>{t('decided.filter')}</legend>
          {[null, ...OUTCOMES].map((each) => (
            <Button
              key={each}
              size="small"
              aria-pressed={outcome === each}
              onClick={() => setOutcome(each)}
            >
              {t(each === null ? 'decided.all' : `decided.outcome.${each}`)} (
              {decided.filter(({ status }) => each === null || status === each).length})
            </Button>
          ))}
        </fieldset>
      ) : null}
      {listed.length === 0 && data ? (
        <p className={styles.empty}>
          {t(decided.length === 0 ? 'decided.none' : 'decided.noneSuch')}
        </p>
      ) : null}
      <div className={styles.list}>
        {listed.slice(0, count).map((proposal) => {
          return (
            <div key={proposal.id} className={styles.card}>
              <DecidedCard
                {...props}
                proposal={proposal}
                clause={byId.get(proposal.clauseId)}
                onShow={byId.has(proposal.clauseId) ? () => onShow(proposal.clauseId) : null}
              >
                {props.talkOf(proposal)}
              </DecidedCard>
            </div>
          )
        })}
      </div>
      {listed.length > count ? (
        <Button size="small" onClick={() => setCount(count + PAGE)}>
          {t('decided.more', { count: listed.length - count })}
        </Button>
      ) : null}
    </>
  )
}
