import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Problem } from '../../ui/Field.tsx'
import { proposalWhat } from '../proposalWhat.ts'
import styles from './DecideManyDialog.module.css'
import type { Fate } from './decideMany.ts'
import type { DecidedMany } from './useDecideMany.ts'

/** In this order they are counted. */
const NOT_DONE = ['disputed', 'taken', 'own', 'unknown', 'left'] as const satisfies readonly Fate[]

/** What became of each of several: how many are done, and which are not and why. */
export function DecidedFates(props: {
  outcome: DecidedMany
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  agencies: AgencyDirectory
}) {
  const { outcome, agencies } = props
  const t = useText()
  const { fates, proposals, act, error } = outcome
  const under = (fate: Fate) => proposals.filter(({ id }) => fates.get(id) === fate)
  const nameOf = (one: ProposalView) =>
    `${proposalWhat(t, one, props)} · ${agencies.get(one.agencyId)?.name ?? one.agencyId}`
  return (
    <>
      <div role="status">
        <p className={styles.left}>{t(`decideMany.${act}ed`, { count: under('done').length })}</p>
        {NOT_DONE.map((fate) => {
          const list = under(fate)
          if (list.length === 0) return null
          return (
            <div key={fate} data-fate={fate}>
              <p className={styles.left}>{t(`decideMany.fate.${fate}`, { count: list.length })}</p>
              <ul className={styles.counts}>
                {list.map((one) => (
                  <li key={one.id}>{nameOf(one)}</li>
                ))}
              </ul>
            </div>
          )
        })}
      </div>
      <Problem>{error ? errorText(t, error) : null}</Problem>
    </>
  )
}
