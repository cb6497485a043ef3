import type { Router } from 'express'
import { auditRoutes } from '../../shared/audit/api.ts'
import { type AppDeps, demand, visibleBloc } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { auditEntries } from './auditStore.ts'

export function serveAudit(router: Router, deps: AppDeps): void {
  serve(router, auditRoutes.list, async ({ params, req }) => {
    const { actor, bloc, scene } = await visibleBloc(deps, req, params.blocId)
    demand(actor, 'audit.read', scene)
    return { entries: await auditEntries(deps.platform.database.read, bloc.id) }
  })
}
