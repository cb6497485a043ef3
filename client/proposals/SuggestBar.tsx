import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { DRAFTS_LIMIT, NOTE_LIMIT } from '../../shared/proposals/draft.ts'
import { errorText } from '../base/errorText.ts'
import { queryKey } from '../base/queryKey.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { Fork } from '../clauses/suggest/fork.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextField } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { AdriftWords } from './AdriftWords.tsx'
import { DisputedWords, said } from './DisputedWords.tsx'
import { proposalDesk } from './proposalDesk.ts'
import styles from './SuggestBar.module.css'
import { sendDraft } from './sendDraft.ts'

/** How much is drafted, and what becomes of it: sent as one proposal per clause, or thrown away. */
export function SuggestBar(props: {
  documentId: DocumentId
  fork: Fork
  placeOf(clauseId: string): string
  /** Sent or thrown away: a new draft begins. @returns false where the device would not forget the old one */
  onDone(): Promise<boolean>
}) {
  const { documentId, fork, placeOf, onDone } = props
  const t = useText()
  const say = useSay()
  const client = useQueryClient()
  const { changes, adrift, disputes, kept } = useStore(fork.drafts)
  const [note, setNote] = useState('')
  const [asking, setAsking] = useState(false)
  const finish = async () => {
    const isForgotten = await onDone()
    if (!isForgotten) say.problem(t('suggest.notForgotten'))
    return isForgotten
  }
  /** Whoever decides is to see where the two sides differ. */
  const desk = () =>
    proposalDesk(documentId, note.trim(), (clauseId) =>
      (fork.now().disputes.get(clauseId) ?? []).map((one) => t('suggest.dispute.note', said(one))),
    )
  const send = useMutation({
    mutationFn: () => sendDraft(fork, desk()),
    async onSuccess({ count, isAll }) {
      setNote('')
      if (isAll) await finish()
      say.done(t(isAll ? 'suggest.sent' : 'suggest.sentMore', { count }))
      for (const key of [queryKey.proposals(documentId), queryKey.readiness(documentId)])
        void client.invalidateQueries({ queryKey: key })
    },
  })
  const count = changes.length
  const tooMany = count > DRAFTS_LIMIT
  return (
    <section className={styles.bar} aria-label={t('suggest.bar')} data-drafts={count}>
      <AdriftWords adrift={adrift} placeOf={placeOf} onDismiss={fork.dismissAdrift} />
      <DisputedWords disputes={disputes} placeOf={placeOf} />
      <p className={styles.count}>
        {count === 0 ? t('suggest.none') : t('suggest.count', { count })}{' '}
        {count === 0 ? null : (
          <span className={kept ? styles.kept : styles.lost}>
            {t(kept ? 'suggest.kept' : 'suggest.notKept')}
          </span>
        )}
      </p>
      {tooMany ? <Problem>{t('suggest.tooMany', { count: DRAFTS_LIMIT })}</Problem> : null}
      <Problem>{send.error ? errorText(t, send.error) : null}</Problem>
      {count === 0 ? null : asking ? (
        <div className={styles.actions}>
          <p className={styles.count}>{t('suggest.discard.ask', { count })}</p>
          <Button
            size="small"
            onClick={async () => {
              setAsking(false)
              if (await finish()) say.done(t('suggest.discarded'))
            }}
          >
            {t('suggest.discard')}
          </Button>
          <Button size="small" look="ghost" autoFocus onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>
          <div className={styles.note}>
            <TextField
              label={t('suggest.note')}
              maxLength={NOTE_LIMIT}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <Button
            look="primary"
            size="small"
            disabled={send.isPending || tooMany}
            onClick={() => send.mutate()}
          >
            {t('suggest.send')}
          </Button>
          <Button size="small" look="ghost" onClick={() => setAsking(true)}>
            {t('suggest.discard')}
          </Button>
        </div>
      )}
    </section>
  )
}
