import type { ReactNode } from 'react'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { Phase } from '../../shared/documents/document.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { subtreeOf } from '../clauses/clauseActs.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { Changes } from './Changes.tsx'
import { MergeConflict } from './MergeConflict.tsx'
import { ProposalActions } from './ProposalActions.tsx'
import styles from './ProposalCard.module.css'
import { ProposalHead, proposalPlace, Supporters, titleKey } from './ProposalHead.tsx'
import { proposalWhat } from './proposalWhat.ts'
import { type Standing, standingOf } from './standing.ts'
import { WordDiff } from './WordDiff.tsx'

export type ProposalCardProps = {
  documentId: DocumentId
  phase: Phase
  proposal: ProposalView
  /** Its clause as it stands; none for one that is new, or gone. */
  clause: ClauseView | undefined
  /** The text as it stands. */
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  actor: BlocActor
  scene: Scene
  /** Whose undo stack an acceptance goes on. */
  handle: EditorHandle | null
  /** What is said about it. */
  children?: ReactNode
}

/** A proposal, or an edit that came after the lock: nothing of it is in the text before somebody accepts it. */
export function ProposalCard(props: ProposalCardProps) {
  const { proposal, agencies, placeOf } = props
  const t = useText()
  const place = proposalPlace(t, proposal, placeOf)
  const standing = standingOf(proposal, props.clause)
  const below =
    proposal.kind === 'move' ? subtreeOf(props.clauses, proposal.clauseId).length - 1 : 0
  const isLate = proposal.origin === 'late'
  return (
    <article
      aria-label={`${t(titleKey(proposal))}: ${place}`}
      data-proposal={proposal.id}
      tabIndex={-1}
    >
      <ProposalHead proposal={proposal} agencies={agencies} />
      <p className={styles.what}>{proposalWhat(t, proposal, props)}</p>
      {below > 0 ? (
        <p className={styles.hint}>{t('proposal.move.below', { count: below })}</p>
      ) : null}
      {proposal.level !== undefined && props.clause && proposal.level !== props.clause.level ? (
        <p className={styles.what}>
          {t('proposal.level', { level: t(`editor.level.${proposal.level}`) })}
        </p>
      ) : null}
      <Content proposal={proposal} standing={standing} />
      {proposal.note === undefined ? null : <p className={styles.note}>{proposal.note}</p>}
      {isLate ? <p className={styles.hint}>{t('late.explain')}</p> : null}
      <Supporters proposal={proposal} agencies={agencies} />
      <ProposalActions {...props} standing={standing} />
      {props.children}
    </article>
  )
}

function Content({ proposal, standing }: { proposal: ProposalView; standing: Standing }) {
  const t = useText()
  switch (standing.kind) {
    case 'fresh':
      if (standing.from === standing.to) return null
      return (
        <>
          <Changes {...standing} />
          <WordDiff from={standing.from} to={standing.to} />
        </>
      )
    case 'merged':
      return (
        <>
          <p className={styles.moved}>{t('proposal.merged')}</p>
          <Changes {...standing} />
          <WordDiff from={standing.from} to={standing.to} />
        </>
      )
    case 'changed':
      return (
        <>
          <p className={styles.moved}>{t('proposal.changed')}</p>
          <WordDiff from={standing.from} to="" />
        </>
      )
    case 'conflict':
      return (
        <>
          <p className={styles.moved}>{t('proposal.conflict')}</p>
          <MergeConflict standing={standing} proposed={proposal.text} />
        </>
      )
    case 'gone':
      return (
        <>
          <p className={styles.moved}>{t('proposal.gone')}</p>
          {standing.to === '' ? null : <WordDiff from="" to={standing.to} />}
        </>
      )
  }
}
