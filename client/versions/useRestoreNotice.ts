import { useEffect } from 'react'
import type { Notice } from '../../shared/sync/protocol.ts'
import { shortTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import { useSay } from '../ui/Toasts.tsx'

type Notices = { onNotice(listener: (notice: Notice) => void): () => void }

/** Tells everybody else present who has put the text back, and to when (UX-52). */
export function useRestoreNotice(connection: Notices, ownName: string): void {
  const t = useText()
  const say = useSay()
  const [language] = useLanguage()
  useEffect(
    () =>
      connection.onNotice((notice) => {
        if (notice.type !== 'version' || !notice.restored) return
        const { by, at, clauseId } = notice.restored
        if (by === ownName) return
        const time = shortTime(at, language, Date.now())
        say.done(t(clauseId === null ? 'history.told' : 'history.toldClause', { name: by, time }))
      }),
    [connection, ownName, say, t, language],
  )
}
