import type { Router } from 'express'
import { AppError } from '../../shared/base/errors.ts'
import { bracketRoutes } from '../../shared/brackets/api.ts'
import { blockSeen, putBeside } from '../../shared/brackets/bracketEdits.ts'
import { sayRuns } from '../../shared/clauses/clause.ts'
import { type AppDeps, demand, demandDrafting, visibleDocument } from '../authorize.ts'
import { writeOnText } from '../documents/writeOnText.ts'
import { serve } from '../platform/http.ts'
import { findBracket, renameWords, say, unsay, viewBrackets } from './bracketStore.ts'
import { recordBracket } from './recordBracket.ts'
import { settleBracket } from './settleBracket.ts'

export function serveBrackets(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps
  const { database, clock } = platform
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
    const { hash, ...wording } = body
    let made: ReturnType<typeof putBeside> | null = null
    await rooms.edit(
      document.id,
      actor.userId,
      (doc) => {
        made = putBeside(doc, { clauseId, hash }, wording)
      },
      async (tx) => {
        if (!made) throw new Error('a wording that was not put into the text')
        const { bracket, option, renamed } = made
        await renameWords(tx, { documentId: document.id, clauseId }, renamed)
        const said = { documentId: document.id, clauseId, accountId: actor.userId, at: clock() }
        await say(tx, { ...said, agencyId: actor.agencyId ?? '' }, 'proposes', option.hash)
        const facts = { clauseId, bracket: sayRuns(bracket.runs), chosen: sayRuns(option.runs) }
        await recordBracket(tx, { document, actor, event: 'bracket.proposed', at: said.at, facts })
      },
    )
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
      const bracket = findBracket(block, index)
      const option = bracket?.options.find((each) => each.hash === body.option)
      if (!bracket || !option) throw new AppError('bracket/not-found')
      const at = clock()
      const agencyId = actor.agencyId ?? ''
      const word = { documentId: document.id, clauseId, agencyId }
      const taken = body.supports ? bracket.options : [option]
      const said = taken.map((each) => each.hash)
      const had = await unsay(tx, word, 'supports', said)
      if (body.supports)
        await say(tx, { ...word, accountId: actor.userId, at }, 'supports', option.hash)
      else if (!had) return
      const event = body.supports ? 'bracket.supported' : 'bracket.unsupported'
      const facts = { clauseId, bracket: sayRuns(bracket.runs), chosen: sayRuns(option.runs) }
      await recordBracket(tx, { document, actor, event, at, facts })
    })
    rooms.notify(document.id, { type: 'position' })
    return view(document.id)
  })

  serve(router, bracketRoutes.settle, async ({ params, body, req }) => {
    const { actor, document, scene } = await visibleDocument(deps, req, params.documentId)
    demand(actor, 'bracket.settle', scene)
    demandDrafting(document)
    const { clauseId, index } = params
    await settleBracket(deps, { document, actor, clauseId, index, ...body })
    return view(document.id)
  })
}
