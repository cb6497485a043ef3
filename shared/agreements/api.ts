import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { AgencyId, ClauseId, DocumentId, Sha256 } from '../base/ids.ts'
import { CLAUSE_LEVELS } from '../clauses/clause.ts'
import { PositionWord } from './agreement.ts'
import { STRUCTURE_FIELDS } from './structureChanges.ts'

/** What somebody has said of a clause. */
const Said = z.object({
  /** A clause id or `structure`. */
  clauseId: z.string(),
  /** Agency of the person when it was said. */
  agencyId: AgencyId,
  /** Hash of the words it was said of. */
  hash: Sha256,
  /** Derived, never stored: does it still hold for the words as they stand? */
  standing: z.enum(['counts', 'outdated']),
  by: PersonRef,
  at: IsoTime,
  note: z.string().optional(),
})
export type Said = z.infer<typeof Said>

/** Lists leave `none` out: it is the absence of a position. */
export const PositionView = Said.extend({ position: PositionWord })
export type PositionView = z.infer<typeof PositionView>

const DiffParts = z.array(
  z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }),
)
const Level = z.enum([...CLAUSE_LEVELS, 'table'])

/** What has become of words that a position was taken on. */
export const ChangedSince = z.object({
  clauseId: z.string(),
  since: Sha256,
  /** Of the words as they are; null for a clause that is gone. */
  hash: Sha256.nullable(),
  /** Who has changed it meanwhile, in the order of their first change. Whoever put it back counts too. */
  authors: z.array(PersonRef),
  /** Of a clause, word by word. */
  parts: DiffParts.optional(),
  /** Of a table: both laid over one another. */
  table: z
    .object({
      columns: z.number().int(),
      rows: z.array(
        z.object({
          kind: z.enum(['same', 'added', 'removed', 'changed', 'moved']),
          cells: z.array(
            z.object({
              kind: z.enum(['same', 'added', 'removed', 'changed']),
              column: z.number().int(),
              span: z.number().int(),
              header: z.boolean(),
              parts: DiffParts,
            }),
          ),
        }),
      ),
    })
    .optional(),
  /** Of the structure. */
  structure: z
    .array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('field'), field: z.enum(STRUCTURE_FIELDS), parts: DiffParts }),
        z.object({
          kind: z.enum(['added', 'removed', 'moved', 'level']),
          clauseId: z.string(),
          /** The beginning of its words, as they are now or were last. */
          head: z.string(),
          level: Level,
          levelBefore: Level.optional(),
        }),
      ]),
    )
    .optional(),
})
export type ChangedSince = z.infer<typeof ChangedSince>

const note = z.string().trim().min(1).max(4_000).optional()

/** What an officer thinks of a clause: shown as such, part of no count. Lists leave `none` out. */
export const PersonalView = Said.extend({ view: PositionWord })
export type PersonalView = z.infer<typeof PersonalView>

export const Positions = z.object({ positions: z.array(PositionView) })

export const agreementRoutes = {
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/positions',
    params: z.object({ documentId: DocumentId }),
    reply: Positions,
    refuses: ['document/not-found'],
  }),
  take: route({
    method: 'PUT',
    path: '/api/documents/:documentId/clauses/:clauseId/position',
    params: z.object({ documentId: DocumentId, clauseId: ClauseId }),
    body: z.strictObject({ position: PositionWord, hash: Sha256, note }),
    reply: PositionView,
    refuses: [
      'document/not-found',
      'clause/not-found',
      'auth/forbidden',
      'document/wrong-phase',
      'position/stale-hash',
    ],
  }),
  /** What has become of the words with the hash `since`, on which somebody took a position; `structure` too. */
  changes: route({
    method: 'GET',
    path: '/api/documents/:documentId/clauses/:clauseId/changes',
    params: z.object({ documentId: DocumentId, clauseId: ClauseId }),
    query: z.strictObject({ since: Sha256 }),
    reply: ChangedSince,
    refuses: ['document/not-found', 'position/no-words'],
  }),
  views: route({
    method: 'GET',
    path: '/api/documents/:documentId/views',
    params: z.object({ documentId: DocumentId }),
    reply: z.object({ views: z.array(PersonalView) }),
    refuses: ['document/not-found'],
  }),
  /** One's own latest view on a clause; `none` takes it back. For whoever writes but does not speak for an agency. */
  leaveView: route({
    method: 'PUT',
    path: '/api/documents/:documentId/clauses/:clauseId/view',
    params: z.object({ documentId: DocumentId, clauseId: ClauseId }),
    body: z.strictObject({ view: PositionWord, hash: Sha256, note }),
    reply: PersonalView,
    refuses: [
      'document/not-found',
      'clause/not-found',
      'auth/forbidden',
      'document/wrong-phase',
      'position/stale-hash',
    ],
  }),
  takeAll: route({
    method: 'PUT',
    path: '/api/documents/:documentId/positions',
    params: z.object({ documentId: DocumentId }),
    body: z.strictObject({ position: PositionWord, contentHash: Sha256, note }),
    reply: Positions,
    refuses: [
      'document/not-found',
      'auth/forbidden',
      'document/wrong-phase',
      'position/stale-hash',
    ],
  }),
}
