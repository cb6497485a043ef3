import { useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { beginOwnAct } from '../clauses/undo/beginOwnAct.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './ProposalCard.module.css'
import type { ProposalCardProps } from './ProposalCard.tsx'
import { RejectForm } from './RejectForm.tsx'
import type { Standing } from './standing.ts'
import { type Decision, useDecide } from './useProposals.ts'

/** What this person may do with a proposal, as it stands. */
export function ProposalActions(props: ProposalCardProps & { standing: Standing }) {
  const { documentId, proposal, phase, actor, scene, standing, handle } = props
  const t = useText()
  const say = useSay()
  const decide = useDecide(documentId, proposal.id)
  const [rejecting, setRejecting] = useState(false)
  const asked = { ...scene, proposerId: proposal.author.id }
  const mayDecide = can(actor, 'proposal.decide', asked)
  const problem = <Problem>{decide.error ? errorText(t, decide.error) : null}</Problem>
  /** Others hear of a decision before its answer is here, and the card may be gone by then: its own callbacks with it. */
  const act = async (decision: Decision, done: Parameters<typeof t>[0]): Promise<boolean> => {
    try {
      await decide.mutateAsync(decision)
      say.done(t(done))
      return true
    } catch {
      // Said on the card, by `decide.error`.
      return false
    }
  }
  const accept = async () => {
    const step = beginOwnAct(handle)
    const onHash = 'onHash' in standing ? standing.onHash : null
    const accepted = { act: 'accept', onHash, name: step?.name ?? null } as const
    const done = await act(accepted, 'late.accepted')
    step?.end(done)
  }
  if (rejecting)
    return (
      <RejectForm
        problem={problem}
        busy={decide.isPending}
        onReject={(reason) => void act({ act: 'reject', reason }, 'late.rejected')}
        onCancel={() => setRejecting(false)}
      />
    )
  const drafting = phase === 'drafting'
  const acceptable = standing.kind !== 'conflict' && standing.kind !== 'gone'
  const own = proposal.supporters.some(({ agencyId }) => agencyId === actor.agencyId)
  return (
    <>
      {problem}
      {mayDecide && !drafting ? (
        <p className={styles.hint}>{t('late.acceptWhenDrafting')}</p>
      ) : null}
      <div className={styles.actions}>
        {mayDecide && drafting && acceptable ? (
          <Button
            look="primary"
            size="small"
            data-act="accept"
            disabled={decide.isPending}
            onClick={accept}
          >
            {t(
              standing.kind === 'merged'
                ? 'proposal.acceptMerged'
                : standing.kind === 'changed'
                  ? 'proposal.acceptChanged'
                  : 'late.accept',
            )}
          </Button>
        ) : null}
        {mayDecide ? (
          <Button
            size="small"
            data-act="reject"
            disabled={decide.isPending}
            onClick={() => setRejecting(true)}
          >
            {t('late.reject')}
          </Button>
        ) : null}
        {can(actor, 'proposal.withdraw', asked) ? (
          <Button
            size="small"
            disabled={decide.isPending}
            onClick={() => void act({ act: 'withdraw' }, 'late.withdrawn')}
          >
            {t('late.withdraw')}
          </Button>
        ) : null}
        {can(actor, 'proposal.support', asked) && actor.agencyId !== proposal.agencyId ? (
          <Button
            look="ghost"
            size="small"
            aria-pressed={own}
            disabled={decide.isPending}
            onClick={() =>
              void act(
                { act: own ? 'unsupport' : 'support' },
                own ? 'proposal.unsupported' : 'proposal.supported',
              )
            }
          >
            {t(own ? 'proposal.unsupport' : 'proposal.support')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
