import type { Request, Router } from 'express'
import { can } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { ThreadId } from '../../shared/base/ids.ts'
import { commentRoutes } from '../../shared/comments/api.ts'
import { type AppDeps, requireActor } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { closeThread } from './closeThread.ts'
import { notifyThread, visibleThread } from './threadScene.ts'
import type { ThreadRow } from './threadStore.ts'

type Refused = { threadId: ThreadId; code: string }

/** Many threads resolved in one act, of one document or of several. */
export function serveTriage(router: Router, deps: AppDeps): void {
  const { database, clock } = deps.platform

  serve(router, commentRoutes.resolveMany, async ({ body, req }) => {
    await requireActor(deps, req)
    const at = clock()
    const reason = body.reason ?? null
    const refused: Refused[] = []
    const judged = await Promise.all(
      [...new Set(body.threadIds)].map((id) => orCode(id, () => judge(deps, req, id), refused)),
    )
    const closed = await database.write(async (tx) => {
      const rows: ThreadRow[] = []
      for (const one of judged) {
        if (!one) continue
        const { threadId, actor } = one
        const row = await orCode(
          threadId,
          () => closeThread(tx, { threadId, actor, to: 'resolved', reason, at }),
          refused,
        )
        if (row) rows.push(row)
      }
      return rows
    })
    for (const thread of closed) notifyThread(deps, thread)
    return { resolved: closed.map(({ id }) => id as ThreadId), refused }
  })
}

async function judge(deps: AppDeps, req: Request, threadId: ThreadId) {
  const { actor, scene } = await visibleThread(deps, req, threadId)
  if (!can(actor, 'thread.close', scene)) throw new AppError('auth/forbidden')
  return { threadId, actor }
}

/** A thread that may not be resolved keeps no other from it; `closeThread` refuses before it writes. */
async function orCode<T>(
  threadId: ThreadId,
  work: () => Promise<T>,
  refused: Refused[],
): Promise<T | null> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.status >= 500) throw cause
    refused.push({ threadId, code: cause.code })
    return null
  }
}
