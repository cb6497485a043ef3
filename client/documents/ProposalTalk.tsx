import { MessagesSquare } from 'lucide-react'
import { useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { useText } from '../base/useText.ts'
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
  const [writing, setWriting] = useState(false)
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
      {writing ? (
        <NewThreadCard
          documentId={documentId}
          draft={{ clauseId: proposal.clauseId, proposalId: proposal.id, quote: '', anchor: null }}
          place={about}
          reach={reach}
          agencyId={actor.agencyId}
          onDone={() => setWriting(false)}
        />
      ) : can(actor, 'thread.open', scene) ? (
        <Button size="small" look="ghost" onClick={() => setWriting(true)}>
          <MessagesSquare size={16} aria-hidden /> {t('thread.talk')}
        </Button>
      ) : null}
    </div>
  )
}
