import type { Router } from 'express'
import { lockingRoutes } from '../../shared/locking/api.ts'
import {
  type AppDeps,
  demand,
  demandDrafting,
  demandStepUp,
  visibleDocument,
} from '../authorize.ts'
import { currentClauses } from '../clauses/currentClauses.ts'
import { viewDocument } from '../documents/viewDocument.ts'
import { serve } from '../platform/http.ts'
import { lockDocument } from './lockDocument.ts'
import { blockersFor, gatherBlockers } from './readiness.ts'
import { unlockDocument } from './unlockDocument.ts'

const ANNOUNCED_MS = 10_000

export function serveLocking(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock } = platform
  /** When each announced lock is due. It matters to people only, so a restart may forget it. */
  const announced = new Map<string, number>()

  serve(router, lockingRoutes.readiness, async ({ params, req }) => {
    const { actor, document } = await visibleDocument(deps, req, params.documentId)
    const now = await currentClauses(deps, document)
    const all = await gatherBlockers(database.read, document, now)
    const blockers = await blockersFor(database.read, actor, document.id, all)
    return { ready: blockers.length === 0, blockers }
  })

  serve(router, lockingRoutes.announce, async ({ params, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.lock', scene)
    demandDrafting(document)
    announced.set(document.id, clock() + ANNOUNCED_MS)
    const notice = { inMs: ANNOUNCED_MS, by: actor.name }
    rooms.notify(document.id, { type: 'lock-announced', ...notice })
    return undefined
  })

  serve(router, lockingRoutes.cancelAnnouncement, async ({ params, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.lock', scene)
    const due = announced.get(document.id)
    announced.delete(document.id)
    if (due !== undefined && due > clock())
      rooms.notify(document.id, { type: 'lock-announced', inMs: null, by: actor.name })
    return undefined
  })

  serve(router, lockingRoutes.lock, async ({ params, body, req }) => {
    const { session, actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.lock', scene)
    demandStepUp(session, clock())
    const { revision } = body
    await lockDocument(deps, {
      documentId: document.id,
      actor,
      ...(revision !== undefined && { revision }),
    })
    announced.delete(document.id)
    return viewDocument(deps, document.id)
  })

  serve(router, lockingRoutes.unlock, async ({ params, body, req }) => {
    const { session, actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.unlock', scene)
    demandStepUp(session, clock())
    await unlockDocument(deps, { documentId: document.id, actor, reason: body.reason })
    return viewDocument(deps, document.id)
  })
}
