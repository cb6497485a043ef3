/** What is sealed, signed and recorded for good. The rules of all tables: ../schema.ts. */

/** Everything printed, fixed when sealing starts, so that rendering again gives the same bytes. */
export type SealAttemptTable = {
  id: string
  document_id: string
  version_id: string
  /** The render input (JSON): text, record fields, number, date, audit head, verification address, time. */
  input: string
  account_id: string
  at: number
  outcome: string | null
}

/** Each state of the sealed file, in order; the base is number 0. */
export type SealedRevisionTable = {
  document_id: string
  number: number
  sha256: string
  size: number
  place_id: string | null
  at: number
}

export type SigningPlaceTable = {
  document_id: string
  /** `stc:person`. */
  place_id: string
  agency_id: string
  kind: string
  /** Order on the signing screen: persons first, then seals, each in protocol order. */
  rank: number
  status: string
  account_id: string | null
  signed_at: number | null
  certificate_sha256: string | null
}

export type SigningPreparationTable = {
  id: string
  document_id: string
  place_id: string
  account_id: string
  base: string
  /** The file with the place filled but for the signature value. */
  prepared_file: string
  /** What assembling needs again (JSON). */
  state: string
  expires_at: number
}

/** The bloc's own certificate authority. The operator can read its key: what it certifies is labelled so. */
export type AuthorityTable = {
  id: string
  certificate: string
  private_key: string
  created_at: number
}

export type CertificateTable = {
  sha256: string
  serial: string
  account_id: string
  agency_id: string
  kind: string
  der: Buffer
  not_before: number
  not_after: number
  revoked_at: number | null
}

export type AuditTable = {
  bloc_id: string
  seq: number
  at: number
  /** `{id, name, agencyId}` or null (JSON). */
  actor: string
  event: string
  subject: string
  facts: string
  prev: string
  hash: string
}
