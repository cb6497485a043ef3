import { LockKeyhole } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { StepUpCancelled } from '../accounts/StepUp.tsx'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './LockCountdown.module.css'
import type { Announcement } from './useLockAnnouncement.ts'
import { useCancelLock, useLock } from './useLocking.ts'

/** Seen by everybody present; whoever chairs can stop it, and whoever began it locks when it has run down (UX-72). */
export function LockCountdown(props: {
  documentId: DocumentId
  announcement: Announcement
  /** This window announced it, so this window locks. */
  mine: boolean
  mayCancel: boolean
  onLocked(): void
}) {
  const { announcement, mine, onLocked } = props
  const t = useText()
  const say = useSay()
  const cancel = useCancelLock(props.documentId)
  const lock = useLock(props.documentId)
  const begun = useRef(false)
  const over = announcement.secondsLeft === 0
  useEffect(() => {
    if (!over || !mine || begun.current) return
    begun.current = true
    lock.mutate(undefined, {
      onSuccess: () => say.done(t('lock.done')),
      onError: (error) => {
        if (!(error instanceof StepUpCancelled)) say.problem(errorText(t, error))
      },
      onSettled: onLocked,
    })
  }, [over, mine, lock, say, t, onLocked])
  const stop = () =>
    cancel.mutate(undefined, {
      onSuccess: () => say.done(t('lock.cancelled')),
      onError: (error) => say.problem(errorText(t, error)),
    })
  return (
    <div className={styles.banner} data-lock-countdown>
      <LockKeyhole size={24} aria-hidden />
      <p>
        <b role="timer">
          {over ? t('lock.now') : t('lock.countdown', { count: announcement.secondsLeft })}
        </b>
        <Spoken as="span" text={t('lock.by', { name: announcement.by })} />
      </p>
      {props.mayCancel && !over ? (
        <Button disabled={cancel.isPending} onClick={stop}>
          {t('lock.cancel')}
        </Button>
      ) : null}
    </div>
  )
}
