import * as z from 'zod'

/**
 * Ids are opaque to everybody but this file: 21 characters of [a-z0-9] (108 bits when random).
 * Branding keeps an agency id from being handed over where a document id is due.
 */
const opaqueId = z.string().regex(/^[a-z0-9]{21}$/)

export const DocumentId = opaqueId.brand('DocumentId')
export type DocumentId = z.infer<typeof DocumentId>
export const BlocId = opaqueId.brand('BlocId')
export type BlocId = z.infer<typeof BlocId>
export const UserId = opaqueId.brand('UserId')
export type UserId = z.infer<typeof UserId>
export const ThreadId = opaqueId.brand('ThreadId')
export type ThreadId = z.infer<typeof ThreadId>
export const ProposalId = opaqueId.brand('ProposalId')
export type ProposalId = z.infer<typeof ProposalId>
export const SwallowedId = opaqueId.brand('SwallowedId')
export type SwallowedId = z.infer<typeof SwallowedId>
export const VersionId = opaqueId.brand('VersionId')
export type VersionId = z.infer<typeof VersionId>
export const PreparationId = opaqueId.brand('PreparationId')
export type PreparationId = z.infer<typeof PreparationId>

/** Made by the page that asks for an act, so that it can ask later to take it back. */
export const ActId = opaqueId.brand('ActId')
export type ActId = z.infer<typeof ActId>

/** An agency's id is its short code, as printed in place ids: `stc`, `vpdbqh`. */
export const AgencyId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/)
  .brand('AgencyId')
export type AgencyId = z.infer<typeof AgencyId>

/** Made by the editor of whoever created the clause, so only its shape can be trusted; `id~2` is the second block of one id. */
export const ClauseId = z
  .string()
  .regex(/^[A-Za-z0-9_~-]{1,64}$/)
  .brand('ClauseId')
export type ClauseId = z.infer<typeof ClauseId>

export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand('Sha256')
export type Sha256 = z.infer<typeof Sha256>

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** @param random 32 or more uniformly random bytes; bytes that would bias the alphabet are skipped. */
export function idFromBytes(random: Uint8Array, length = 21): string {
  let id = ''
  for (const byte of random) {
    if (id.length === length) break
    if (byte < 252) id += ALPHABET[byte % 36]
  }
  if (id.length < length) throw new Error('idFromBytes: not enough random bytes')
  return id
}
