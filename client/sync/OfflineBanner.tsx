import { CloudOff } from 'lucide-react'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from './connectDocument.ts'
import styles from './sync.module.css'

/** Across the whole width while the server can't be reached (UX-11); comes after a moment and leaves by itself. */
export function OfflineBanner({ connection }: { connection: DocumentConnection }) {
  const t = useText()
  const { save, pending, kept, restarting } = useStore(connection)
  if (save !== 'offline') return null
  const what = pending === 0 ? 'none' : kept ? 'pending' : 'unkept'
  return (
    <div className={styles.offlineBanner} role="status">
      <CloudOff size={16} aria-hidden />
      <span>
        <b>{t(restarting ? 'sync.restarting' : 'sync.offline.lead')}</b>{' '}
        {t(`sync.offline.${what}`, { count: pending })}
      </span>
    </div>
  )
}
