import { memo, useCallback, useMemo } from 'react'
import { AgencyMarks, type AgencyMarksProps } from '../agreements/AgencyMarks.tsx'
import { type Marks, worstMarks } from '../agreements/marks.ts'
import { useKeptRows } from '../agreements/useKeptRows.ts'
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
  const { desk, phone } = props
  const { setCurrent, setOpened, setActiveThread, show } = props.state
  const t = useText()
  const places = useStore(props.state.handle?.clausePositions ?? NOWHERE)
  const rows = useRows(desk, phone)
  const open = useCallback(
    (clauseId: string) => {
      setCurrent(clauseId)
      setOpened(clauseId)
      setActiveThread(null)
      if (phone) show({ kind: 'clause', clauseId })
    },
    [setCurrent, setOpened, setActiveThread, show, phone],
  )
  return (
    <section className={styles.layer} aria-label={t('desk.gutter')}>
      {[...rows].map(([id, marks]) => {
        const place = places.get(id)
        if (!place) return null
        return (
          <Row
            key={id}
            clauseId={id}
            top={place.top}
            marks={marks}
            whole={desk.groups.get(id) !== 1}
            place={desk.placeOf(id)}
            agencies={desk.agencies}
            own={desk.actor.agencyId}
            phone={phone}
            onOpen={open}
          />
        )
      })}
    </section>
  )
}

/** Hundreds of them: drawn anew only where its own marks or its place have changed. */
const Row = memo(function Row(
  props: Pick<AgencyMarksProps, 'clauseId' | 'marks' | 'place' | 'agencies' | 'own'> & {
    top: number
    whole: boolean
    phone: boolean
    onOpen(clauseId: string): void
  },
) {
  const { top, whole, phone, onOpen, ...marks } = props
  return (
    <div className={styles.marks} style={{ top: top + FIRST_LINE }}>
      <AgencyMarks
        {...marks}
        scope={whole ? 'whole' : 'clause'}
        size={whole ? 'normal' : 'small'}
        {...(phone ? {} : { columns: COLUMNS })}
        onOpen={() => onOpen(marks.clauseId)}
      />
    </div>
  )
})

/** Marks by clause; on a phone of headings alone. */
function useRows({ clauses, agreement, groups }: Desk, headsOnly: boolean) {
  return useKeptRows(
    useMemo(() => {
      const rows = new Map<string, Marks>()
      for (const [index, { id }] of clauses.entries()) {
        const own = agreement.rows.get(id)
        const size = groups.get(id) ?? 1
        if (!own || (headsOnly && size === 1)) continue
        const group = clauses.slice(index, index + size)
        rows.set(id, worstMarks(group.map((clause) => agreement.rows.get(clause.id) ?? own)))
      }
      return rows
    }, [clauses, agreement, groups, headsOnly]),
  )
}
