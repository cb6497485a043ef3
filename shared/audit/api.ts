import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { BlocId, Sha256 } from '../base/ids.ts'

export const AuditEntry = z.object({
  seq: z.number().int().positive(),
  at: IsoTime,
  /** Null for an act of the server itself, such as the end of a sealing. */
  actor: PersonRef.nullable(),
  /** `noun.verb`, such as `document.locked`. */
  event: z.string(),
  /** Id of what it happened to. */
  subject: z.string(),
  facts: z.record(z.string(), z.unknown()),
  /** Hash of the entry before; 64 zeros for the first. */
  prev: Sha256,
  hash: Sha256,
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const auditRoutes = {
  list: route({
    method: 'GET',
    path: '/api/blocs/:blocId/audit',
    params: z.object({ blocId: BlocId }),
    reply: z.object({ entries: z.array(AuditEntry) }),
    refuses: ['bloc/not-found'],
  }),
}
