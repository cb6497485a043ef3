import { useState } from 'react'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { Phase } from '../../shared/documents/document.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { When } from '../ui/When.tsx'
import styles from './LateProposalCard.module.css'
import { type Decision, useDecide } from './useProposals.ts'
import { WordDiff } from './WordDiff.tsx'

export type LateProposalCardProps = {
  documentId: DocumentId
  phase: Phase
  proposal: ProposalView
  /** Text of its clause as it stands; empty for one that is new. */
  currentText: string
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  actor: BlocActor
  scene: Scene
}

/** An edit that came after the lock: nothing of it is lost, and nothing of it is in the text. */
export function LateProposalCard(props: LateProposalCardProps) {
  const { proposal, agencies, placeOf } = props
  const t = useText()
  const agency = agencies.get(proposal.agencyId)
  const target = proposal.kind === 'insert' ? proposal.afterClauseId : proposal.clauseId
  const place = target === undefined ? t('late.top') : placeOf(target) || t('late.gone')
  return (
    <article aria-label={t('late.title')} data-proposal={proposal.id}>
      <div className={styles.head}>
        <Avatar
          text={agency?.shortName ?? '?'}
          color={agencyColor(agencies.rankOf(proposal.agencyId))}
        />
        <div>
          <b>{agency?.name ?? proposal.agencyId}</b>
          <span>
            <span className={styles.late}>{t('late.title')}</span> · {proposal.author.name} ·{' '}
            <When at={proposal.at} />
          </span>
        </div>
      </div>
      <p className={styles.what}>{t(`late.kind.${proposal.kind}`, { place })}</p>
      {proposal.kind === 'move' ? null : (
        <WordDiff
          from={proposal.kind === 'insert' ? '' : props.currentText}
          to={proposal.kind === 'delete' ? '' : proposal.text}
        />
      )}
      <p className={styles.hint}>{t('late.explain')}</p>
      <Decide {...props} />
    </article>
  )
}

function Decide({ documentId, proposal, phase, actor, scene }: LateProposalCardProps) {
  const t = useText()
  const say = useSay()
  const decide = useDecide(documentId, proposal.id)
  const [rejecting, setRejecting] = useState(false)
  const [reason, setReason] = useState('')
  const asked = { ...scene, proposerId: proposal.author.id }
  const mayDecide = can(actor, 'proposal.decide', asked)
  const mayWithdraw = can(actor, 'proposal.withdraw', asked)
  const act = (decision: Decision, done: 'late.accepted' | 'late.rejected' | 'late.withdrawn') =>
    decide.mutate(decision, { onSuccess: () => say.done(t(done)) })
  if (rejecting)
    return (
      <div className={styles.form}>
        <TextArea
          label={t('late.reason')}
          autoFocus
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Problem>{decide.error ? errorText(t, decide.error) : null}</Problem>
        <div className={styles.actions}>
          <Button
            look="primary"
            size="small"
            disabled={decide.isPending}
            onClick={() =>
              act(
                { act: 'reject', ...(reason.trim() ? { reason: reason.trim() } : {}) },
                'late.rejected',
              )
            }
          >
            {t('late.reject')}
          </Button>
          <Button look="ghost" size="small" onClick={() => setRejecting(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    )
  return (
    <>
      <Problem>{decide.error ? errorText(t, decide.error) : null}</Problem>
      {mayDecide && phase !== 'drafting' ? (
        <p className={styles.hint}>{t('late.acceptWhenDrafting')}</p>
      ) : null}
      <div className={styles.actions}>
        {mayDecide && phase === 'drafting' ? (
          <Button
            look="primary"
            size="small"
            disabled={decide.isPending}
            onClick={() => act({ act: 'accept' }, 'late.accepted')}
          >
            {t('late.accept')}
          </Button>
        ) : null}
        {mayDecide ? (
          <Button size="small" disabled={decide.isPending} onClick={() => setRejecting(true)}>
            {t('late.reject')}
          </Button>
        ) : null}
        {mayWithdraw ? (
          <Button
            size="small"
            disabled={decide.isPending}
            onClick={() => act({ act: 'withdraw' }, 'late.withdrawn')}
          >
            {t('late.withdraw')}
          </Button>
        ) : null}
      </div>
    </>
  )
}
