import type { BlocActor } from '../../shared/accounts/account.ts'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { Phase } from '../../shared/documents/document.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { type Summary, summarize } from '../../shared/proposals/summarize.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { type Translate, useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { When } from '../ui/When.tsx'
import { MergeConflict } from './MergeConflict.tsx'
import { ProposalActions } from './ProposalActions.tsx'
import styles from './ProposalCard.module.css'
import { type Standing, standingOf } from './standing.ts'
import { WordDiff } from './WordDiff.tsx'

export type ProposalCardProps = {
  documentId: DocumentId
  phase: Phase
  proposal: ProposalView
  /** Its clause as it stands; none for one that is new, or gone. */
  clause: ClauseView | undefined
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
  actor: BlocActor
  scene: Scene
  /** Whose undo stack an acceptance goes on. */
  handle: EditorHandle | null
}

/** A proposal, or an edit that came after the lock: nothing of it is in the text before somebody accepts it. */
export function ProposalCard(props: ProposalCardProps) {
  const { proposal, agencies, placeOf } = props
  const t = useText()
  const agency = agencies.get(proposal.agencyId)
  const target = proposal.kind === 'insert' ? proposal.afterClauseId : proposal.clauseId
  const place = target === undefined ? t('late.top') : placeOf(target) || t('late.gone')
  const standing = standingOf(proposal, props.clause)
  const isLate = proposal.origin === 'late'
  const title = t(isLate ? 'late.title' : 'proposal.title')
  return (
    <article aria-label={`${title}: ${place}`} data-proposal={proposal.id}>
      <div className={styles.head}>
        <Avatar
          text={agency?.shortName ?? '?'}
          color={agencyColor(agencies.rankOf(proposal.agencyId))}
        />
        <div>
          <b>{agency?.name ?? proposal.agencyId}</b>
          <span>
            <span className={isLate ? styles.late : styles.proposed}>{title}</span> ·{' '}
            {proposal.author.name} · <When at={proposal.at} />
          </span>
        </div>
      </div>
      <p className={styles.what}>{t(`late.kind.${proposal.kind}`, { place })}</p>
      {proposal.level !== undefined && props.clause && proposal.level !== props.clause.level ? (
        <p className={styles.what}>
          {t('proposal.level', { level: t(`editor.level.${proposal.level}`) })}
        </p>
      ) : null}
      <Content proposal={proposal} standing={standing} />
      {proposal.note === undefined ? null : <p className={styles.note}>{proposal.note}</p>}
      {isLate ? <p className={styles.hint}>{t('late.explain')}</p> : null}
      {proposal.supporters.length > 0 ? (
        <p className={styles.hint}>
          {t('proposal.supporters', {
            names: proposal.supporters
              .map(({ agencyId }) => agencies.get(agencyId)?.name ?? agencyId)
              .join(', '),
          })}
        </p>
      ) : null}
      <ProposalActions {...props} standing={standing} />
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

/** Thay: “a” bằng “b”. */
function Changes({ from, to }: { from: string; to: string }) {
  const t = useText()
  const { places, more } = summarize(from, to)
  return (
    <ul className={styles.changes}>
      {places.map((place) => (
        <li key={JSON.stringify(place)}>{sayChange(t, place)}</li>
      ))}
      {more > 0 ? <li>{t('proposal.more', { count: more })}</li> : null}
    </ul>
  )
}

function sayChange(t: Translate, change: Summary): string {
  if (change.kind === 'replace') return t('proposal.replace', { from: change.from, to: change.to })
  if (change.kind === 'add') return t('proposal.add', { to: change.to })
  return t('proposal.delete', { from: change.from })
}
