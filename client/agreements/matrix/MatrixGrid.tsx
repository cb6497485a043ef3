import { type KeyboardEvent, type SyntheticEvent, useRef } from 'react'
import type { PersonalView } from '../../../shared/agreements/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import type { Marks } from '../marks.ts'
import type { MatrixCell } from './AgreementMatrix.tsx'
import styles from './MatrixGrid.module.css'
import { MatrixRow } from './MatrixRow.tsx'
import type { MatrixPlace } from './matrixPlaces.ts'
import { moveInGrid } from './moveInGrid.ts'

const NOWHERE: MatrixPlace = { place: '', label: '', text: '', depth: 0 }

/** One tab stop; arrows move, Enter or Space opens the row beside the grid. Events are heard once, on the table. */
export function MatrixGrid(props: {
  /** Rows to show, in order; at least one. */
  shown: readonly string[]
  rows: ReadonlyMap<string, Marks>
  places: ReadonlyMap<string, MatrixPlace>
  parties: readonly string[]
  agencies: AgencyDirectory
  own: string | null
  thoughts: ReadonlyMap<string, readonly PersonalView[]>
  focused: MatrixCell
  chosen: string | null
  onFocus(cell: MatrixCell): void
  onUnder(cell: MatrixCell | null): void
  onChoose(cell: MatrixCell): void
}) {
  const { shown, parties, agencies } = props
  const t = useText()
  const table = useRef<HTMLTableElement>(null)
  const row = Math.max(0, shown.indexOf(props.focused.clauseId))
  const column = parties.indexOf(props.focused.agencyId ?? '') + 1
  const cellAt = (at: { row: number; column: number }): MatrixCell => ({
    clauseId: shown[at.row] ?? '',
    agencyId: parties[at.column - 1] ?? null,
  })
  const cellOf = ({ target }: SyntheticEvent): MatrixCell | null => {
    const cell = (target as Element).closest<HTMLTableCellElement>('tbody td, tbody th')
    const clauseId = cell?.closest('tr')?.dataset.clause
    if (!cell || clauseId === undefined) return null
    return { clauseId, agencyId: parties[cell.cellIndex - 1] ?? null }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = cellOf(event)
    if (!cell || event.altKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      props.onChoose(cell)
      return
    }
    const to = moveInGrid({ row, column }, event, {
      rows: shown.length,
      columns: parties.length + 1,
    })
    if (!to) return
    event.preventDefault()
    props.onFocus(cellAt(to))
    table.current?.tBodies[0]?.rows[to.row]?.cells[to.column]?.focus()
  }
  return (
    <div className={styles.scroll}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid of ARIA, as a table for the eyes
        role="grid"
        className={styles.grid}
        aria-label={t('matrix.title')}
        aria-rowcount={shown.length + 1}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const cell = cellOf(event)
          if (cell) props.onFocus(cell)
        }}
        onPointerOver={(event) => props.onUnder(cellOf(event))}
        onPointerLeave={() => props.onUnder(null)}
        onClick={(event) => {
          const cell = cellOf(event)
          if (cell) props.onChoose(cell)
        }}
      >
        <thead>
          <tr>
            <th scope="col">{t('matrix.clause')}</th>
            {parties.map((id) => (
              <th key={id} scope="col" data-own={id === props.own} title={agencies.get(id)?.name}>
                <span>{agencies.get(id)?.shortName ?? id}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((id, index) => (
            <MatrixRow
              key={id}
              clauseId={id}
              {...(props.places.get(id) ?? NOWHERE)}
              marks={props.rows.get(id) ?? []}
              agencies={agencies}
              own={props.own}
              thoughts={props.thoughts.get(id)}
              tabStop={index === row ? column : null}
              chosen={id === props.chosen}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
