import * as z from 'zod'
import { IsoTime, PersonRef, route } from '../base/contract.ts'
import { ClauseId, DocumentId, Sha256, VersionId } from '../base/ids.ts'
import { ClauseView } from '../clauses/api.ts'
import { BLOCK_LEVELS } from '../clauses/clause.ts'

/** `lock`: the text that was agreed. `restore`: kept before a restore. `session`: when nobody had written for a while. */
export const VersionKind = z.enum(['named', 'session', 'lock', 'restore', 'import'])
export type VersionKind = z.infer<typeof VersionKind>

export const VersionName = z.string().trim().min(1).max(120)

export const VersionView = z.object({
  id: VersionId,
  documentId: DocumentId,
  kind: VersionKind,
  name: z.string().nullable(),
  /** The last row of the update log in it. */
  revision: z.number().int(),
  contentHash: Sha256,
  structureHash: Sha256,
  at: IsoTime,
  by: PersonRef,
  /** Who has written between the version before it and this one. */
  authors: z.array(PersonRef),
  /** Of kind `restore`: what came after it. */
  restored: z.object({ versionId: VersionId, clauseId: z.string().nullable() }).optional(),
})
export type VersionView = z.infer<typeof VersionView>

const DiffPart = z.object({
  kind: z.enum(['same', 'added', 'removed']),
  text: z.string(),
  /** Who put it in or took it out: an id of `people`. */
  by: z.string().optional(),
})
const CellDiff = z.object({
  kind: z.enum(['same', 'added', 'removed', 'changed']),
  column: z.number().int(),
  span: z.number().int(),
  header: z.boolean(),
  parts: z.array(DiffPart),
})
export const ClauseDiffView = z.object({
  clauseId: z.string(),
  kind: z.enum(['added', 'removed', 'moved', 'changed', 'same']),
  level: z.enum(BLOCK_LEVELS),
  levelBefore: z.enum(BLOCK_LEVELS).optional(),
  /** Its number now; the one it had, of one that is gone. */
  label: z.string(),
  /** Of a moved one: what it stood behind; null: it was the first. */
  wasAfter: z.string().nullable().optional(),
  parts: z.array(DiffPart).optional(),
  table: z
    .object({
      columns: z.number().int(),
      rows: z.array(
        z.object({
          kind: z.enum(['same', 'added', 'removed', 'changed', 'moved']),
          cells: z.array(CellDiff),
        }),
      ),
    })
    .optional(),
})
export type ClauseDiffView = z.infer<typeof ClauseDiffView>

/** A version, or a row of the log; `0` is the empty text before the first. */
const Point = z.union([VersionId, z.string().regex(/^\d{1,15}$/)])

export const DiffView = z.object({
  from: z.object({ revision: z.number().int() }),
  to: z.object({ revision: z.number().int() }),
  people: z.array(PersonRef),
  items: z.array(ClauseDiffView),
})
export type DiffView = z.infer<typeof DiffView>

const Act = z.object({ by: PersonRef, at: IsoTime })
export const ClauseOrigin = z.object({
  /** Who brought it into the text; null where that is too long ago to be looked up. */
  first: Act.nullable(),
  /** Whose its words are now, most first. */
  authors: z.array(z.object({ by: PersonRef, words: z.number().int() })),
  proposals: z.array(
    Act.extend({
      id: z.string(),
      kind: z.string(),
      origin: z.string(),
      status: z.string(),
      decided: Act.optional(),
    }),
  ),
  threads: z.array(Act.extend({ id: z.string(), status: z.string() })),
  positions: z.array(Act.extend({ agencyId: z.string(), position: z.string() })),
  restores: z.array(Act),
})
export type ClauseOrigin = z.infer<typeof ClauseOrigin>

const ofDocument = { params: z.object({ documentId: DocumentId }) }
const ofVersion = { params: z.object({ versionId: VersionId }) }

export const versionRoutes = {
  /** Newest first. `now`: what has been written since the newest of them; null where nothing has. */
  list: route({
    method: 'GET',
    path: '/api/documents/:documentId/versions',
    ...ofDocument,
    reply: z.object({
      versions: z.array(VersionView),
      now: z
        .object({ revision: z.number().int(), at: IsoTime, authors: z.array(PersonRef) })
        .nullable(),
    }),
    refuses: ['document/not-found'],
  }),
  /** Keeps the text as it is under a name. */
  create: route({
    method: 'POST',
    path: '/api/documents/:documentId/versions',
    status: 201,
    ...ofDocument,
    body: z.strictObject({ name: VersionName }),
    reply: VersionView,
    refuses: ['document/not-found'],
  }),
  get: route({
    method: 'GET',
    path: '/api/versions/:versionId',
    ...ofVersion,
    reply: VersionView.extend({ clauses: z.array(ClauseView) }),
    refuses: ['version/not-found'],
  }),
  /** Gives a version a name, or another one; null takes it away. */
  name: route({
    method: 'PUT',
    path: '/api/versions/:versionId/name',
    ...ofVersion,
    body: z.strictObject({ name: VersionName.nullable() }),
    reply: VersionView,
    refuses: ['version/not-found'],
  }),
  /**
   * Writes the text of a version, or one clause of it, as a new edit; the text as it was is kept as a version first,
   * which is answered. Answers the version itself where there was nothing to change.
   */
  restore: route({
    method: 'POST',
    path: '/api/versions/:versionId/restore',
    ...ofVersion,
    body: z.strictObject({ clauseId: ClauseId.optional() }),
    reply: VersionView,
    refuses: [
      'version/not-found',
      'clause/not-found',
      'document/wrong-phase',
      'content/refused',
      'input/too-large',
    ],
  }),
  /** `from` must not be later than `to`. */
  diff: route({
    method: 'GET',
    path: '/api/documents/:documentId/diff',
    ...ofDocument,
    query: z.strictObject({ from: Point, to: z.union([Point, z.literal('now')]) }),
    reply: DiffView,
    refuses: ['document/not-found', 'version/not-found', 'input/invalid'],
  }),
  /** Where a clause comes from, as far as the asker may know. */
  origin: route({
    method: 'GET',
    path: '/api/documents/:documentId/clauses/:clauseId/origin',
    params: z.object({ documentId: DocumentId, clauseId: ClauseId }),
    reply: ClauseOrigin,
    refuses: ['document/not-found', 'clause/not-found'],
  }),
  /** Up to where one had seen the text when one last left it, and how many clauses others have changed since. */
  visit: route({
    method: 'GET',
    path: '/api/documents/:documentId/visit',
    ...ofDocument,
    reply: z.object({
      visit: z
        .object({ revision: z.number().int(), at: IsoTime, changes: z.number().int() })
        .nullable(),
    }),
    refuses: ['document/not-found'],
  }),
}
