import type { ReactNode } from 'react'
import type { Addressable } from '../../shared/comments/mentions.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { DiscardQuestion } from './DiscardQuestion.tsx'
import { MentionArea } from './MentionArea.tsx'
import styles from './ThreadCard.module.css'
import type { Composer } from './useComposer.ts'

/** Where one writes: a new comment, a reply, or one's own words once more. */
export function WordsForm(props: {
  composer: Composer
  label: string
  sendLabel: string
  reach: Addressable
  busy: boolean
  error: unknown
  onDone(): void
  /** When it appears. */
  takesFocus?: boolean
  /** Between the words and the buttons. */
  children?: ReactNode
}) {
  const {
    composer,
    label,
    sendLabel,
    reach,
    busy,
    error,
    onDone,
    takesFocus = true,
    children,
  } = props
  const t = useText()
  return (
    <div className={styles.form} data-draft>
      <MentionArea
        composer={composer}
        label={label}
        hint={t('thread.keys')}
        reach={reach}
        takesFocus={takesFocus}
      />
      {children}
      <Problem>{error ? errorText(t, error) : null}</Problem>
      <div className={styles.actions}>
        <Button
          look="primary"
          size="small"
          disabled={busy || composer.isEmpty}
          onClick={composer.send}
        >
          {sendLabel}
        </Button>
        <Button look="ghost" size="small" onClick={composer.stop}>
          {t('common.cancel')}
        </Button>
      </div>
      {composer.asking ? <DiscardQuestion onDiscard={onDone} onStay={composer.stay} /> : null}
    </div>
  )
}
