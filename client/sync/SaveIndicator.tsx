import { CircleAlert, CircleCheck, CircleDashed, CloudOff } from 'lucide-react'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection, SaveState } from './connectDocument.ts'
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
  const { save, loaded } = useStore(connection)
  const Shape = SHAPES[save]
  // Before the text has come there is nothing to save; only bad news is worth a word.
  const quiet = !loaded && save === 'saving'
  return (
    <span className={`${styles.save} ${styles[save]}`} role="status" data-save={save}>
      {!quiet && (
        <>
          <Shape size={16} aria-hidden />
          {t(`sync.${save}`)}
        </>
      )}
    </span>
  )
}
