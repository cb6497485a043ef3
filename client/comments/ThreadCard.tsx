import { FilePenLine, Lock, Unlink } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { agencyColor } from '../../shared/accounts/agencyColor.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import { type Addressable, addressable } from '../../shared/comments/mentions.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useSelected } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { When } from '../ui/When.tsx'
import { talkKey, threadTalk } from './begunWords.ts'
import { CloseWithReason } from './CloseWithReason.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import styles from './ThreadCard.module.css'
import { NOTHING_WRITTEN } from './useComposer.ts'
import { useCloseThread } from './useThreads.ts'
import { WordsView } from './WordsView.tsx'

const LAST_REPLIES = 2

export type ThreadCardProps = {
  documentId: DocumentId
  thread: ThreadView
  agencies: AgencyDirectory
  /** Where its clause stands now; empty when it has none. */
  place: string
  actor: BlocActor
  scene: Scene
  /** Everybody who reads this document. */
  reach: Addressable
  /** Takes the reader to the clause; absent where the card already lies beside it. */
  onShow?: (() => void) | undefined
  /** It lies under what it is about, and need not say so. */
  isBelow?: boolean
}

export function ThreadCard(card: ThreadCardProps) {
  const { thread, agencies, place, onShow, reach, isBelow = false, ...props } = card
  const t = useText()
  const { documentId, actor } = props
  const mayRead = addressable(reach, thread.audience, thread.agencyId)
  const own = { documentId, threadId: thread.id, userId: actor.userId, reach: mayRead }
  const agency = agencies.get(thread.agencyId)
  return (
    <article
      aria-label={t('thread.of', { agency: agency?.name ?? '', place })}
      data-thread={thread.id}
      tabIndex={-1}
    >
      <div className={styles.head}>
        <Avatar
          text={agency?.shortName ?? '?'}
          color={agencyColor(agencies.rankOf(thread.agencyId))}
        />
        <div className={styles.who}>
          <b>{agency?.name ?? thread.agencyId}</b>
          <span>
            {thread.author.name} · <When at={thread.at} />
          </span>
        </div>
        {place === '' ? null : onShow ? (
          <button type="button" className={styles.where} title={t('thread.show')} onClick={onShow}>
            {place}
          </button>
        ) : (
          <span className={styles.where}>{place}</span>
        )}
      </div>
      <Badges thread={thread} isBelow={isBelow} />
      <Quote thread={thread} />
      <WordsView {...own} words={thread} mine={thread.author.id === actor.userId} />
      <Replies thread={thread} own={own} />
      <Acts thread={thread} agencies={agencies} reach={mayRead} {...props} />
    </article>
  )
}

function Badges({ thread, isBelow }: { thread: ThreadView; isBelow: boolean }) {
  const t = useText()
  return (
    <>
      {thread.audience === 'agency' ? (
        <span className={styles.badge}>
          <Lock size={12} aria-hidden /> {t('thread.onlyAgency')}
        </span>
      ) : null}
      {thread.proposalId !== undefined && !isBelow ? (
        <span className={styles.badge}>
          <FilePenLine size={12} aria-hidden /> {t('thread.onProposal')}
        </span>
      ) : null}
      {thread.detached ? (
        <span className={styles.badge} data-kind="detached">
          <Unlink size={12} aria-hidden /> {t('thread.detached')}
        </span>
      ) : null}
    </>
  )
}

/** The words it is on; of a clause that is gone, what it said. */
function Quote({ thread }: { thread: ThreadView }) {
  const quote = thread.quote ?? (thread.detached ? thread.excerpt : undefined)
  return quote ? <blockquote className={styles.quote}>{quote}</blockquote> : null
}

type Own = Pick<ComponentProps<typeof WordsView>, 'documentId' | 'threadId' | 'userId' | 'reach'>

function Replies({ thread, own }: { thread: ThreadView; own: Own }) {
  const t = useText()
  const [all, setAll] = useState(false)
  const shown = all ? thread.replies : thread.replies.slice(-LAST_REPLIES)
  if (thread.replies.length === 0) return null
  return (
    <div className={styles.replies}>
      {shown.length < thread.replies.length ? (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('thread.replies', { count: thread.replies.length })}
        </button>
      ) : null}
      {shown.map((reply) => (
        <div key={reply.id}>
          <b>{reply.author.name}</b>{' '}
          <span className={styles.meta}>
            <When at={reply.at} />
          </span>
          <WordsView
            {...own}
            replyId={reply.id}
            words={reply}
            mine={reply.author.id === own.userId}
          />
        </div>
      ))}
    </div>
  )
}

function Acts({
  documentId,
  thread,
  agencies,
  actor,
  scene,
  reach,
}: Omit<ThreadCardProps, 'place' | 'onShow' | 'isBelow'>) {
  const t = useText()
  const close = useCloseThread(documentId, thread)
  const [asking, setAsking] = useState(false)
  const [begun, setBegun] = useState(false)
  const talk = talkKey(actor.userId, thread.id)
  const written = useSelected(threadTalk, (all) => all.get(talk))
  const mayReply = can(actor, 'thread.reply', scene)
  const mayClose = can(actor, 'thread.close', { ...scene, threadAgencyId: thread.agencyId })
  const needsReason = actor.agencyId !== thread.agencyId
  const toggle = () => (needsReason ? setAsking(true) : close.mutate(undefined))
  return (
    <>
      {thread.resolvedBy ? (
        <p className={styles.meta}>
          {t('thread.resolvedBy', { name: thread.resolvedBy.name })}
          {thread.resolvedAt ? (
            <>
              {' · '}
              <When at={thread.resolvedAt} />
            </>
          ) : null}
          {thread.reason ? ` · ${thread.reason}` : ''}
        </p>
      ) : null}
      <Problem>{close.error ? errorText(t, close.error) : null}</Problem>
      {written && mayReply && thread.status === 'open' ? (
        <ReplyForm
          documentId={documentId}
          thread={thread}
          reach={reach}
          talk={talk}
          written={written}
          takesFocus={begun}
        />
      ) : mayReply || mayClose ? (
        <div className={styles.actions}>
          {mayReply && thread.status === 'open' ? (
            <Button
              size="small"
              onClick={() => {
                setBegun(true)
                threadTalk.begin(talk, NOTHING_WRITTEN)
              }}
            >
              {t('thread.reply')}
            </Button>
          ) : null}
          {mayClose ? (
            <Button size="small" disabled={close.isPending} onClick={toggle}>
              {t(thread.status === 'open' ? 'thread.resolve' : 'thread.reopen')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {asking ? (
        <CloseWithReason
          reopening={thread.status === 'resolved'}
          lead={t('thread.reasonLead', {
            agency: agencies.get(thread.agencyId)?.name ?? thread.agencyId,
          })}
          busy={close.isPending}
          onCancel={() => setAsking(false)}
          onConfirm={(reason) => close.mutate(reason, { onSuccess: () => setAsking(false) })}
        />
      ) : null}
    </>
  )
}
