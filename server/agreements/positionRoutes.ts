import type { Router } from 'express'
import type { Actor } from '../../shared/accounts/account.ts'
import { agreementRoutes, type Said } from '../../shared/agreements/api.ts'
import type { AgencyId, Sha256 } from '../../shared/base/ids.ts'
import { type AppDeps, demand, visibleDocument } from '../authorize.ts'
import { clausesAt, currentClauses } from '../clauses/currentClauses.ts'
import { writeOnText } from '../documents/writeOnText.ts'
import { serve } from '../platform/http.ts'
import { changedSince } from './changedSince.ts'
import { viewPositions } from './positionStore.ts'
import { takeAllPositions, takePosition } from './takePosition.ts'
import { leaveView, viewViews } from './viewStore.ts'

export function servePositions(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock } = platform

  serve(router, agreementRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return viewPositions(database.read, document.id, await currentClauses(deps, document))
  })

  serve(router, agreementRoutes.take, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'position.take', scene)
    const { clauseId } = params
    const { position, hash } = body
    const taking = { actor, clauseId, hash, position, note: body.note ?? null, at: clock() }
    await writeOnText(deps, document.id, (tx, standing) => takePosition(tx, standing, taking))
    rooms.notify(document.id, { type: 'position' })
    return { ...saidNow(taking), position }
  })

  serve(router, agreementRoutes.changes, async ({ params, query, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    const text = await rooms.read(document.id)
    return changedSince(database, {
      document: { ...document, epoch: text.epoch, revision: text.revision },
      text,
      now: clausesAt(document, text),
      clauseId: params.clauseId,
      since: query.since,
    })
  })

  serve(router, agreementRoutes.views, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    const now = await currentClauses(deps, document)
    return { views: await viewViews(database.read, document.id, now) }
  })

  serve(router, agreementRoutes.leaveView, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'view.leave', scene)
    const { clauseId } = params
    const { view, hash } = body
    const left = { actor, clauseId, view, hash, note: body.note ?? null, at: clock() }
    await writeOnText(deps, document.id, (tx, standing) => leaveView(tx, standing, left))
    rooms.notify(document.id, { type: 'position' })
    return { ...saidNow(left), view }
  })

  serve(router, agreementRoutes.takeAll, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'position.take', scene)
    const { position, contentHash } = body
    const taking = { actor, position, note: body.note ?? null, at: clock(), contentHash }
    const now = await writeOnText(deps, document.id, async (tx, standing) => {
      await takeAllPositions(tx, standing, taking)
      return standing.now
    })
    rooms.notify(document.id, { type: 'position' })
    return viewPositions(database.read, document.id, now)
  })
}

/** What was just said, which so holds for the words as they stand. */
function saidNow(said: {
  actor: Actor
  clauseId: string
  hash: Sha256
  note: string | null
  /** ms since the epoch */
  at: number
}): Said {
  const { actor, clauseId, hash, note, at } = said
  return {
    clauseId,
    agencyId: actor.agencyId as AgencyId,
    hash,
    standing: 'counts',
    by: { id: actor.userId, name: actor.name, agencyId: actor.agencyId },
    at: new Date(at).toISOString(),
    ...(note !== null && { note }),
  }
}
