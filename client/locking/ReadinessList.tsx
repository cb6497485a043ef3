import {
  Brackets,
  ChevronRight,
  CircleDashed,
  CircleX,
  EqualNot,
  PencilLine,
  SquareDashed,
  TriangleAlert,
} from 'lucide-react'
import type { Blocker } from '../../shared/locking/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { groupBlockers } from './groupBlockers.ts'
import styles from './Readiness.module.css'

const ICONS = {
  'position/missing': CircleDashed,
  'position/outdated': TriangleAlert,
  'position/objects': CircleX,
  'proposal/open': PencilLine,
  'bracket/open': Brackets,
  'clause/empty': SquareDashed,
  'table/sum': EqualNot,
  'text/placeholder': TriangleAlert,
  'text/glyph': TriangleAlert,
} as const satisfies Record<Blocker['code'], unknown>

/** Clause by clause, each a way to its place (P15). */
export function ReadinessList(props: {
  blockers: readonly Blocker[]
  agencies: AgencyDirectory
  /** How many agencies take positions. */
  parties: number
  placeOf(clauseId: string): string
  onShow(clauseId: string): void
}) {
  const t = useText()
  if (props.blockers.length === 0) return <p>{t('ready.yes')}</p>
  return (
    <div className={styles.groups}>
      {groupBlockers(props.blockers).map(({ clauseId, items }) => (
        <div key={clauseId} className={styles.group}>
          <button
            type="button"
            className={styles.place}
            title={t('ready.go')}
            onClick={() => props.onShow(clauseId)}
          >
            <span>{props.placeOf(clauseId) || t('ready.gone')}</span>{' '}
            <ChevronRight size={16} aria-hidden />
          </button>
          {items.map(({ code, agencyIds, texts }) => {
            const Icon = ICONS[code]
            const names =
              agencyIds.length === props.parties
                ? [t('blocker.all', { count: props.parties })]
                : agencyIds.map((id) => props.agencies.get(id)?.name ?? id)
            return (
              <p key={code} className={styles.item} data-code={code}>
                <Icon size={15} aria-hidden />
                <span>
                  {[t(`blocker.${code}`), [...names, ...texts].join(', ')]
                    .filter(Boolean)
                    .join(': ')}
                </span>
              </p>
            )
          })}
        </div>
      ))}
    </div>
  )
}
