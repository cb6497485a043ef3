import type { Request, Router } from 'express'
import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import { type ClauseView, clauseRoutes } from '../../shared/clauses/api.ts'
import { type AppDeps, demand, visibleDocument } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { currentClauses } from './currentClauses.ts'
import { deleteSubtree, mergeWithPrevious, moveSubtree } from './structureCommands.ts'

export function serveClauses(router: Router, deps: AppDeps): void {
  serve(router, clauseRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return currentClauses(deps, document)
  })

  /** Acts on the structure run here, one at a time, so that two moves of one clause cannot leave two copies. */
  const act = async (
    req: Request,
    { documentId, clauseId }: { documentId: string; clauseId: string },
    change: (doc: Y.Doc) => void,
  ): Promise<void> => {
    const { actor, document, scene } = await visibleDocument(deps, req, documentId)
    demand(actor, 'document.write', scene)
    const { phase } = document
    if (phase !== 'drafting') throw new AppError('document/wrong-phase', { phase })
    // Asked before too: a change that throws makes the room read its text anew.
    await clauseNow(req, documentId, clauseId)
    await deps.rooms.edit(documentId, actor.userId, change)
  }

  const clauseNow = async (req: Request, documentId: string, id: string): Promise<ClauseView> => {
    const { document } = await visibleDocument(deps, req, documentId)
    const { clauses } = await currentClauses(deps, document)
    const clause = clauses.find((one) => one.id === id)
    if (!clause) throw new AppError('clause/not-found')
    return clause
  }

  serve(router, clauseRoutes.move, async ({ params, body, req }) => {
    const { documentId, clauseId } = params
    const { afterClauseId, hash } = body
    await act(req, params, (doc) => moveSubtree(doc, clauseId, afterClauseId, hash ?? null))
    return clauseNow(req, documentId, clauseId)
  })

  serve(router, clauseRoutes.merge, async ({ params, body, req }) => {
    let merged: string = params.clauseId
    await act(req, params, (doc) => {
      merged = mergeWithPrevious(doc, params.clauseId, body.hash ?? null)
    })
    return clauseNow(req, params.documentId, merged)
  })

  serve(router, clauseRoutes.delete, async ({ params, body, req }) => {
    await act(req, params, (doc) => deleteSubtree(doc, params.clauseId, body.hash ?? null))
    return undefined
  })
}
