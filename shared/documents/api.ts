import * as z from 'zod'
import { AgencyRole, PersonRole } from '../accounts/account.ts'
import { route } from '../base/contract.ts'
import { AgencyId, BlocId, DocumentId, Sha256, UserId } from '../base/ids.ts'
import { AgreementPolicy, CalendarDate, DocumentKind, Phase, RecordFields } from './document.ts'

export const DocumentSummary = z.object({
  id: DocumentId,
  kind: DocumentKind,
  title: z.string(),
  phase: Phase,
  edition: z.number().int(),
})
export type DocumentSummary = z.infer<typeof DocumentSummary>

export const AgencyView = z.object({
  id: AgencyId,
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  role: AgencyRole,
})
export type AgencyView = z.infer<typeof AgencyView>

export const BlocSummary = z.object({
  id: BlocId,
  name: z.string(),
  shortName: z.string(),
  year: z.number().int(),
})

export const BlocView = BlocSummary.extend({
  /** In protocol order: the order of the printed signature block and of every row of marks. */
  agencies: z.array(AgencyView),
  people: z.array(
    z.object({
      id: UserId,
      name: z.string(),
      agencyId: AgencyId,
      role: PersonRole,
    }),
  ),
  documents: z.array(DocumentSummary),
  /** The deputy acts in the lead's stead until then; null when nothing is delegated. */
  deputyActsUntil: z.iso.datetime().nullable(),
})
export type BlocView = z.infer<typeof BlocView>

export const DocumentView = RecordFields.extend({
  id: DocumentId,
  blocId: BlocId,
  kind: DocumentKind,
  edition: z.number().int(),
  epoch: z.string(),
  phase: Phase,
  /** The last row of the update log. */
  revision: z.number().int(),
  contentHash: Sha256,
  structureHash: Sha256,
  schemaVersion: z.number().int(),
  agreementPolicy: AgreementPolicy,
  /** Agencies that take positions, in protocol order. */
  parties: z.array(AgencyId),
  /** Agencies that sign, in protocol order. */
  signers: z.array(AgencyId),
  /** The two printed lines at the top left: superior body, then the issuer in bold. */
  issuer: z.object({ superior: z.string(), name: z.string() }),
  number: z.string().nullable(),
  date: CalendarDate.nullable(),
  lockedAt: z.iso.datetime().nullable(),
  /** Why the last sealing failed; null when none did. */
  lastFailure: z.string().nullable(),
})
export type DocumentView = z.infer<typeof DocumentView>

const line = (max: number) => z.string().trim().max(max)

export const DocumentPatch = z
  .strictObject({
    title: line(500).min(1),
    place: line(120),
    recipients: z.array(line(300).min(1)).max(40),
    signingTitles: z.record(AgencyId, line(120)),
    number: line(60).min(1).nullable(),
    date: CalendarDate.nullable(),
  })
  .partial()

const one = { params: z.object({ documentId: DocumentId }) }

export const documentRoutes = {
  blocs: route({
    method: 'GET',
    path: '/api/blocs',
    reply: z.object({ blocs: z.array(BlocSummary) }),
  }),
  bloc: route({
    method: 'GET',
    path: '/api/blocs/:blocId',
    params: z.object({ blocId: BlocId }),
    reply: BlocView,
    refuses: ['bloc/not-found'],
  }),
  get: route({
    method: 'GET',
    path: '/api/documents/:documentId',
    ...one,
    reply: DocumentView,
    refuses: ['document/not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/api/documents/:documentId',
    ...one,
    body: DocumentPatch,
    reply: DocumentView,
    refuses: ['document/not-found', 'auth/forbidden', 'document/wrong-phase'],
  }),
}
