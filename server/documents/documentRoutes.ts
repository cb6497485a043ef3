import type { Router } from 'express'
import type { BlocId } from '../../shared/base/ids.ts'
import { documentRoutes } from '../../shared/documents/api.ts'
import { type AppDeps, requireActor, visibleBloc, visibleDocument } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { agenciesOf, peopleOf } from './blocStore.ts'
import { demandPatch, describeDocument } from './describeDocument.ts'
import { documentsOfBloc } from './documentStore.ts'
import { viewDocument } from './viewDocument.ts'

export function serveDocuments(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock } = platform

  serve(router, documentRoutes.blocs, async ({ req }) => {
    const { actor } = await requireActor(deps, req)
    if (actor.agencyId === null) return { blocs: [] }
    const rows = await database.read
      .selectFrom('bloc')
      .innerJoin('membership', 'membership.bloc_id', 'bloc.id')
      .select(['bloc.id', 'bloc.name', 'bloc.short_name', 'bloc.year'])
      .where('membership.agency_id', '=', actor.agencyId)
      .orderBy('bloc.year', 'desc')
      .orderBy('bloc.name')
      .execute()
    return { blocs: rows.map(summary) }
  })

  serve(router, documentRoutes.bloc, async ({ params, req }) => {
    const { bloc } = await visibleBloc(deps, req, params.blocId)
    const documents = await documentsOfBloc(database.read, bloc.id)
    return {
      ...summary(bloc),
      agencies: await agenciesOf(database.read, bloc.id),
      people: await peopleOf(database.read, bloc.id),
      documents: documents.map(({ id, kind, title, phase, edition }) => ({
        id,
        kind,
        title,
        phase,
        edition,
      })),
      deputyActsUntil:
        bloc.deputy_acts_until === null ? null : new Date(bloc.deputy_acts_until).toISOString(),
    }
  })

  serve(router, documentRoutes.get, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return viewDocument(deps, document.id)
  })

  serve(router, documentRoutes.patch, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demandPatch(actor, body, scene)
    const act = { documentId: document.id, patch: body, actor, at: clock() }
    const changed = await database.write((tx) => describeDocument(tx, act))
    if (changed) rooms.notify(document.id, { type: 'document' })
    return viewDocument(deps, document.id)
  })
}

const summary = (bloc: { id: string; name: string; short_name: string; year: number }) => ({
  id: bloc.id as BlocId,
  name: bloc.name,
  shortName: bloc.short_name,
  year: bloc.year,
})
