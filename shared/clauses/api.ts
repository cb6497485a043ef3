import * as z from 'zod'
import { route } from '../base/contract.ts'
import { DocumentId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from './clause.ts'

export const ClauseView = z.object({
  id: z.string(),
  level: z.enum([...CLAUSE_LEVELS, 'table']),
  /** The printed number alone: `Chương I`, `Điều 3`, `1`, `đ`; empty where there is none. */
  label: z.string(),
  text: z.string(),
  hash: Sha256,
  parentId: z.string().nullable(),
})
export type ClauseView = z.infer<typeof ClauseView>

export const clauseRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/clauses',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({
      revision: z.number().int(),
      contentHash: Sha256,
      structureHash: Sha256,
      clauses: z.array(ClauseView),
    }),
    refuses: ['document/not-found'],
  }),
}
