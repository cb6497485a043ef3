import type { Router } from 'express'
import { AppError } from '../../shared/base/errors.ts'
import { type SwallowedView, swallowedRoutes } from '../../shared/sync/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import { type AppDeps, requireActor, visibleDocument } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { dismissPassage, findPassage, openPassages } from './swallowedStore.ts'

export function serveSwallowed(router: Router, deps: AppDeps): void {
  const { database, clock } = deps.platform

  serve(router, swallowedRoutes.list, async ({ params, req }) => {
    const { actor, document } = await visibleDocument(deps, req, params.documentId)
    const rows = await openPassages(database.read, document.id, actor.userId)
    const deleters = rows.flatMap(({ by_account_id }) => by_account_id ?? [])
    const person = await findPeople(database.read, deleters)
    const swallowed = rows.map((row) => ({
      id: row.id as SwallowedView['id'],
      clauseId: row.clause_id,
      afterClauseId: row.after_clause_id,
      place: row.place,
      text: row.text,
      by: row.by_account_id === null ? null : person(row.by_account_id),
      at: new Date(row.at).toISOString(),
    }))
    return { swallowed }
  })

  serve(router, swallowedRoutes.dismiss, async ({ params, req }) => {
    const { actor } = await requireActor(deps, req)
    const row = await findPassage(database.read, params.swallowedId, actor.userId)
    if (!row) throw new AppError('swallowed/not-found')
    await database.write((tx) => dismissPassage(tx, row.id, clock()))
    return undefined
  })
}
