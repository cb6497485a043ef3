import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { ChangedSince } from '../../../shared/agreements/api.ts'
import { agreementRoutes } from '../../../shared/agreements/api.ts'
import type { ClauseId, DocumentId, Sha256 } from '../../../shared/base/ids.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { call } from '../../base/api.ts'
import { errorText } from '../../base/errorText.ts'
import { queryKey } from '../../base/queryKey.ts'
import { type Translate, useText } from '../../base/useText.ts'
import { Problem } from '../../ui/Field.tsx'
import styles from './ChangedSince.module.css'

/** From the words of a position to those of now, with the people who changed them. Asked anew as the words move on. */
export function Changes(props: {
  documentId: DocumentId
  clauseId: string
  hash: string
  since: string
  agencies: AgencyDirectory
}) {
  const { documentId, clauseId, hash, since, agencies } = props
  const t = useText()
  const { data, error } = useQuery({
    queryKey: queryKey.changes(documentId, clauseId, since, hash),
    queryFn: () =>
      call(agreementRoutes.changes, {
        params: { documentId, clauseId: clauseId as ClauseId },
        query: { since: since as Sha256 },
      }),
    placeholderData: keepPreviousData,
  })
  if (error) return <Problem>{errorText(t, error)}</Problem>
  if (!data) return <p className={styles.note}>{t('changed.loading')}</p>
  const authors = data.authors.map(({ name, agencyId }) => {
    const agency = agencies.get(agencyId ?? '')?.shortName
    return agency ? `${name} (${agency})` : name
  })
  return (
    <div className={styles.body} data-changes={clauseId}>
      <Words data={data} t={t} />
      <p className={styles.note} data-authors>
        {authors.length > 0 ? t('changed.by', { who: authors.join(', ') }) : t('changed.nobody')}
      </p>
    </div>
  )
}

function Words({ data, t }: { data: ChangedSince; t: Translate }) {
  if (data.hash === data.since) return <p>{t('changed.back')}</p>
  return (
    <>
      {data.hash === null ? <p>{t('changed.gone')}</p> : null}
      {data.parts ? (
        <p className={styles.words}>
          <Parts parts={data.parts} />
        </p>
      ) : null}
      {data.table ? <TableChanges table={data.table} /> : null}
      {data.structure ? (
        <ul className={styles.list}>
          {data.structure.map((change) =>
            change.kind === 'field' ? (
              <li key={change.field}>
                {t(`structure.${change.field}`)}: <Parts parts={change.parts} />
              </li>
            ) : (
              <li key={`${change.kind} ${change.clauseId}`} data-change={change.kind}>
                {t(`changed.${change.kind}`, {
                  head: change.head === '' ? t('changed.noWords') : `“${change.head}”`,
                })}
              </li>
            ),
          )}
        </ul>
      ) : null}
    </>
  )
}

/** Struck and underlined, so that no colour is needed to read it (UX-32). */
function Parts({ parts }: { parts: NonNullable<ChangedSince['parts']> }) {
  return parts.map(({ kind, text }, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing else to be known by, and no state
    if (kind === 'same') return <Fragment key={index}>{text}</Fragment>
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return kind === 'added' ? <ins key={index}>{text}</ins> : <del key={index}>{text}</del>
  })
}

/** Rows in which something has changed; the others say nothing here. */
function TableChanges({ table }: { table: NonNullable<ChangedSince['table']> }) {
  const rows = table.rows.filter(({ kind }) => kind !== 'same')
  return (
    <div className={styles.table}>
      <table>
        <tbody>
          {rows.map(({ kind, cells }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else to be known by, and no state
            <tr key={index} data-change={kind}>
              {cells.map((cell) => (
                <td key={cell.column} colSpan={cell.span}>
                  <Parts parts={cell.parts} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
