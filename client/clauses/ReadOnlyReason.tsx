import { Lock } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { announce } from '../ui/announce.ts'
import styles from './ClauseEditor.module.css'

const STAYS_MS = 5_000

/** Says why nothing happens when somebody tries to write into a text that is read-only. */
export function ReadOnlyReason(props: {
  reason: string | null
  page: RefObject<HTMLElement | null>
}) {
  const { reason, page } = props
  const [asked, setAsked] = useState(0)
  const [shown, setShown] = useState(false)

  useEffect(() => {
    const element = page.current
    if (reason === null || !element) return
    const ask = () => {
      setAsked((count) => count + 1)
      announce(reason)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isWriting(event)) return
      ask()
    }
    element.addEventListener('keydown', onKey)
    element.addEventListener('paste', ask)
    return () => {
      element.removeEventListener('keydown', onKey)
      element.removeEventListener('paste', ask)
    }
  }, [reason, page])

  useEffect(() => {
    if (asked === 0) return
    setShown(true)
    const timer = setTimeout(() => setShown(false), STAYS_MS)
    return () => clearTimeout(timer)
  }, [asked])

  return (
    <div className={styles.reasonPlace} data-reason>
      {shown && reason !== null && (
        <div className={styles.reason}>
          <Lock size={16} aria-hidden />
          {reason}
        </div>
      )}
    </div>
  )
}

const isWriting = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  (key.length === 1 || ['Enter', 'Backspace', 'Delete'].includes(key))
