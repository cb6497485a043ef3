import { type ReactNode, useId } from 'react'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import type { MarkState } from '../marks.ts'
import styles from './AgreementMatrix.module.css'
import { MARK_STATES, type MatrixFilter } from './filterRows.ts'

export function MatrixFilters(props: {
  filter: MatrixFilter
  onFilter(filter: MatrixFilter): void
  parties: readonly string[]
  agencies: AgencyDirectory
  /** How much waits for the reader's agency; null for whoever does not speak for one. */
  waiting: number | null
  shown: number
  total: number
  children: ReactNode
}) {
  const { filter, onFilter } = props
  const t = useText()
  const id = useId()
  return (
    <div className={styles.filters}>
      <div className={styles.filter}>
        <label htmlFor={`${id}agency`}>{t('matrix.agency')}</label>
        <select
          id={`${id}agency`}
          value={filter.agencyId ?? ''}
          onChange={({ target }) => onFilter({ ...filter, agencyId: target.value || null })}
        >
          <option value="">{t('matrix.agency.any')}</option>
          {props.parties.map((agencyId) => (
            <option key={agencyId} value={agencyId}>
              {props.agencies.get(agencyId)?.name ?? agencyId}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.filter}>
        <label htmlFor={`${id}state`}>{t('matrix.state')}</label>
        <select
          id={`${id}state`}
          value={filter.state ?? ''}
          onChange={({ target }) =>
            onFilter({ ...filter, state: (target.value || null) as MarkState | null })
          }
        >
          <option value="">
            {t(filter.agencyId === null ? 'matrix.state.any' : 'matrix.state.open')}
          </option>
          {MARK_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`marks.${state}`)}
            </option>
          ))}
        </select>
      </div>
      {props.waiting === null ? null : (
        <label className={styles.mine}>
          <input
            type="checkbox"
            checked={filter.mine}
            onChange={({ target }) => onFilter({ ...filter, mine: target.checked })}
          />
          {t('matrix.mine', { count: props.waiting })}
        </label>
      )}
      <output className={styles.count} data-shown={props.shown}>
        {t('matrix.count', { shown: props.shown, total: props.total })}
      </output>
      <div className={styles.actions}>{props.children}</div>
    </div>
  )
}
