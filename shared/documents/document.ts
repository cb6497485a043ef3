import * as z from 'zod'
import type { NumberingModel } from '../clauses/clause.ts'

export const DocumentKind = z.enum(['covenant', 'plan', 'regulation'])
export type DocumentKind = z.infer<typeof DocumentKind>

export const PHASES = ['drafting', 'locked', 'sealing', 'signing', 'complete'] as const
export const Phase = z.enum(PHASES)
export type Phase = z.infer<typeof Phase>

export const AgreementPolicy = z.enum(['all', 'two-thirds'])
export type AgreementPolicy = z.infer<typeof AgreementPolicy>

/** Version of the document schema that the socket's `v` names; raise it when older editors would damage new text. */
export const SCHEMA_VERSION = 2

export const numberingModel = (kind: DocumentKind): NumberingModel =>
  kind === 'plan' ? 'plan' : 'articles'

/** How a text names another of its bloc: `chỉ tiêu tại Điều 3 Bản giao ước thi đua`. */
export const KIND_NAMES: Record<DocumentKind, string> = {
  covenant: 'Bản giao ước thi đua',
  plan: 'Kế hoạch',
  regulation: 'Quy chế',
}

/** A clause cited from another document. @param place as `describePlace` says it */
export const citeFrom = (kind: DocumentKind, place: string): string =>
  `${place} ${KIND_NAMES[kind]}`

/** What is printed around the body. All but number and date are agreed to, through the structure hash. */
export const RecordFields = z.object({
  title: z.string(),
  place: z.string(),
  recipients: z.array(z.string()),
  /** Printed signing title by agency id: `{stc: 'GIÁM ĐỐC'}`. */
  signingTitles: z.record(z.string(), z.string()),
})
export type RecordFields = z.infer<typeof RecordFields>

/** Calendar date `YYYY-MM-DD` that exists. */
export const CalendarDate = z.iso.date()
