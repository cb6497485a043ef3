import { type ReactNode, useCallback, useMemo } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { AgencyMarks } from '../agreements/AgencyMarks.tsx'
import { isHead, outlineGroup } from '../agreements/clauseTree.ts'
import { worstMarks } from '../agreements/marks.ts'
import { constantStore, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { StartAct } from '../clauses/editorHandle.ts'
import { OutlinePanel } from '../clauses/OutlinePanel.tsx'
import { openThreads } from '../comments/useThreads.ts'
import { useProblemTexts } from './OddStructure.tsx'
import styles from './OutlineColumn.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

const NOBODY = constantStore<ReadonlyMap<string, readonly PresenceUser[]>>(new Map())

const NO_PROBLEMS: readonly string[] = []
const NO_PAGE = constantStore<readonly ClauseView[] | null>(null)
const NO_ACTS = constantStore<StartAct | null>(null)

export function OutlineColumn(props: {
  desk: Desk
  state: DeskState
  /** The clause that is being scrolled through, if one is. */
  reading?: string | null
  /** In a drawer: called when a choice closes it. */
  onGone?: () => void
}) {
  const { desk, state, reading = null, onGone } = props
  const { document, clauses, agreement, agencies, actor, scene, placeOf } = desk
  const t = useText()
  const carets = useStore(state.handle?.carets ?? NOBODY)
  const page = useStore(state.handle?.page ?? NO_PAGE)
  const act = useStore(state.handle?.acts ?? NO_ACTS)
  const problems = useProblemTexts(desk)
  const marks = useOutlineMarks(desk)
  const counts = useThreadCounts(desk)
  const presence = useCallback(
    (clauseId: string) => [...new Set(carets.get(clauseId)?.map(({ agency }) => agency) ?? [])],
    [carets],
  )
  const structure = agreement.rows.get(STRUCTURE) ?? []
  const describes =
    can(actor, 'document.describe', scene) && document.phase === 'drafting'
      ? 'desk.fields'
      : can(actor, 'document.number', scene) &&
          (document.phase === 'drafting' || document.phase === 'locked')
        ? 'desk.fields.number'
        : null
  return (
    <div className={styles.column}>
      {onGone ? null : (
        <div className={styles.head} aria-hidden>
          <span>{t('desk.outline')}</span>
          <span>{t('desk.outline.agreed')}</span>
        </div>
      )}
      <div className={styles.list}>
        <OutlinePanel
          clauses={page ?? clauses}
          marks={marks}
          counts={counts}
          presence={presence}
          problems={(clauseId) => problems.get(clauseId) ?? NO_PROBLEMS}
          current={reading ?? state.current}
          onMove={act && ((clauseId, way) => act(way, clauseId))}
          onSelect={(clauseId) => {
            onGone?.()
            state.goTo(clauseId)
          }}
        />
      </div>
      <div className={styles.foot}>
        <button
          type="button"
          className={styles.row}
          onClick={() => {
            onGone?.()
            state.show({ kind: 'structure' })
          }}
        >
          <span>{t('structure.name')}</span>
          <AgencyMarks
            marks={structure}
            agencies={agencies}
            own={actor.agencyId}
            clauseId={STRUCTURE}
            place={placeOf(STRUCTURE)}
          />
        </button>
        {describes ? (
          <button
            type="button"
            className={`${styles.row} ${styles.link}`}
            onClick={() => {
              onGone?.()
              state.show({ kind: 'fields' })
            }}
          >
            {t(describes)}
          </button>
        ) : null}
      </div>
    </div>
  )
}

/** The row of a heading stands for all under it. */
function useOutlineMarks({ clauses, agreement, agencies, actor, placeOf }: Desk) {
  const own = actor.agencyId
  return useMemo(() => {
    const byId = new Map(clauses.map((clause) => [clause.id, clause]))
    return (clauseId: string): ReactNode => {
      const clause = byId.get(clauseId)
      if (!clause || !isHead(clause)) return null
      const group = outlineGroup(clauses, clauseId)
      return (
        <AgencyMarks
          marks={worstMarks(group.flatMap(({ id }) => [agreement.rows.get(id) ?? []]))}
          agencies={agencies}
          own={own}
          clauseId={clauseId}
          scope="whole"
          place={placeOf(clauseId)}
        />
      )
    }
  }, [clauses, agreement, agencies, own, placeOf])
}

function useThreadCounts({ threads }: Desk) {
  return useMemo(() => {
    const counts = new Map<string, number>()
    for (const { clauseId } of openThreads(threads))
      counts.set(clauseId, (counts.get(clauseId) ?? 0) + 1)
    return (clauseId: string) => counts.get(clauseId) ?? 0
  }, [threads])
}
