import { useCallback, useEffect, useState } from 'react'
import type { Notice } from '../../shared/sync/protocol.ts'

type Notices = { onNotice(listener: (notice: Notice) => void): () => void }
export type Announcement = { by: string; secondsLeft: number }

const TICK_MS = 200

/** The announced lock as everybody present sees it run down; null when none is announced. */
export function useLockAnnouncement(connection: Notices): Announcement | null {
  const [announced, setAnnounced] = useState<{ by: string; deadline: number } | null>(null)
  const [now, setNow] = useState(() => performance.now())
  const hear = useCallback((notice: Notice) => {
    if (notice.type === 'phase') setAnnounced(null)
    if (notice.type !== 'lock-announced') return
    const at = performance.now()
    setNow(at)
    setAnnounced(notice.inMs === null ? null : { by: notice.by, deadline: at + notice.inMs })
  }, [])
  useEffect(() => connection.onNotice(hear), [connection, hear])
  useEffect(() => {
    if (!announced) return
    const timer = setInterval(() => setNow(performance.now()), TICK_MS)
    // A lock that never came (its chair left) must not stay announced for ever.
    const end = setTimeout(
      () => setAnnounced(null),
      announced.deadline - performance.now() + GRACE_MS,
    )
    return () => {
      clearInterval(timer)
      clearTimeout(end)
    }
  }, [announced])
  if (!announced) return null
  return {
    by: announced.by,
    secondsLeft: Math.max(0, Math.ceil((announced.deadline - now) / 1000)),
  }
}

const GRACE_MS = 5_000
