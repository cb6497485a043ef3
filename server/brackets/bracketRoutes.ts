import type { Router } from 'express'
import { AppError } from '../../shared/base/errors.ts'
import { bracketRoutes } from '../../shared/brackets/api.ts'
import { blockSeen, changeParagraph, proposal } from '../../shared/brackets/bracketEdits.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { type AppDeps, demand, visibleDocument } from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { writeOnText } from '../documents/writeOnText.ts'
import { serve } from '../platform/http.ts'
import { findBracket, findOption, say, unsay, viewBrackets } from './bracketStore.ts'
import { createSettling } from './settleBracket.ts'

export function serveBrackets(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock } = platform
  const settling = createSettling(deps)
  const view = async (documentId: string) =>
    viewBrackets(database.read, documentId, (await rooms.read(documentId)).blocks)

  serve(router, bracketRoutes.list, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    return view(document.id)
  })

  serve(router, bracketRoutes.propose, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'document.write', scene)
    demandDrafting(document)
    const { clauseId } = params
    const { hash, span, words } = body
    await rooms.edit(document.id, actor.userId, (doc) => {
      const block = blockSeen(readBody(doc), { clauseId, hash })
      changeParagraph(doc, clauseId, 0, proposal(block, span, words))
    })
    await database.write(async (tx) => {
      const { blocks } = await rooms.read(document.id)
      const said = { documentId: document.id, clauseId, accountId: actor.userId, at: clock() }
      const option = findOption(blocks, clauseId, words)
      // Somebody may have typed into it meanwhile: then these are no longer the agency's words.
      if (option) await say(tx, { ...said, agencyId: actor.agencyId ?? '' }, 'proposes', option)
    })
    rooms.notify(document.id, { type: 'position' })
    return view(document.id)
  })

  serve(router, bracketRoutes.support, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'position.take', scene)
    const { clauseId, index } = params
    await writeOnText(deps, document.id, async (tx, standing) => {
      demandDrafting(standing.document)
      const block = blockSeen(standing.text.blocks, { clauseId, hash: body.hash })
      const options = findBracket(block, index)?.options.map((option) => option.hash) ?? []
      if (!options.includes(body.option)) throw new AppError('bracket/not-found')
      const agencyId = actor.agencyId ?? ''
      const word = { documentId: document.id, clauseId, agencyId }
      await unsay(tx, word, 'supports', options)
      if (body.supports)
        await say(tx, { ...word, accountId: actor.userId, at: clock() }, 'supports', body.option)
    })
    rooms.notify(document.id, { type: 'position' })
    return view(document.id)
  })

  serve(router, bracketRoutes.settle, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'bracket.settle', scene)
    demandDrafting(document)
    const { clauseId, index } = params
    await settling.settle({ document, actor, clauseId, index, ...body })
    return view(document.id)
  })
}

function demandDrafting({ phase }: Pick<DocumentRecord, 'phase'>): void {
  if (phase !== 'drafting') throw new AppError('document/wrong-phase', { phase })
}
