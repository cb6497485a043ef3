import { History, X } from 'lucide-react'
import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { shortTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './SinceVisit.module.css'
import { useVisit } from './useVersions.ts'

/** On coming back: how much others have changed meanwhile; it goes at a press (UX-54). */
export function SinceVisit(props: { documentId: DocumentId; onSee(revision: number): void }) {
  const t = useText()
  const [language] = useLanguage()
  const visit = useVisit(props.documentId).data
  const [isGone, setGone] = useState(false)
  if (!visit || visit.changes === 0 || isGone) return null
  const time = shortTime(visit.at, language, Date.now())
  return (
    <div className={styles.bar} data-since={visit.changes}>
      <History size={16} aria-hidden />
      <span>{t('history.since', { count: visit.changes, time })}</span>
      <Button
        size="small"
        onClick={() => {
          setGone(true)
          props.onSee(visit.revision)
        }}
      >
        {t('history.see')}
      </Button>
      <Button
        size="small"
        look="ghost"
        icon
        aria-label={t('common.close')}
        onClick={() => setGone(true)}
      >
        <X size={16} aria-hidden />
      </Button>
    </div>
  )
}
