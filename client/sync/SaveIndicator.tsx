import { CircleAlert, CircleCheck, CircleDashed, CloudOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { announceState } from '../ui/announce.ts'
import type { DocumentConnection } from './connectDocument.ts'
import type { SaveState } from './connectionState.ts'
import styles from './sync.module.css'

const SHAPES = {
  saving: CircleDashed,
  saved: CircleCheck,
  offline: CloudOff,
  unsaved: CircleAlert,
} as const satisfies Record<SaveState, unknown>

/** One of four texts (UX-10), each with its own shape. "Saved" means that the server has it on disk. */
export function SaveIndicator({ connection }: { connection: DocumentConnection }) {
  const t = useText()
  const state = useStore(connection)
  const { loaded, kept } = state
  // "Kept on this device" is never said of words that a closed page would lose.
  const save = state.save === 'offline' && !kept ? 'unsaved' : state.save
  const Shape = SHAPES[save]
  // Before the text has come there is nothing to save; only bad news is worth a word.
  const quiet = !loaded && save === 'saving'
  useSpokenTrouble(save)
  return (
    <span className={`${styles.save} ${styles[save]}`} data-save={save}>
      {!quiet && (
        <>
          <Shape size={16} aria-hidden />
          {t(`sync.${save}`)}
        </>
      )}
    </span>
  )
}

/** Trouble is said aloud, and that it is over; not every “saved” of somebody who is typing. */
function useSpokenTrouble(save: SaveState): void {
  const t = useText()
  const troubled = useRef(false)
  useEffect(() => {
    if (save === 'saving') return
    const now = save !== 'saved'
    if (now || troubled.current) announceState(t(`sync.${save}`))
    troubled.current = now
  }, [save, t])
}
