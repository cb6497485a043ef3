import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { Addressable } from '../../shared/comments/mentions.ts'
import { useText } from '../base/useText.ts'
import { useComposer } from './useComposer.ts'
import { useReply } from './useThreads.ts'
import { WordsForm } from './WordsForm.tsx'

export function ReplyForm(props: {
  documentId: DocumentId
  thread: ThreadView
  reach: Addressable
  onDone(): void
}) {
  const { documentId, thread, reach, onDone } = props
  const t = useText()
  const reply = useReply(documentId, thread.id)
  const composer = useComposer((body) => reply.mutate(body, { onSuccess: onDone }), onDone)
  return (
    <WordsForm
      composer={composer}
      label={t('thread.replyTo', { name: thread.author.name })}
      sendLabel={t('common.send')}
      reach={reach}
      busy={reply.isPending}
      error={reply.error}
      onDone={onDone}
    />
  )
}
