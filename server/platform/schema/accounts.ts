/** Who somebody is, and for whom they act. The rules of all tables: ../schema.ts. */

export type AccountTable = {
  id: string
  /** Sign-in name, lower case. */
  account: string
  name: string
  agency_id: string | null
  role: string
  password_hash: string
  created_at: number
  disabled_at: number | null
}

/** A delegate speaks for the agency while one of these is in force. */
export type MandateTable = { id: string; account_id: string; starts_at: number; ends_at: number }

export type SessionTable = {
  /** SHA-256 of the cookie's token, so that a stolen database opens no session. */
  id: string
  account_id: string
  created_at: number
  expires_at: number
  step_up_until: number | null
}

export type AgencyTable = { id: string; code: string; name: string; short_name: string }

export type BlocTable = {
  id: string
  name: string
  short_name: string
  year: number
  /** The deputy acts in the lead's stead until then. */
  deputy_acts_until: number | null
}

export type MembershipTable = {
  bloc_id: string
  agency_id: string
  role: string
  /** Protocol order, from 0. */
  rank: number
}
