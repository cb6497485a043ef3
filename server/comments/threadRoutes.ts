import type { Request, Router } from 'express'
import { AppError } from '../../shared/base/errors.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { commentRoutes, type ThreadView } from '../../shared/comments/api.ts'
import { type AppDeps, demand, visibleDocument } from '../authorize.ts'
import { currentClauses } from '../clauses/currentClauses.ts'
import { tellSpoken } from '../inbox/tellPeople.ts'
import { serve } from '../platform/http.ts'
import { demandTalkable } from './aboutProposal.ts'
import { closeThread } from './closeThread.ts'
import { threadPlaces } from './threadPlaces.ts'
import { demandAddressed, notifyThread, recordThread, visibleThread } from './threadScene.ts'
import {
  findThread,
  insertReply,
  insertThread,
  type ReplyRow,
  type ThreadRow,
  threadsOf,
  viewThreads,
  wordsViewer,
} from './threadStore.ts'
import { serveTriage } from './triageRoutes.ts'
import { serveWords } from './wordRoutes.ts'

const EXCERPT = 300

export function serveThreads(router: Router, deps: AppDeps): void {
  const { platform } = deps
  const { database, clock, newId } = platform

  serve(router, commentRoutes.list, async ({ params, req }) => {
    const { actor, document } = await visibleDocument(deps, req, params.documentId)
    const threads = await threadsOf(database.read, document.id, actor.agencyId)
    return { threads: await view(document.id, threads) }
  })

  serve(router, commentRoutes.open, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'thread.open', scene)
    if (body.proposalId !== undefined)
      await demandTalkable(database.read, document.id, { actor, scene }, body)
    const { clauses } = await currentClauses(deps, document)
    const clause = clauses.find(({ id }) => id === body.clauseId)
    // A proposal may be about a clause that is to come, or has gone.
    if (!clause && body.proposalId === undefined) throw new AppError('clause/not-found')
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
      excerpt: clause ? excerptOf(clause) : null,
      proposal_id: body.proposalId ?? null,
      edited_at: null,
      deleted_at: null,
      resolved_by: null,
      resolved_at: null,
      reason: null,
    }
    const told = await database.write(async (tx) => {
      await demandAddressed(tx, actor.blocId, body.body, thread)
      await insertThread(tx, thread)
      await recordThread(tx, actor, thread, { event: 'thread.opened', at: thread.at })
      return tellSpoken(tx, actor, { thread, replyId: null, body: body.body, at: thread.at })
    })
    notifyThread(deps, thread, told)
    return viewOne(thread)
  })

  serve(router, commentRoutes.reply, async ({ params, body, req }) => {
    const { actor, thread, scene } = await visibleThread(deps, req, params.threadId)
    demand(actor, 'thread.reply', scene)
    const reply: ReplyRow = {
      id: newId(),
      thread_id: thread.id,
      account_id: actor.userId,
      at: clock(),
      body: body.body,
      edited_at: null,
      deleted_at: null,
    }
    const told = await database.write(async (tx) => {
      // Its author may have taken it back since it was read: an answer to nothing would be seen by nobody.
      if (!(await findThread(tx, thread.id, actor.agencyId))) throw new AppError('thread/not-found')
      await demandAddressed(tx, actor.blocId, body.body, thread)
      await insertReply(tx, reply)
      await recordThread(tx, actor, thread, {
        event: 'thread.replied',
        at: reply.at,
        facts: { replyId: reply.id },
      })
      return tellSpoken(tx, actor, { thread, replyId: reply.id, body: body.body, at: reply.at })
    })
    notifyThread(deps, thread, told)
    const { words } = await wordsViewer(database.read, [reply])
    return { id: reply.id, ...words(reply) }
  })

  const close = async (req: Request, threadId: string, to: 'resolved' | 'open', why?: string) => {
    const { actor, thread, scene } = await visibleThread(deps, req, threadId)
    demand(actor, 'thread.close', scene)
    const at = clock()
    const reason = why ?? null
    const closed = await database.write((tx) =>
      closeThread(tx, { threadId: thread.id, actor, to, reason, at }),
    )
    notifyThread(deps, closed)
    return viewOne(closed)
  }
  serve(router, commentRoutes.resolve, ({ params, body, req }) =>
    close(req, params.threadId, 'resolved', body.reason),
  )
  serve(router, commentRoutes.reopen, ({ params, body, req }) =>
    close(req, params.threadId, 'open', body.reason),
  )
  serveWords(router, deps, viewOne)
  serveTriage(router, deps)

  async function view(documentId: string, threads: readonly ThreadRow[]): Promise<ThreadView[]> {
    return viewThreads(database.read, threads, await threadPlaces(deps, documentId, threads))
  }
  async function viewOne(thread: ThreadRow): Promise<ThreadView> {
    const [seen] = await view(thread.document_id, [thread])
    if (!seen) throw new Error('a thread without a view')
    return seen
  }
}

const excerptOf = ({ label, text }: ClauseView) =>
  [label, text].filter(Boolean).join(' ').slice(0, EXCERPT)
