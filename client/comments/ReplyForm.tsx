import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { Addressable } from '../../shared/comments/mentions.ts'
import { afterAct } from '../base/afterAct.ts'
import { useText } from '../base/useText.ts'
import { threadTalk } from './begunWords.ts'
import { NOTHING_WRITTEN, useComposer, type Written } from './useComposer.ts'
import { useReply } from './useThreads.ts'
import { WordsForm } from './WordsForm.tsx'

/** @param talk names what is written, which outlives this form */
export function ReplyForm(props: {
  documentId: DocumentId
  thread: ThreadView
  reach: Addressable
  talk: string
  written: Written
  /** Here, and not by a form that has gone since. */
  takesFocus: boolean
}) {
  const { documentId, thread, reach, talk, written, takesFocus } = props
  const t = useText()
  const reply = useReply(documentId, thread.id)
  const onDone = () => threadTalk.end(talk)
  const composer = useComposer((body) => afterAct(reply, body, onDone), onDone, NOTHING_WRITTEN, [
    written,
    (change) => threadTalk.change(talk, change),
  ])
  return (
    <WordsForm
      composer={composer}
      label={t('thread.replyTo', { name: thread.author.name })}
      sendLabel={t('common.send')}
      reach={reach}
      busy={reply.isPending}
      error={reply.error}
      takesFocus={takesFocus}
      onDone={onDone}
    />
  )
}
