import { useId, useState } from 'react'
import type { DocumentId, ProposalId } from '../../shared/base/ids.ts'
import { type Anchor, encodeAnchor } from '../../shared/comments/anchor.ts'
import type { Audience } from '../../shared/comments/api.ts'
import { type Addressable, addressable } from '../../shared/comments/mentions.ts'
import { useText } from '../base/useText.ts'
import { useSay } from '../ui/Toasts.tsx'
import { EMPTY_DRAFT, type ThreadDraft } from './begunWords.ts'
import styles from './ThreadCard.module.css'
import { NOTHING_WRITTEN, useComposer } from './useComposer.ts'
import { useOpenThread } from './useThreads.ts'
import { WordsForm } from './WordsForm.tsx'

const AUDIENCES: readonly Audience[] = ['all', 'agency']

/** What a new thread is on: a clause, words of it that were selected, or a proposal. */
export type NewThread = {
  clauseId: string
  quote: string
  anchor: Anchor | null
  proposalId?: ProposalId
}

export function NewThreadCard(props: {
  documentId: DocumentId
  draft: NewThread
  place: string
  reach: Addressable
  /** Agency of whoever writes. */
  agencyId: string | null
  /** Where what is written outlives this card; it has the focus only if it was `begun` here. */
  kept?: {
    written: ThreadDraft
    change(change: (before: ThreadDraft) => ThreadDraft): void
    begun: boolean
  }
  onDone(): void
}) {
  const { draft, agencyId, kept, onDone } = props
  const { clauseId, quote, anchor, proposalId } = draft
  const t = useText()
  const say = useSay()
  const open = useOpenThread(props.documentId, () => {
    say.done(t('thread.posted'))
    onDone()
  })
  const own = useState(EMPTY_DRAFT)
  const [written, change] = kept ? [kept.written, kept.change] : own
  const { audience } = written
  const group = useId()
  const about = {
    ...(quote && { quote }),
    ...(anchor && { anchor: encodeAnchor(anchor) }),
    ...(proposalId && { proposalId }),
  }
  const post = (body: string) => open.mutate({ clauseId, body, audience, ...about })
  const composer = useComposer(post, onDone, NOTHING_WRITTEN, [
    written,
    (next) => change((before) => ({ ...before, ...next(before) })),
  ])
  const label = t('thread.newFor', { place: props.place })
  return (
    <section aria-label={label}>
      {quote ? <blockquote className={styles.quote}>{quote}</blockquote> : null}
      <WordsForm
        composer={composer}
        label={label}
        sendLabel={t('thread.post')}
        reach={addressable(props.reach, audience, agencyId)}
        busy={open.isPending}
        error={open.error}
        takesFocus={kept?.begun ?? true}
        onDone={onDone}
      >
        <fieldset className={styles.audience}>
          <legend>{t('thread.audience')}</legend>
          {AUDIENCES.map((value) => (
            <label key={value}>
              <input
                type="radio"
                name={group}
                checked={audience === value}
                onChange={() => change((before) => ({ ...before, audience: value }))}
              />
              {t(`thread.audience.${value}`)}
            </label>
          ))}
        </fieldset>
      </WordsForm>
    </section>
  )
}
