import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { DiscardQuestion } from './DiscardQuestion.tsx'
import styles from './ThreadCard.module.css'
import { useComposer } from './useComposer.ts'
import { useReply } from './useThreads.ts'

export function ReplyForm(props: { documentId: DocumentId; thread: ThreadView; onDone(): void }) {
  const { documentId, thread, onDone } = props
  const t = useText()
  const reply = useReply(documentId, thread.id)
  const composer = useComposer((text) => reply.mutate(text, { onSuccess: onDone }), onDone)
  return (
    <div className={styles.form} data-draft>
      <TextArea
        label={t('thread.replyTo', { name: thread.author.name })}
        hint={t('thread.keys')}
        autoFocus
        maxLength={10_000}
        value={composer.text}
        onChange={(event) => composer.setText(event.target.value)}
        onKeyDown={composer.onKeyDown}
      />
      <Problem>{reply.error ? errorText(t, reply.error) : null}</Problem>
      <div className={styles.actions}>
        <Button
          look="primary"
          size="small"
          disabled={reply.isPending || composer.text.trim() === ''}
          onClick={composer.send}
        >
          {t('common.send')}
        </Button>
        <Button look="ghost" size="small" onClick={composer.stop}>
          {t('common.cancel')}
        </Button>
      </div>
      {composer.asking ? <DiscardQuestion onDiscard={onDone} onStay={composer.stay} /> : null}
    </div>
  )
}
