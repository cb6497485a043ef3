import { CircleAlert, CloudOff } from 'lucide-react'
import { useSelected, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from './connectDocument.ts'
import styles from './sync.module.css'

/**
 * Across the whole width while nothing gets to the server's disk (UX-11): no network, a restart, or a disk that does
 * not take it. Comes after a moment and leaves by itself; the saved state beside the title says it aloud.
 */
export function OfflineBanner({ connection }: { connection: DocumentConnection }) {
  const cut = useSelected(connection, ({ save, faulty }) => save === 'offline' || faulty)
  return cut ? <Banner connection={connection} /> : null
}

function Banner({ connection }: { connection: DocumentConnection }) {
  const t = useText()
  const { pending, kept, restarting, faulty, loaded } = useStore(connection)
  const what = pending === 0 ? 'none' : kept ? 'pending' : 'unkept'
  const Shape = faulty ? CircleAlert : CloudOff
  return (
    <div className={styles.offlineBanner} data-offline>
      <Shape size={16} aria-hidden />
      <span>
        {faulty ? (
          <>
            <b>{t(loaded ? 'sync.faulty.lead' : 'sync.faulty.closed')}</b>{' '}
            {t(`sync.faulty.${what}`, { count: pending })}
          </>
        ) : (
          <>
            <b>{t(restarting ? 'sync.restarting' : 'sync.offline.lead')}</b>{' '}
            {t(`sync.offline.${what}`, { count: pending })}
          </>
        )}
      </span>
    </div>
  )
}
