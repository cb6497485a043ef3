import type { Request, Router } from 'express'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { Json } from '../../shared/base/canonicalJson.ts'
import { AppError } from '../../shared/base/errors.ts'
import { commentRoutes, type ThreadView } from '../../shared/comments/api.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { type AppDeps, demand, requireActor, visibleDocument } from '../authorize.ts'
import { currentClauses } from '../clauses/currentClauses.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'
import { serve } from '../platform/http.ts'
import { closeThread } from './closeThread.ts'
import {
  findThread,
  insertReply,
  insertThread,
  type ThreadRow,
  threadsOf,
  viewThreads,
} from './threadStore.ts'

export function serveThreads(router: Router, deps: AppDeps): void {
  const { platform } = deps
  const { database, clock, newId } = platform

  serve(router, commentRoutes.list, async ({ params, req }) => {
    const { actor, document } = await visibleDocument(deps, req, params.documentId)
    const threads = await threadsOf(database.read, document.id, actor.agencyId)
    return { threads: await viewThreads(database.read, threads, await clauseIds(deps, document)) }
  })

  serve(router, commentRoutes.open, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'thread.open', scene)
    const known = await clauseIds(deps, document)
    if (!known.has(body.clauseId)) throw new AppError('clause/not-found')
    const thread: ThreadRow = {
      id: newId(),
      document_id: document.id,
      clause_id: body.clauseId,
      audience: body.audience,
      status: 'open',
      agency_id: actor.agencyId ?? '',
      account_id: actor.userId,
      at: clock(),
      body: body.body,
      quote: body.quote ?? null,
      anchor: body.anchor ?? null,
      resolved_by: null,
      resolved_at: null,
      reason: null,
    }
    await database.write(async (tx) => {
      await insertThread(tx, thread)
      await record(tx, actor, thread, { event: 'thread.opened', at: thread.at })
    })
    notifyThread(deps, thread)
    return view(thread, known)
  })

  serve(router, commentRoutes.reply, async ({ params, body, req }) => {
    const { actor, thread, scene } = await visibleThread(deps, req, params.threadId)
    demand(actor, 'thread.reply', scene)
    const reply = {
      id: newId(),
      thread_id: thread.id,
      account_id: actor.userId,
      at: clock(),
      body: body.body,
    }
    await database.write(async (tx) => {
      await insertReply(tx, reply)
      await record(tx, actor, thread, {
        event: 'thread.replied',
        at: reply.at,
        facts: { replyId: reply.id },
      })
    })
    notifyThread(deps, thread)
    const author = { id: actor.userId, name: actor.name, agencyId: actor.agencyId }
    return { id: reply.id, author, at: new Date(reply.at).toISOString(), body: reply.body }
  })

  const close = async (req: Request, threadId: string, to: 'resolved' | 'open', why?: string) => {
    const { actor, thread, scene, document } = await visibleThread(deps, req, threadId)
    demand(actor, 'thread.close', scene)
    const at = clock()
    const reason = why ?? null
    const closed = await database.write(async (tx) => {
      const after = await closeThread(tx, { threadId: thread.id, actor, to, reason, at })
      const event = to === 'resolved' ? 'thread.resolved' : 'thread.reopened'
      await record(tx, actor, after, { event, at, ...(reason !== null && { facts: { reason } }) })
      return after
    })
    notifyThread(deps, closed)
    return view(closed, await clauseIds(deps, document))
  }
  serve(router, commentRoutes.resolve, ({ params, body, req }) =>
    close(req, params.threadId, 'resolved', body.reason),
  )
  serve(router, commentRoutes.reopen, ({ params, body, req }) =>
    close(req, params.threadId, 'open', body.reason),
  )

  async function view(thread: ThreadRow, known: ReadonlySet<string>): Promise<ThreadView> {
    const [seen] = await viewThreads(database.read, [thread], known)
    if (!seen) throw new Error('a thread without a view')
    return seen
  }
}

/** @throws {AppError} thread/not-found for outsiders, other agencies and unknown ids alike */
async function visibleThread(deps: AppDeps, req: Request, threadId: string) {
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

const clauseIds = async (deps: AppDeps, document: DocumentRecord) =>
  new Set((await currentClauses(deps, document)).clauses.map(({ id }) => id))

function notifyThread({ rooms }: AppDeps, thread: ThreadRow): void {
  const only = thread.audience === 'agency' ? { agencyId: thread.agency_id } : undefined
  rooms.notify(thread.document_id, { type: 'thread', threadId: thread.id }, only)
}

/**
 * The whole bloc reads the chain of acts, so an agency's private threads leave no entry in it; neither do they carry
 * weight for anybody else.
 */
async function record(
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
