import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { type Translate, useText } from '../base/useText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { When } from '../ui/When.tsx'
import styles from './ProposalCard.module.css'

type Props = { proposal: ProposalView; agencies: AgencyDirectory }

export const titleKey = ({ origin }: ProposalView) =>
  origin === 'late' ? 'late.title' : 'proposal.title'

/** Which clause it is about, in words: for one that is new the clause that it comes after. */
export function proposalPlace(
  t: Translate,
  { kind, clauseId, afterClauseId }: ProposalView,
  placeOf: (clauseId: string) => string,
): string {
  const target = kind === 'insert' ? afterClauseId : clauseId
  return target === undefined ? t('late.top') : placeOf(target) || t('late.gone')
}

/** Who proposes it, and when. */
export function ProposalHead({ proposal, agencies }: Props) {
  const t = useText()
  const { agencyId, author, at, origin } = proposal
  const agency = agencies.get(agencyId)
  return (
    <div className={styles.head}>
      <Avatar text={agency?.shortName ?? '?'} color={agencyColor(agencies.rankOf(agencyId))} />
      <div>
        <b>{agency?.name ?? agencyId}</b>
        <span>
          <span className={origin === 'late' ? styles.late : styles.proposed}>
            {t(titleKey(proposal))}
          </span>{' '}
          · {author.name} · <When at={at} />
        </span>
      </div>
    </div>
  )
}

export function Supporters({ proposal, agencies }: Props) {
  const t = useText()
  if (proposal.supporters.length === 0) return null
  const names = proposal.supporters.map(({ agencyId }) => agencies.get(agencyId)?.name ?? agencyId)
  return <p className={styles.hint}>{t('proposal.supporters', { names: names.join(', ') })}</p>
}
