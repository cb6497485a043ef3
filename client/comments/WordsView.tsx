import { useState } from 'react'
import type { DocumentId, ThreadId } from '../../shared/base/ids.ts'
import type { Words } from '../../shared/comments/api.ts'
import { type Addressable, chosenIn } from '../../shared/comments/mentions.ts'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useSelected } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { When } from '../ui/When.tsx'
import { talkKey, threadTalk } from './begunWords.ts'
import styles from './ThreadCard.module.css'
import { useComposer, type Written } from './useComposer.ts'
import { useAmendWords } from './useThreads.ts'
import { WordsForm } from './WordsForm.tsx'

type Own = {
  documentId: DocumentId
  threadId: ThreadId
  /** Who reads this. */
  userId: string
  /** Absent for what opened the thread. */
  replyId?: string
  reach: Addressable
}

/** What somebody said; its author may change it or take it back (UX-47). */
export function WordsView({ words, mine, ...own }: Own & { words: Words; mine: boolean }) {
  const t = useText()
  const [deleting, setDeleting] = useState(false)
  const [begun, setBegun] = useState(false)
  const talk = talkKey(own.userId, `${own.replyId ?? own.threadId} edit`)
  const written = useSelected(threadTalk, (all) => all.get(talk))
  const start = { text: words.body, chosen: chosenIn(words) }
  if (words.deleted) return <p className={styles.meta}>{t('thread.wordsDeleted')}</p>
  if (written)
    return <EditForm {...own} start={start} talk={talk} written={written} takesFocus={begun} />
  return (
    <>
      <p className={styles.body}>
        <Body {...words} />
        {words.editedAt ? (
          <span className={styles.meta}>
            {' '}
            ({t('thread.edited')} <When at={words.editedAt} />)
          </span>
        ) : null}
      </p>
      {mine ? (
        <span className={styles.own}>
          <button
            type="button"
            className={styles.more}
            onClick={() => {
              setBegun(true)
              threadTalk.begin(talk, start)
            }}
          >
            {t('thread.edit')}
          </button>
          <button type="button" className={styles.more} onClick={() => setDeleting(true)}>
            {t('thread.delete')}
          </button>
        </span>
      ) : null}
      {deleting ? <DeleteQuestion {...own} onDone={() => setDeleting(false)} /> : null}
    </>
  )
}

/** Always text, whatever it looks like. */
function Body({ body, mentions }: Pick<Words, 'body' | 'mentions'>) {
  const ends = [0, ...mentions.map(({ to }) => to)]
  return (
    <>
      {mentions.map(({ kind, id, from, to }, i) => (
        <span key={`${from}-${id}`}>
          {body.slice(ends[i], from)}
          <span className={styles.mention} data-mention={`${kind}:${id}`}>
            {body.slice(from, to)}
          </span>
        </span>
      ))}
      {body.slice(ends.at(-1))}
    </>
  )
}

function EditForm(
  props: Own & { start: Written; talk: string; written: Written; takesFocus: boolean },
) {
  const { start, talk, written, takesFocus, reach, ...at } = props
  const t = useText()
  const { edit } = useAmendWords(at)
  const onDone = () => threadTalk.end(talk)
  const composer = useComposer((body) => afterAct(edit, body, onDone), onDone, start, [
    written,
    (change) => threadTalk.change(talk, change),
  ])
  return (
    <WordsForm
      composer={composer}
      label={t('thread.editOwn')}
      sendLabel={t('common.save')}
      reach={reach}
      busy={edit.isPending}
      error={edit.error}
      takesFocus={takesFocus}
      onDone={onDone}
    />
  )
}

function DeleteQuestion({ onDone, ...at }: Own & { onDone(): void }) {
  const t = useText()
  const { remove } = useAmendWords(at)
  return (
    <Dialog open onClose={onDone} title={t('thread.deleteTitle')} lead={t('thread.deleteLead')}>
      <Problem>{remove.error ? errorText(t, remove.error) : null}</Problem>
      <DialogActions>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          disabled={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: onDone })}
        >
          {t('thread.delete')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
