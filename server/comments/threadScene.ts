import type { Request } from 'express'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { Json } from '../../shared/base/canonicalJson.ts'
import { AppError } from '../../shared/base/errors.ts'
import { Audience } from '../../shared/comments/api.ts'
import { addressable, isAddressed, mentionsIn } from '../../shared/comments/mentions.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { type AppDeps, requireActor, visibleDocument } from '../authorize.ts'
import { agenciesOf, peopleOf } from '../documents/blocStore.ts'
import type { Told } from '../inbox/tellPeople.ts'
import type { Reader, Tx } from '../platform/database.ts'
import { findThread, type ThreadRow } from './threadStore.ts'

/** @throws {AppError} thread/not-found for outsiders, other agencies and unknown ids alike */
export async function visibleThread(deps: AppDeps, req: Request, threadId: string) {
  const { actor } = await requireActor(deps, req)
  const thread = await findThread(deps.platform.database.read, threadId, actor.agencyId)
  if (!thread) throw new AppError('thread/not-found')
  try {
    const seen = await visibleDocument(deps, req, thread.document_id)
    return {
      ...seen,
      thread,
      scene: { ...seen.scene, threadAgencyId: thread.agency_id as BlocActor['agencyId'] },
    }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'document/not-found')
      throw new AppError('thread/not-found', {}, { cause })
    throw cause
  }
}

/** Open editors of those who may read it. It says nothing but the id. @param told whose inbox has something new */
export function notifyThread({ rooms }: AppDeps, thread: ThreadRow, told?: Told): void {
  const only = thread.audience === 'agency' ? { agencyId: thread.agency_id } : undefined
  if (told) rooms.notifyPeople(told, { type: 'inbox' })
  rooms.notify(thread.document_id, { type: 'thread', threadId: thread.id }, only)
}

/**
 * The whole bloc reads the chain of acts, so an agency's private threads leave no entry in it; neither do they carry
 * weight for anybody else.
 */
export async function recordThread(
  tx: Tx,
  actor: BlocActor,
  thread: ThreadRow,
  act: { event: string; at: number; facts?: { [key: string]: Json } },
): Promise<void> {
  if (thread.audience !== 'all') return
  const facts = { documentId: thread.document_id, clauseId: thread.clause_id, ...act.facts }
  const { blocId } = actor
  await appendAudit(tx, { blocId, actor, subject: thread.id, ...act, facts })
}

/** Nobody is called who could not read it. @throws {AppError} input/invalid, for unknown and foreign ids alike */
export async function demandAddressed(
  db: Reader | Tx,
  blocId: string,
  body: string,
  thread: Pick<ThreadRow, 'audience' | 'agency_id'>,
): Promise<void> {
  const mentions = mentionsIn(body)
  if (mentions.length === 0) return
  const all = { people: await peopleOf(db, blocId), agencies: await agenciesOf(db, blocId) }
  const reached = addressable(all, Audience.parse(thread.audience), thread.agency_id)
  if (mentions.every((mention) => isAddressed(reached, mention))) return
  throw new AppError('input/invalid', {
    problems: [{ at: 'body.body', message: 'mentions somebody who cannot read this' }],
  })
}
