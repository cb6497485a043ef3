import type { PersonalView } from '../../../shared/agreements/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import { AgencyLine } from '../AgencyMarks.tsx'
import { consents, type Marks, markOf } from '../marks.ts'
import styles from './AgreementMatrix.module.css'
import type { MatrixCell } from './AgreementMatrix.tsx'
import { viewsOf } from './viewsByClause.ts'

/** The cell under the hand or the focus, in words: who, when, in which state, with which note. */
export function CellLine(props: {
  cell: MatrixCell
  rows: ReadonlyMap<string, Marks>
  agencies: AgencyDirectory
  thoughts: ReadonlyMap<string, readonly PersonalView[]>
  place: string
}) {
  const { cell, agencies } = props
  const marks = props.rows.get(cell.clauseId)
  const mark = marks && markOf(marks, cell.agencyId)
  const t = useText()
  const thoughts = viewsOf(props.thoughts.get(cell.clauseId), cell.agencyId).length
  return (
    <div className={styles.line} aria-hidden data-line={marks ? cell.clauseId : undefined}>
      {marks ? (
        <b>
          {props.place} · {consents(marks)}/{marks.length}
        </b>
      ) : null}
      {mark ? <AgencyLine mark={mark} name={agencies.get(mark.agencyId)?.name} /> : null}
      {thoughts > 0 ? <small>{t('view.count', { count: thoughts })}</small> : null}
    </div>
  )
}
