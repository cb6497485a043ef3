import * as z from 'zod'
import type { AgencyId, BlocId, UserId } from '../base/ids.ts'

/** Role of an agency in a bloc, for one year. */
export const AGENCY_ROLES = ['lead', 'deputy', 'member', 'observer'] as const
export const AgencyRole = z.enum(AGENCY_ROLES)
export type AgencyRole = z.infer<typeof AgencyRole>

/** Role of a person in the agency; `operator` runs the installation and belongs to no agency. */
export const PERSON_ROLES = [
  'head',
  'delegate',
  'officer',
  'clerk',
  'observer',
  'operator',
] as const
export const PersonRole = z.enum(PERSON_ROLES)
export type PersonRole = z.infer<typeof PersonRole>

/** Whoever acts, as the session and the rows say now; never as a request says. */
export type Actor = {
  userId: UserId
  name: string
  agencyId: AgencyId | null
  role: PersonRole
  /** A dated mandate is in force for this delegate. */
  mandated: boolean
}

/** The actor as seen from one bloc; `agencyRole` is null for an outsider. */
export type BlocActor = Actor & { blocId: BlocId; agencyRole: AgencyRole | null }
