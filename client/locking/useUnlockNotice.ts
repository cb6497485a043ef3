import { useEffect } from 'react'
import type { Notice } from '../../shared/sync/protocol.ts'
import { useText } from '../base/useText.ts'
import { useSay } from '../ui/Toasts.tsx'

type Notices = { onNotice(listener: (notice: Notice) => void): () => void }

/** Tells everybody else present who opened the text again, and why. */
export function useUnlockNotice(connection: Notices, ownName: string): void {
  const t = useText()
  const say = useSay()
  useEffect(
    () =>
      connection.onNotice((notice) => {
        if (notice.type !== 'phase' || notice.phase !== 'drafting' || !notice.reason) return
        if (notice.by !== ownName)
          say.done(t('unlock.told', { name: notice.by ?? '', reason: notice.reason }))
      }),
    [connection, ownName, say, t],
  )
}
