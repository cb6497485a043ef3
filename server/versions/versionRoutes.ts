import type { Request, Router } from 'express'
import { AppError } from '../../shared/base/errors.ts'
import { elsewhereFrom } from '../../shared/clauses/sayReferences.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { viewClauses } from '../../shared/clauses/viewClauses.ts'
import { diffDocuments } from '../../shared/diff/diffDocuments.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import { versionRoutes } from '../../shared/versions/api.ts'
import { appendAudit } from '../audit/auditStore.ts'
import {
  type AppDeps,
  demand,
  demandDrafting,
  requireActor,
  visibleDocument,
} from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { serve } from '../platform/http.ts'
import type { Moment } from '../sync/pastText.ts'
import { clauseOrigin } from './clauseOrigin.ts'
import { blocksAt, diffMoments } from './diffMoments.ts'
import { nameVersion } from './keepVersion.ts'
import { restoreVersion } from './restoreVersion.ts'
import { contentOf, findVersion, type VersionRow } from './versionStore.ts'
import { viewNow, viewVersion, viewVersions } from './viewVersions.ts'
import { lastVisit } from './visits.ts'

export function serveVersions(router: Router, deps: AppDeps): void {
  const { database, clock } = deps.platform

  serve(router, versionRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return {
      versions: await viewVersions(database.read, document),
      now: await viewNow(database.read, document),
    }
  })

  serve(router, versionRoutes.create, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'version.name', scene)
    return view(await nameVersion(deps, document, { name: body.name, actor }))
  })

  serve(router, versionRoutes.get, async ({ params, req }) => {
    const { document, version } = await visibleVersion(req, params.versionId)
    const { blocks, fields, elsewhere } = await contentOf(database.read, version.id)
    const model = numberingModel(document.kind)
    const { clauses } = viewClauses(blocks, fields, model, elsewhereFrom(elsewhere))
    return { ...(await view(version.id)), clauses }
  })

  serve(router, versionRoutes.name, async ({ params, body, req }) => {
    const { actor, scene, document, version } = await visibleVersion(req, params.versionId)
    demand(actor, 'version.name', scene)
    await database.write(async (tx) => {
      await tx
        .updateTable('version')
        .set({ name: body.name })
        .where('id', '=', version.id)
        .execute()
      await appendAudit(tx, {
        blocId: document.blocId,
        at: clock(),
        actor,
        event: 'version.named',
        subject: version.id,
        facts: { documentId: document.id, revision: version.revision, name: body.name },
      })
    })
    deps.rooms.notify(document.id, { type: 'version' })
    return view(version.id)
  })

  serve(router, versionRoutes.restore, async ({ params, body, req }) => {
    const { actor, scene, document, version } = await visibleVersion(req, params.versionId)
    demand(actor, 'version.restore', scene)
    demandDrafting(document)
    const clauseId = body.clauseId ?? null
    const kept = await restoreVersion(deps, document, { version, clauseId, actor })
    return view(kept ?? version.id)
  })

  serve(router, versionRoutes.diff, async ({ params, query, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    const [from, to] = [await momentOf(document, query.from), await momentOf(document, query.to)]
    if (from.revision > to.revision)
      throw new AppError('input/invalid', {
        problems: [{ at: 'query.from', message: 'later than to' }],
      })
    return diffMoments(database, document, from, to)
  })

  serve(router, versionRoutes.origin, async ({ params, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    const { blocks } = await deps.rooms.read(document.id)
    if (!uniqueIds(blocks).includes(params.clauseId)) throw new AppError('clause/not-found')
    return clauseOrigin(database, document, params.clauseId, { actor, scene })
  })

  serve(router, versionRoutes.visit, async ({ params, req }) => {
    const { actor, document } = await visibleDocument(deps, req, params.documentId)
    const visit = await lastVisit(database.read, document.id, actor.userId)
    if (!visit || visit.epoch !== document.epoch) return { visit: null }
    const { revision, at } = visit
    const isCurrent = revision >= document.revision
    const changes = isCurrent ? 0 : await changesSince(document, revision)
    return { visit: { revision, at: new Date(at).toISOString(), changes } }
  })

  async function changesSince(document: DocumentRecord, revision: number): Promise<number> {
    const { id: documentId, epoch } = document
    const before = await blocksAt(database, { documentId, epoch, revision })
    const { blocks } = await deps.rooms.read(documentId)
    return diffDocuments(before, blocks).filter(({ kind }) => kind !== 'same').length
  }

  /** @throws {AppError} version/not-found; input/invalid for a row that does not exist yet */
  async function momentOf(document: DocumentRecord, point: string): Promise<Moment> {
    const { id: documentId, epoch, revision } = document
    if (point === 'now') return { documentId, epoch, revision }
    if (/^\d{1,15}$/.test(point)) {
      const row = Number(point)
      if (row > revision)
        throw new AppError('input/invalid', { problems: [{ at: 'query', message: 'no such row' }] })
      return { documentId, epoch, revision: row }
    }
    const version = await findVersion(database.read, point)
    if (version?.document_id !== document.id) throw new AppError('version/not-found')
    return { documentId, epoch: version.epoch, revision: version.revision }
  }

  const view = async (id: string) => {
    const row = await findVersion(database.read, id)
    if (!row) throw new AppError('version/not-found')
    return viewVersion(database.read, row)
  }

  /** @throws {AppError} version/not-found for whoever may not see its document and unknown ids alike */
  async function visibleVersion(req: Request, versionId: string) {
    await requireActor(deps, req)
    const version: VersionRow | undefined = await findVersion(database.read, versionId)
    if (!version) throw new AppError('version/not-found')
    try {
      return { ...(await visibleDocument(deps, req, version.document_id)), version }
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'document/not-found')
        throw new AppError('version/not-found', {}, { cause })
      throw cause
    }
  }
}
