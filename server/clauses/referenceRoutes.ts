import type { Router } from 'express'
import type { DocumentId } from '../../shared/base/ids.ts'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { referencesIn } from '../../shared/clauses/clause.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { type AppDeps, visibleDocument } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { citing, otherTexts } from './otherTexts.ts'

/** References between the documents of a bloc. Whoever may read one may read all, so nothing is told that is hidden. */
export function serveReferences(router: Router, deps: AppDeps): void {
  const { platform, rooms } = deps

  serve(router, clauseRoutes.references, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    const { blocks } = await rooms.read(document.id)
    const { elsewhere } = await otherTexts(deps, document, blocks)
    const known = new Map<string, { document: DocumentId; clause: string; words: string | null }>()
    for (const { document: other, clause } of blocks.flatMap(referencesIn)) {
      const words = other === null ? undefined : elsewhere(other, clause)
      if (other !== null && words !== undefined)
        known.set(`${other} ${clause}`, { document: other, clause, words })
    }
    return { references: [...known.values()] }
  })

  serve(router, clauseRoutes.citations, async ({ params, req }) => {
    const { document } = await visibleDocument(deps, req, params.documentId)
    const others = await platform.database.read
      .selectFrom('document')
      .select(['id', 'kind'])
      .where('bloc_id', '=', document.blocId)
      .where('id', '!=', document.id)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const citations = []
    for (const { id, kind } of others) {
      const { blocks } = await rooms.read(id)
      const [ids, cite] = [uniqueIds(blocks), citing(blocks, kind)]
      for (const [index, block] of blocks.entries())
        for (const reference of referencesIn(block))
          if (reference.document === document.id) {
            const clause = ids[index] ?? ''
            const words = cite(clause)
            citations.push({ document: id as DocumentId, clause, target: reference.clause, words })
          }
    }
    return { citations }
  })
}
