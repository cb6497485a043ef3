import { useMemo } from 'react'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { AgencyMarks } from '../agreements/AgencyMarks.tsx'
import { isHead, withDescendants } from '../agreements/clauseTree.ts'
import { worstMarks } from '../agreements/marks.ts'
import { constantStore, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { Place } from '../clauses/placesOnPage.ts'
import styles from './MarksGutter.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

const NOWHERE = constantStore<ReadonlyMap<string, Place>>(new Map())
const FIRST_LINE = 6
const COLUMNS = 4

/**
 * Marks beside each clause, in a layer over the page and never inside the text that is edited. A heading's row stands
 * for everything under it; a clause without anything under it has a small row of its own.
 */
export function MarksGutter(props: { desk: Desk; state: DeskState; phone: boolean }) {
  const { desk, state, phone } = props
  const t = useText()
  const places = useStore(state.handle?.clausePositions ?? NOWHERE)
  const rows = useRows(desk, phone)
  const open = (clauseId: string) => {
    state.setCurrent(clauseId)
    state.setOpened(clauseId)
    state.setActiveThread(null)
    if (phone) state.show({ kind: 'clause', clauseId })
  }
  return (
    <section className={styles.layer} aria-label={t('desk.gutter')}>
      {rows.map(({ clause, whole, marks }) => {
        const place = places.get(clause.id)
        if (!place) return null
        return (
          <div key={clause.id} className={styles.marks} style={{ top: place.top + FIRST_LINE }}>
            <AgencyMarks
              marks={marks}
              agencies={desk.agencies}
              own={desk.actor.agencyId}
              clauseId={clause.id}
              scope={whole ? 'whole' : 'clause'}
              size={whole ? 'normal' : 'small'}
              place={desk.placeOf(clause.id)}
              {...(phone ? {} : { columns: COLUMNS })}
              onOpen={() => open(clause.id)}
            />
          </div>
        )
      })}
    </section>
  )
}

type Row = { clause: ClauseView; whole: boolean; marks: ReturnType<typeof worstMarks> }

function useRows({ clauses, agreement }: Desk, headsOnly: boolean): readonly Row[] {
  return useMemo(
    () =>
      clauses.flatMap((clause): Row[] => {
        const own = agreement.rows.get(clause.id)
        if (!own) return []
        const group = isHead(clause) ? withDescendants(clauses, clause.id) : [clause]
        if (headsOnly && group.length === 1) return []
        const marks = worstMarks(group.map(({ id }) => agreement.rows.get(id) ?? own))
        return [{ clause, whole: group.length > 1, marks }]
      }),
    [clauses, agreement, headsOnly],
  )
}
