import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { When } from '../ui/When.tsx'
import { byDay, type Point } from './historyPoints.ts'
import styles from './VersionList.module.css'

/** Days that are open at first; older ones open at a press. */
const OPEN_DAYS = 3

export type VersionListProps = {
  points: readonly Point[]
  selected: string
  agencies: AgencyDirectory
  onSelect(id: string): void
}

/** Versions, newest first, by day (UX-50). */
export function VersionList({ points, selected, agencies, onSelect }: VersionListProps) {
  const [language] = useLanguage()
  return byDay(points, language).map(([day, list], index) => (
    <Day key={day} day={day} isOpen={index < OPEN_DAYS}>
      {list.map((point) => (
        <li key={point.id}>
          <Row
            point={point}
            isSelected={point.id === selected}
            agencies={agencies}
            onSelect={onSelect}
          />
        </li>
      ))}
    </Day>
  ))
}

function Day(props: { day: string; isOpen: boolean; children: React.ReactNode }) {
  const [isOpen, setOpen] = useState(props.isOpen)
  const Shape = isOpen ? ChevronDown : ChevronRight
  return (
    <section>
      <h3>
        <button
          type="button"
          className={styles.day}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Shape size={16} aria-hidden /> {props.day}
        </button>
      </h3>
      {isOpen ? <ul>{props.children}</ul> : null}
    </section>
  )
}

type RowProps = Pick<VersionListProps, 'agencies' | 'onSelect'> & {
  point: Point
  isSelected: boolean
}

function Row({ point, isSelected, agencies, onSelect }: RowProps) {
  const t = useText()
  const { version } = point
  return (
    <button
      type="button"
      className={styles.row}
      data-version={point.id}
      aria-current={isSelected ? 'true' : undefined}
      onClick={() => onSelect(point.id)}
    >
      <span className={styles.head}>
        <b>{version?.name ?? (version ? t(`history.kind.${version.kind}`) : t('history.now'))}</b>
        <When at={point.time} />
      </span>
      {version?.name ? (
        <span className={styles.kind}>{t(`history.kind.${version.kind}`)}</span>
      ) : null}
      {point.authors.map(({ id, name, agencyId }) => (
        <span key={id} className={styles.author}>
          <Avatar
            text={agencies.get(agencyId ?? '')?.shortName ?? name}
            color={agencyColor(agencies.rankOf(agencyId))}
          />
          {name}
        </span>
      ))}
    </button>
  )
}
