import * as z from 'zod'
import { IsoTime, NoContent, PersonRef, route } from '../base/contract.ts'
import { DocumentId, SwallowedId } from '../base/ids.ts'

/** Words of one's own that somebody's deletion, move or merge hid before either had seen the other's work. */
export const SwallowedView = z.object({
  id: SwallowedId,
  /** The clause they were written in, or the one it was joined to; it need not be in the text any more. */
  clauseId: z.string().nullable(),
  /** The block that stood before it; null where it was the first, or nothing is known. */
  afterClauseId: z.string().nullable(),
  /** Where the clause stood then, `khoản 2 Điều 3`; empty when not known. */
  place: z.string(),
  text: z.string(),
  /** Whose act hid them; null when not known. */
  by: PersonRef.nullable(),
  at: IsoTime,
})
export type SwallowedView = z.infer<typeof SwallowedView>

export const swallowedRoutes = {
  /** One's own, as long as they are not dismissed; oldest first. */
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/swallowed',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({ swallowed: z.array(SwallowedView) }),
    refuses: ['document/not-found'],
  }),
  /** Dismissing twice is the same as once. */
  dismiss: route({
    method: 'POST',
    path: '/api/swallowed/:swallowedId/dismiss',
    status: 204,
    params: z.object({ swallowedId: SwallowedId }),
    reply: NoContent,
    refuses: ['swallowed/not-found'],
  }),
}
