import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { EMPTY_DRAFT, proposalTalk, talkKey } from '../comments/begunWords.ts'
import { NewThreadCard } from '../comments/NewThreadCard.tsx'
import { ThreadCard } from '../comments/ThreadCard.tsx'
import { useThreads } from '../comments/useThreads.ts'
import { Button } from '../ui/Button.tsx'
import styles from './ProposalTalk.module.css'
import type { Desk } from './useDesk.ts'

/**
 * What is said about a proposal, on its card and on its record (UX-33): threads like those of a clause. None on one that
 * came after the lock, which not everybody knows of.
 */
export function ProposalTalk(props: {
  desk: Pick<Desk, 'agencies' | 'actor' | 'scene' | 'reach'>
  documentId: DocumentId
  proposal: ProposalView
}) {
  const { desk, documentId, proposal } = props
  const { agencies, actor, scene, reach } = desk
  const t = useText()
  const key = talkKey(actor.userId, proposal.id)
  const written = useStore(proposalTalk).get(key)
  const [begun, setBegun] = useState(false)
  const threads = useThreads(documentId).data ?? []
  const own = threads.filter(({ proposalId }) => proposalId === proposal.id)
  if (proposal.origin === 'late') return null
  const about = t('thread.proposalOf', {
    agency: agencies.get(proposal.agencyId)?.name ?? proposal.agencyId,
  })
  return (
    <div className={styles.talk}>
      {own.map((thread) => (
        <div key={thread.id} className={styles.thread}>
          <ThreadCard
            documentId={documentId}
            thread={thread}
            agencies={agencies}
            place=""
            actor={actor}
            scene={scene}
            reach={reach}
            isBelow
          />
        </div>
      ))}
      {written ? (
        <NewThreadCard
          documentId={documentId}
          draft={{ clauseId: proposal.clauseId, proposalId: proposal.id, quote: '', anchor: null }}
          place={about}
          reach={reach}
          agencyId={actor.agencyId}
          kept={{ written, change: (change) => proposalTalk.change(key, change), begun }}
          onDone={() => proposalTalk.end(key)}
        />
      ) : can(actor, 'thread.open', scene) ? (
        <Button
          size="small"
          look="ghost"
          onClick={() => {
            setBegun(true)
            proposalTalk.begin(key, EMPTY_DRAFT)
          }}
        >
          <MessagesSquare size={16} aria-hidden /> {t('thread.talk')}
        </Button>
      ) : null}
    </div>
  )
}
