import { History } from 'lucide-react'
import { useState } from 'react'
import type { DocumentId } from '../../../shared/base/ids.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { useText } from '../../base/useText.ts'
import type { Marks } from '../marks.ts'
import styles from './ChangedSince.module.css'
import { Changes } from './Changes.tsx'

/** The words that have fallen, each with the agencies that spoke of them; in protocol order. */
export function fallenWords(marks: Marks): { since: string; agencyIds: string[] }[] {
  const words = new Map<string, string[]>()
  for (const { agencyId, state, position } of marks) {
    if (state !== 'outdated' || !position) continue
    words.set(position.hash, [...(words.get(position.hash) ?? []), agencyId])
  }
  return [...words].map(([since, agencyIds]) => ({ since, agencyIds }))
}

/** Below a clause's card: what has changed since each outdated position (P13); that of `first` is open from the start. */
export function ChangedSince(props: {
  documentId: DocumentId
  clauseId: string
  /** Hash of the words as they are. */
  hash: string
  marks: Marks
  agencies: AgencyDirectory
  own: string | null
  /** The agency whose mark was pressed. */
  first: string | null
}) {
  const { marks, agencies, own, first } = props
  const t = useText()
  const [opened, setOpened] = useState<string | null>(null)
  const fallen = fallenWords(marks)
  if (fallen.length === 0) return null
  const start = fallen.find(({ agencyIds }) => agencyIds.includes(first ?? own ?? ''))?.since
  const shown = opened ?? start ?? null
  return (
    <section className={styles.changes} aria-label={t('changed.title')}>
      <h3>
        <History size={15} aria-hidden /> {t('changed.title')}
      </h3>
      {fallen.map(({ since, agencyIds }) => {
        const who = agencyIds
          .map((id) => (id === own ? t('changed.mine') : (agencies.get(id)?.shortName ?? id)))
          .join(', ')
        const isOpen = since === shown
        return (
          <div key={since} data-since={since}>
            <button
              type="button"
              className={styles.open}
              aria-expanded={isOpen}
              onClick={() => setOpened(isOpen ? '' : since)}
            >
              {t('changed.open', { who })}
            </button>
            {isOpen ? <Changes {...props} since={since} /> : null}
          </div>
        )
      })}
    </section>
  )
}
