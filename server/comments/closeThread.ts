import type { BlocActor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { Tx } from '../platform/database.ts'
import { recordThread } from './threadScene.ts'
import { findThread, type ThreadRow } from './threadStore.ts'

export type Closing = {
  threadId: string
  actor: BlocActor
  /** The status it is to have. */
  to: 'resolved' | 'open'
  reason: string | null
  at: number
}

/**
 * Resolves or reopens, with its entry in the chain; the role has been judged. Another agency's thread is closed by the lead, who says why.
 * @throws {AppError} input/invalid without that reason, thread/wrong-status
 */
export async function closeThread(
  tx: Tx,
  { threadId, actor, to, reason, at }: Closing,
): Promise<ThreadRow> {
  const thread = await findThread(tx, threadId, actor.agencyId)
  if (!thread) throw new AppError('thread/not-found')
  if (thread.agency_id !== actor.agencyId && reason === null)
    throw new AppError('input/invalid', {
      problems: [{ at: 'body.reason', message: 'needed on a thread of another agency' }],
    })
  if (thread.status === to) throw new AppError('thread/wrong-status', { status: thread.status })
  const resolved = to === 'resolved'
  const change = {
    status: to,
    resolved_by: resolved ? actor.userId : null,
    resolved_at: resolved ? at : null,
    reason,
  }
  await tx.updateTable('thread').set(change).where('id', '=', threadId).execute()
  const event = resolved ? 'thread.resolved' : 'thread.reopened'
  await recordThread(tx, actor, thread, {
    event,
    at,
    ...(reason !== null && { facts: { reason } }),
  })
  return { ...thread, ...change }
}
