import type { Router } from 'express'
import { inboxRoutes } from '../../shared/inbox/api.ts'
import { type AppDeps, requireActor } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { choose, markRead, markSeen } from './inboxStore.ts'
import { readInbox } from './readInbox.ts'
import { viewInbox } from './viewInbox.ts'

/** Everybody has an inbox of their own, over all blocs of their agency; nobody asks for another's. */
export function serveInbox(router: Router, deps: AppDeps): void {
  const { database, clock } = deps.platform

  serve(router, inboxRoutes.get, async ({ req }) =>
    viewInbox(deps, (await requireActor(deps, req)).actor),
  )

  serve(router, inboxRoutes.read, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    const told = await readInbox(deps, actor)
    const asked = new Set(body.ids)
    await database.write(async (tx) => {
      await markRead(tx, actor.userId, body.ids, clock())
      for (const { item, state, isDue } of told)
        if (isDue && asked.has(item.id)) await markSeen(tx, actor.userId, item.id, state)
    })
    return viewInbox(deps, actor)
  })

  serve(router, inboxRoutes.choose, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    await database.write((tx) => choose(tx, actor.userId, body))
    return viewInbox(deps, actor)
  })
}
