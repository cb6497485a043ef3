import type { Router } from 'express'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { type AppDeps, visibleDocument } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { currentClauses } from './currentClauses.ts'

export function serveClauses(router: Router, deps: AppDeps): void {
  serve(router, clauseRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return currentClauses(deps, document)
  })
}
