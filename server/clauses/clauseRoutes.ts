import type { Request, Router } from 'express'
import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import { type ClauseView, clauseRoutes } from '../../shared/clauses/api.ts'
import { composed } from '../../shared/vietnamese/compose.ts'
import { type AppDeps, demand, demandDrafting, visibleDocument } from '../authorize.ts'
import type { Tx } from '../platform/database.ts'
import { serve } from '../platform/http.ts'
import type { ActMemory } from './ActMemory.ts'
import { currentClauses } from './currentClauses.ts'
import { type Act, type ActDone, type ActScene, runAct, runInverse } from './inverseActs.ts'

/** `kept`: whether it can be undone by its name. */
type Done = ActDone & { kept: boolean }

/** @param memory what it takes to undo acts, those of other features included */
export function serveClauses(router: Router, deps: AppDeps, memory: ActMemory): void {
  serve(router, clauseRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return currentClauses(deps, document)
  })

  /**
   * Acts on the structure run here, one at a time, so that two moves of one clause cannot leave two copies.
   * @param run throws before it has written anything, or not at all
   */
  const act = async (
    req: Request,
    documentId: string,
    name: string | undefined,
    run: (scene: ActScene, accountId: string) => ActDone,
  ): Promise<Done> => {
    const { actor, document, scene } = await visibleDocument(deps, req, documentId)
    demand(actor, 'document.write', scene)
    demandDrafting(document)
    const acts = memory.of(documentId, document.epoch)
    return acts.turn(async () => {
      const done: ActDone[] = []
      const record = async (tx: Tx, revision: number) => {
        const inverse = done[0]?.inverse
        if (inverse?.kind === 'putBack') await inverse.record(tx, actor, !inverse.stands, revision)
      }
      const change = (doc: Y.Doc) => void done.push(run({ doc, acts, memory }, actor.userId))
      await deps.rooms.edit(documentId, actor.userId, change, record)
      const [last] = done
      if (!last) throw new Error('the room has not run the act')
      if (last.inverse.kind === 'putBack') last.inverse.tell()
      const kept = name !== undefined && acts.keep(actor.userId, name, last.inverse)
      return { ...last, kept }
    })
  }
  const actOn = (
    req: Request,
    { documentId }: { documentId: string },
    name: string | undefined,
    what: Act,
  ): Promise<Done> => act(req, documentId, name, (scene) => runAct(scene, what))

  const clauseNow = async (req: Request, documentId: string, id: string): Promise<ClauseView> => {
    const { document } = await visibleDocument(deps, req, documentId)
    const { clauses } = await currentClauses(deps, document)
    const clause = clauses.find((one) => one.id === id)
    if (!clause) throw new AppError('clause/not-found')
    return clause
  }

  serve(router, clauseRoutes.move, async ({ params, body, req }) => {
    const { documentId, clauseId } = params
    const { afterClauseId: after, hash, act: name } = body
    await actOn(req, params, name, { kind: 'move', clauseId, after, seen: hash ?? null })
    return clauseNow(req, documentId, clauseId)
  })

  serve(router, clauseRoutes.merge, async ({ params, body, req }) => {
    const { documentId, clauseId } = params
    const what = { kind: 'merge', clauseId, seen: body.hash ?? null } as const
    const { next } = await actOn(req, params, body.act, what)
    return clauseNow(req, documentId, next ?? clauseId)
  })

  serve(router, clauseRoutes.delete, async ({ params, body, req }) => {
    const { clauseId } = params
    await actOn(req, params, body.act, { kind: 'delete', clauseId, seen: body.hash ?? null })
    return undefined
  })

  serve(router, clauseRoutes.replace, async ({ params, body, req }) => {
    const { text, matchCase, by, act: name } = body
    const what = { kind: 'replace', query: { text, matchCase }, by: composed(by) } as const
    const { count, kept } = await act(req, params.documentId, name, (scene) => runAct(scene, what))
    return { count, kept }
  })

  serve(router, clauseRoutes.undo, async ({ params, body, req }) => {
    const { documentId, actId } = params
    const { place, next, count, kept } = await act(
      req,
      documentId,
      body.act,
      (scene, accountId) => {
        const inverse = scene.acts.find(accountId, actId)
        // Once; a turn that fails remembers it again.
        scene.acts.forget(accountId, actId)
        if (!inverse) throw new AppError('act/gone', { why: 'forgotten' })
        return runInverse(scene, inverse)
      },
    )
    return { ...place, next, count, kept }
  })
}
