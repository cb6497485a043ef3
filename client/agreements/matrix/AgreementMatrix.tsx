import { type ReactNode, useMemo, useState } from 'react'
import type { PersonalView } from '../../../shared/agreements/api.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import type { Marks } from '../marks.ts'
import styles from './AgreementMatrix.module.css'
import { CellLine } from './CellLine.tsx'
import { EVERYTHING, filterRows } from './filterRows.ts'
import { MatrixFilters } from './MatrixFilters.tsx'
import { MatrixGrid } from './MatrixGrid.tsx'
import { type MatrixPlace, matrixPlaces } from './matrixPlaces.ts'
import { viewsByClause } from './viewsByClause.ts'

export type MatrixCell = { clauseId: string; agencyId: string | null }

export type AgreementMatrixProps = {
  clauses: readonly ClauseView[]
  /** Marks by clause id in document order, the structure last. */
  rows: ReadonlyMap<string, Marks>
  /** Agencies that take positions, in protocol order: the columns. */
  parties: readonly string[]
  agencies: AgencyDirectory
  own: string | null
  /** What officers think, which is shown as such. */
  views: readonly PersonalView[]
  /** What waits for the reader's agency; null for whoever does not speak for one. */
  waiting: readonly string[] | null
  placeOf(clauseId: string): string
  /** Where to begin. */
  at: string | null
  /** What is known of a clause and may be done about it, beside the grid. */
  detail(cell: MatrixCell, choose: (cell: MatrixCell) => void): ReactNode
  /** Acts on the whole. */
  actions?: ReactNode
}

/** Clause × agency (P12): every mark at once, with who and when under the hand or the focus, and the clause beside it. */
export function AgreementMatrix(props: AgreementMatrixProps) {
  const { rows, clauses, placeOf, waiting, parties, agencies } = props
  const t = useText()
  const [filter, setFilter] = useState(EVERYTHING)
  const [chosen, setChosen] = useState<MatrixCell | null>(null)
  const [focused, setFocused] = useState<MatrixCell>({
    clauseId: props.at ?? '',
    agencyId: props.own,
  })
  const [under, setUnder] = useState<MatrixCell | null>(null)
  const places = useMemo<ReadonlyMap<string, MatrixPlace>>(
    () => matrixPlaces(clauses, [...rows.keys()], placeOf),
    [clauses, rows, placeOf],
  )
  const thoughts = useMemo(() => viewsByClause(props.views), [props.views])
  const shown = filterRows(rows, filter, waiting ?? [])
  return (
    <div className={styles.matrix}>
      <MatrixFilters
        filter={filter}
        onFilter={setFilter}
        parties={parties}
        agencies={agencies}
        waiting={waiting?.length ?? null}
        shown={shown.length}
        total={rows.size}
      >
        {props.actions}
      </MatrixFilters>
      <div className={styles.halves}>
        {shown.length === 0 ? (
          <p className={styles.nothing}>{t('matrix.nothing')}</p>
        ) : (
          <MatrixGrid
            shown={shown}
            rows={rows}
            places={places}
            parties={parties}
            agencies={agencies}
            own={props.own}
            thoughts={thoughts}
            focused={focused}
            chosen={chosen?.clauseId ?? null}
            onFocus={setFocused}
            onUnder={setUnder}
            onChoose={setChosen}
          />
        )}
        <aside className={styles.side} aria-label={t('matrix.detail')}>
          <CellLine
            cell={under ?? focused}
            rows={rows}
            agencies={agencies}
            thoughts={thoughts}
            place={placeOf((under ?? focused).clauseId)}
          />
          <div className={styles.detail}>
            {chosen !== null && rows.has(chosen.clauseId) ? (
              props.detail(chosen, setChosen)
            ) : (
              <p className={styles.hint}>{t('matrix.choose')}</p>
            )}
          </div>
        </aside>
      </div>
    </div>
  )
}
