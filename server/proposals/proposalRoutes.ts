import type { Request, Router } from 'express'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import { type ProposalView, proposalRoutes } from '../../shared/proposals/api.ts'
import { type AppDeps, demand, requireActor, visibleDocument } from '../authorize.ts'
import type { ActMemory } from '../clauses/ActMemory.ts'
import { sayNow } from '../clauses/otherTexts.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { serve } from '../platform/http.ts'
import { createDecisions } from './decideProposal.ts'
import { makeProposals } from './makeProposals.ts'
import { findProposal, type ProposalRow, proposalsOf, viewProposals } from './proposalStore.ts'
import { setSupport } from './setSupport.ts'

export function serveProposals(router: Router, deps: AppDeps, memory: ActMemory): void {
  const { read } = deps.platform.database
  const { newId } = deps.platform
  const decisions = createDecisions(deps, memory)

  serve(router, proposalRoutes.list, async ({ params, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    const rows = await proposalsOf(read, document.id)
    const seen = rows.filter((row) =>
      isShownTo(row, (s) => can(actor, 'proposal.readLate', s), scene),
    )
    return { proposals: await viewed(seen, document) }
  })

  serve(router, proposalRoutes.make, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'proposal.make', scene)
    const making = { documentId: document.id, actor, drafts: [body], note: null, batchId: null }
    const [id] = await makeProposals(deps, making)
    return view(id ?? '', document)
  })

  serve(router, proposalRoutes.makeMany, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'proposal.make', scene)
    const ids = await makeProposals(deps, {
      documentId: document.id,
      actor,
      drafts: body.items,
      note: body.note ?? null,
      batchId: newId(),
    })
    const rows = (await proposalsOf(read, document.id)).filter(({ id }) => ids.includes(id))
    return { proposals: await viewed(rows, document) }
  })

  serve(router, proposalRoutes.accept, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleProposal(deps, req, params.proposalId)
    demand(actor, 'proposal.decide', scene)
    const { onHash = null, act = null } = body
    await decisions.accept({ proposalId: params.proposalId, actor, onHash, act })
    return view(params.proposalId, document)
  })

  serve(router, proposalRoutes.reject, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleProposal(deps, req, params.proposalId)
    demand(actor, 'proposal.decide', scene)
    await decisions.reject({ proposalId: params.proposalId, actor, reason: body.reason })
    return view(params.proposalId, document)
  })

  serve(router, proposalRoutes.withdraw, async ({ params, req }) => {
    const { actor, document, scene } = await visibleProposal(deps, req, params.proposalId)
    demand(actor, 'proposal.withdraw', scene)
    await decisions.withdraw({ proposalId: params.proposalId, actor })
    return view(params.proposalId, document)
  })

  for (const isGiven of [true, false])
    serve(
      router,
      isGiven ? proposalRoutes.support : proposalRoutes.unsupport,
      async ({ params, req }) => {
        const { actor, document, scene } = await visibleProposal(deps, req, params.proposalId)
        demand(actor, 'proposal.support', scene)
        await setSupport(deps, { proposalId: params.proposalId, actor, isGiven })
        return view(params.proposalId, document)
      },
    )

  async function view(id: string, document: DocumentRecord): Promise<ProposalView> {
    const row = await findProposal(read, id)
    const [seen] = row ? await viewed([row], document) : []
    if (!seen) throw new AppError('proposal/not-found')
    return seen
  }

  async function viewed(rows: readonly ProposalRow[], document: DocumentRecord) {
    const say = await sayNow(
      deps,
      document,
      rows.flatMap(({ text, base_text }) => [text, base_text ?? '']),
    )
    return viewProposals(read, rows, say)
  }
}

const proposalScene = (row: ProposalRow, scene: Scene): Scene => ({
  ...scene,
  proposerId: row.account_id,
})

const isShownTo = (row: ProposalRow, readsLate: (scene: Scene) => boolean, scene: Scene) =>
  row.origin !== 'late' || readsLate(proposalScene(row, scene))

/** @throws {AppError} proposal/not-found for whoever may not read it and unknown ids alike */
async function visibleProposal(deps: AppDeps, req: Request, proposalId: string) {
  await requireActor(deps, req)
  const row = await findProposal(deps.platform.database.read, proposalId)
  if (!row) throw new AppError('proposal/not-found')
  try {
    const { actor, document, scene } = await visibleDocument(deps, req, row.document_id)
    if (!isShownTo(row, (s) => can(actor, 'proposal.readLate', s), scene))
      throw new AppError('proposal/not-found')
    return { actor, document, scene: proposalScene(row, scene) }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'document/not-found')
      throw new AppError('proposal/not-found', {}, { cause })
    throw cause
  }
}
