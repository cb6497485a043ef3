import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { Audience } from '../../shared/comments/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { DiscardQuestion } from './DiscardQuestion.tsx'
import styles from './ThreadCard.module.css'
import { useComposer } from './useComposer.ts'
import { useOpenThread } from './useThreads.ts'

const AUDIENCES: readonly Audience[] = ['all', 'agency']

export function NewThreadCard(props: {
  documentId: DocumentId
  clauseId: string
  place: string
  /** Words that were selected when the card was opened. */
  quote: string
  onDone(): void
}) {
  const { clauseId, quote, onDone } = props
  const t = useText()
  const say = useSay()
  const open = useOpenThread(props.documentId)
  const [audience, setAudience] = useState<Audience>('all')
  const post = (body: string) =>
    open.mutate(
      { clauseId, body, audience, ...(quote ? { quote } : {}) },
      {
        onSuccess: () => {
          say.done(t('thread.posted'))
          onDone()
        },
      },
    )
  const composer = useComposer(post, onDone)
  return (
    <section aria-label={t('thread.newFor', { place: props.place })} data-draft>
      {quote ? <blockquote className={styles.quote}>{quote}</blockquote> : null}
      <TextArea
        label={t('thread.newFor', { place: props.place })}
        hint={t('thread.keys')}
        autoFocus
        maxLength={10_000}
        value={composer.text}
        onChange={(event) => composer.setText(event.target.value)}
        onKeyDown={composer.onKeyDown}
      />
      <fieldset className={styles.audience}>
        <legend>{t('thread.audience')}</legend>
        {AUDIENCES.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name={`audience-${clauseId}`}
              checked={audience === value}
              onChange={() => setAudience(value)}
            />
            {t(`thread.audience.${value}`)}
          </label>
        ))}
      </fieldset>
      <Problem>{open.error ? errorText(t, open.error) : null}</Problem>
      <div className={styles.actions}>
        <Button
          look="primary"
          size="small"
          disabled={open.isPending || composer.text.trim() === ''}
          onClick={composer.send}
        >
          {t('thread.post')}
        </Button>
        <Button look="ghost" size="small" onClick={composer.stop}>
          {t('common.cancel')}
        </Button>
      </div>
      {composer.asking ? <DiscardQuestion onDiscard={onDone} onStay={composer.stay} /> : null}
    </section>
  )
}
