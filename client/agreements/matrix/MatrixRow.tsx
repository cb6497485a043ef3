import { UserRound } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import type { PersonalView } from '../../../shared/agreements/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { longTime } from '../../base/time.ts'
import { useLanguage } from '../../base/useLanguage.ts'
import { useText } from '../../base/useText.ts'
import { Square } from '../AgencyMarks.tsx'
import type { Mark, Marks } from '../marks.ts'
import styles from './MatrixGrid.module.css'
import type { MatrixPlace } from './matrixPlaces.ts'
import { viewsOf } from './viewsByClause.ts'

/** Drawn anew only when its own marks or words change: a long document has a thousand cells. */
export const MatrixRow = memo(function MatrixRow(
  props: MatrixPlace & {
    clauseId: string
    marks: Marks
    agencies: AgencyDirectory
    own: string | null
    thoughts: readonly PersonalView[] | undefined
    /** The column that the Tab key comes to, if it is in this row. */
    tabStop: number | null
    chosen: boolean
  },
) {
  const { clauseId, place, text, marks, tabStop } = props
  return (
    <tr data-clause={clauseId} aria-selected={props.chosen}>
      <th
        scope="row"
        tabIndex={tabStop === 0 ? 0 : -1}
        aria-label={[place, text].filter(Boolean).join(': ')}
        style={{ '--depth': props.depth } as CSSProperties}
      >
        <span className={styles.words}>
          <b>{props.label}</b> {text}
        </span>
      </th>
      {marks.map((mark, index) => (
        <Cell
          key={mark.agencyId}
          mark={mark}
          name={props.agencies.get(mark.agencyId)?.name ?? mark.agencyId}
          own={mark.agencyId === props.own}
          thoughts={viewsOf(props.thoughts, mark.agencyId).length}
          isTabStop={tabStop === index + 1}
        />
      ))}
    </tr>
  )
})

function Cell(props: {
  mark: Mark
  name: string
  own: boolean
  /** How many officers of the agency have left a view. */
  thoughts: number
  isTabStop: boolean
}) {
  const { mark, name, own, thoughts } = props
  const t = useText()
  const [language] = useLanguage()
  const { position } = mark
  const label = [
    `${name}: ${t(`marks.${mark.state}`)}`,
    ...(position ? [position.by.name, longTime(position.at, language)] : []),
    ...(position?.note ? [`“${position.note}”`] : []),
    ...(thoughts > 0 ? [t('view.count', { count: thoughts })] : []),
  ].join('; ')
  return (
    <td
      className={styles.cell}
      tabIndex={props.isTabStop ? 0 : -1}
      aria-label={label}
      data-agency={mark.agencyId}
      data-state={mark.state}
      data-own={own}
    >
      <Square state={mark.state} agencyId={mark.agencyId} own={own} />
      {thoughts > 0 ? <UserRound className={styles.thought} aria-hidden /> : null}
    </td>
  )
}
