import type { Request, Router } from 'express'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { commentRoutes, type ThreadView } from '../../shared/comments/api.ts'
import { type AppDeps, demand } from '../authorize.ts'
import { type Told, tellSpoken } from '../inbox/tellPeople.ts'
import type { Tx } from '../platform/database.ts'
import { serve } from '../platform/http.ts'
import { demandAddressed, notifyThread, recordThread, visibleThread } from './threadScene.ts'
import {
  buryEmpty,
  findReply,
  findThread,
  type ReplyRow,
  setWords,
  type ThreadRow,
  wordsViewer,
} from './threadStore.ts'

type At = { threadId: string; replyId?: string }
type Scene = {
  actor: BlocActor
  thread: ThreadRow
  replyId: string | null
  /** What the words say until now. */
  before: string
  at: number
}

/** Changing and taking back one's own words. What was deleted is no longer in the rows either. */
export function serveWords(
  router: Router,
  deps: AppDeps,
  viewOne: (thread: ThreadRow) => Promise<ThreadView>,
): void {
  const { database, clock } = deps.platform

  const amend = async (
    req: Request,
    { threadId, replyId }: At,
    work: (tx: Tx, scene: Scene) => Promise<Told | undefined>,
  ): Promise<ThreadRow> => {
    const { actor, thread, scene } = await visibleThread(deps, req, threadId)
    const reply = replyId === undefined ? null : await findReply(database.read, threadId, replyId)
    if (reply === undefined) throw new AppError('thread/not-found')
    demand(actor, 'thread.amend', { ...scene, authorId: (reply ?? thread).account_id })
    const told = await database.write(async (tx) => {
      const now = await wordsNow(tx, thread, reply)
      if (now?.deleted_at !== null) throw new AppError('thread/words-deleted')
      const before = now.body
      return work(tx, { actor, thread, replyId: reply?.id ?? null, before, at: clock() })
    })
    notifyThread(deps, thread, told)
    const after = await findThread(database.read, threadId, actor.agencyId)
    return after ?? thread
  }

  const edit = (req: Request, at: At, body: string) =>
    amend(req, at, async (tx, { actor, thread, replyId, before, at: now }) => {
      await demandAddressed(tx, actor.blocId, body, thread)
      await setWords(tx, { threadId: thread.id, replyId }, { body, edited_at: now })
      await recordThread(tx, actor, thread, { event: 'thread.edited', at: now, ...facts(replyId) })
      return tellSpoken(tx, actor, { thread, replyId, body, before, at: now })
    })
  const remove = (req: Request, at: At) =>
    amend(req, at, async (tx, { actor, thread, replyId, at: now }) => {
      await setWords(tx, { threadId: thread.id, replyId }, { body: '', deleted_at: now })
      await buryEmpty(tx, thread.id)
      const event = 'thread.wordsDeleted'
      await recordThread(tx, actor, thread, { event, at: now, ...facts(replyId) })
      return undefined
    })

  serve(router, commentRoutes.edit, async ({ params, body, req }) =>
    viewOne(await edit(req, params, body.body)),
  )
  serve(router, commentRoutes.editReply, async ({ params, body, req }) => {
    await edit(req, params, body.body)
    const reply = await findReply(database.read, params.threadId, params.replyId)
    if (!reply) throw new AppError('thread/not-found')
    const { words } = await wordsViewer(database.read, [reply])
    return { id: reply.id, ...words(reply) }
  })
  serve(router, commentRoutes.remove, async ({ params, req }) => {
    await remove(req, params)
    return undefined
  })
  serve(router, commentRoutes.removeReply, async ({ params, req }) => {
    await remove(req, params)
    return undefined
  })
}

const facts = (replyId: string | null) => (replyId === null ? {} : { facts: { replyId } })

const wordsNow = (tx: Tx, thread: ThreadRow, reply: ReplyRow | null) =>
  reply ? findReply(tx, thread.id, reply.id) : findThread(tx, thread.id, thread.agency_id)
