import { useState } from 'react'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { shortTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import styles from './HistoryScreen.module.css'
import { type Point, START } from './historyPoints.ts'
import { VersionList } from './VersionList.tsx'

export type HistorySideProps = {
  points: readonly Point[]
  point: Point | undefined
  agencies: AgencyDirectory
  /** What the text is compared with; empty: the version before. */
  base: string
  since: number | undefined
  onBase(base: string): void
  onSelect(id: string): void
}

/** Which text is shown, and what it is compared with (UX-52). */
export function HistorySide(props: HistorySideProps) {
  const { points, point, agencies, base, since, onBase, onSelect } = props
  const t = useText()
  const [language] = useLanguage()
  const [onlyNamed, setOnlyNamed] = useState(false)
  const shown = onlyNamed ? points.filter(({ version }) => version?.name) : points
  const earlier = points.filter(({ revision }) => point && revision < point.revision)
  const nameOf = ({ version, time }: Point) =>
    `${version?.name ?? (version ? t(`history.kind.${version.kind}`) : t('history.now'))}, ${shortTime(time, language, Date.now())}`
  return (
    <aside className={styles.side} aria-label={t('history.list')}>
      <label className={styles.compare}>
        {t('history.compare')}
        <select value={base} onChange={(event) => onBase(event.target.value)}>
          <option value="">{t('history.previous')}</option>
          {since === undefined || (point && since > point.revision) ? null : (
            <option value={String(since)}>{t('history.visit')}</option>
          )}
          {earlier.map((each) => (
            <option key={each.id} value={each.at}>
              {nameOf(each)}
            </option>
          ))}
          {point && point.revision > 1 && since !== 1 ? (
            <option value={START}>{t('history.start')}</option>
          ) : null}
        </select>
      </label>
      <label className={styles.filter}>
        <input
          type="checkbox"
          checked={onlyNamed}
          onChange={(event) => setOnlyNamed(event.target.checked)}
        />
        {t('history.onlyNamed')}
      </label>
      {onlyNamed && shown.length === 0 ? (
        <p className={styles.quiet}>{t('history.noneNamed')}</p>
      ) : null}
      <VersionList
        points={shown}
        selected={point?.id ?? ''}
        agencies={agencies}
        onSelect={onSelect}
      />
    </aside>
  )
}
