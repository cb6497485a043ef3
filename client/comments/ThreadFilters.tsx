import { type ReactNode, useId } from 'react'
import { useText } from '../base/useText.ts'
import styles from './ThreadPanel.module.css'
import type { ThreadPanelProps } from './ThreadPanel.tsx'
import type { ThreadFilter, Whose } from './threadFilter.ts'

export type PanelFilter = ThreadFilter & { where: 'this' | 'all' }

const WHOSE: readonly Whose[] = ['all', 'me', 'agency']

/** For me, my agency, by document, by clause, by agency (UX-46). */
export function ThreadFilters(
  props: Pick<ThreadPanelProps, 'documents' | 'agencies' | 'clauses'> & {
    filter: PanelFilter
    onChange(filter: PanelFilter): void
  },
) {
  const { documents, agencies, clauses, filter, onChange } = props
  const t = useText()
  return (
    <fieldset className={styles.filters} aria-label={t('thread.filter')}>
      <Choice
        label={t('thread.whose')}
        value={filter.whose}
        onChange={(whose) => onChange({ ...filter, whose: whose as Whose })}
      >
        {WHOSE.map((whose) => (
          <option key={whose} value={whose}>
            {t(`thread.whose.${whose}`)}
          </option>
        ))}
      </Choice>
      {documents.length > 1 ? (
        <Choice
          label={t('thread.where')}
          value={filter.where}
          onChange={(where) =>
            onChange({ ...filter, where: where === 'all' ? 'all' : 'this', clauseId: null })
          }
        >
          <option value="this">{t('thread.where.this')}</option>
          <option value="all">{t('thread.where.all')}</option>
        </Choice>
      ) : null}
      {filter.where === 'this' ? (
        <Choice
          label={t('thread.byClause')}
          value={filter.clauseId ?? ''}
          onChange={(id) => onChange({ ...filter, clauseId: id || null })}
        >
          <option value="">{t('thread.byClause.all')}</option>
          {clauses.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      ) : null}
      <Choice
        label={t('thread.byAgency')}
        value={filter.agencyId ?? ''}
        onChange={(id) => onChange({ ...filter, agencyId: id || null })}
      >
        <option value="">{t('thread.byAgency.all')}</option>
        {[...agencies.values()].map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
    </fieldset>
  )
}

function Choice(props: {
  label: string
  value: string
  onChange(value: string): void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.children}
      </select>
    </div>
  )
}
