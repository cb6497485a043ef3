import * as z from 'zod'
import type { AgreementPolicy } from '../documents/document.ts'

/** What an agency says of a clause. `agreed` and `reserved` are consent; `none` takes an earlier word back. */
export const PositionWord = z.enum(['agreed', 'reserved', 'objects', 'none'])
export type PositionWord = z.infer<typeof PositionWord>

/** The pseudo-clause: order, levels and printed record fields are agreed to like any clause. */
export const STRUCTURE = 'structure'

/** An agency's latest word on a clause; an earlier one does not exist. */
export type StoredPosition = {
  /** A clause id or {@link STRUCTURE}. */
  clauseId: string
  agencyId: string
  position: PositionWord
  /** Hash of the words it was said of. */
  hash: string
}

/** What is agreed to: every item of `/clauses`, and {@link STRUCTURE} with the structure hash. */
export type AgreedClause = { id: string; hash: string }

export type Standing = 'counts' | 'outdated'

/**
 * Whether what is said of these words is said of what stands now.
 * @param hashes everything that may be spoken of, with its hash
 * @returns why not, with the hash that stands; null when it is
 */
export function staleWord(
  { clauseId, hash }: { clauseId: string; hash: string },
  hashes: ReadonlyMap<string, string>,
): { code: 'clause/not-found' } | { code: 'position/stale-hash'; hash: string } | null {
  const current = hashes.get(clauseId)
  if (current === undefined) return { code: 'clause/not-found' }
  return hash === current ? null : { code: 'position/stale-hash', hash: current }
}

/** A position is bound to words. It falls when they differ and counts again when they return; nobody withdraws it. */
export const standing = (hash: string, current: string): Standing =>
  hash === current ? 'counts' : 'outdated'

export const isConsent = (position: PositionWord): boolean =>
  position === 'agreed' || position === 'reserved'

/** Consents needed under `two-thirds`: ⌈2n/3⌉. */
export const threshold = (parties: number): number => Math.ceil((2 * parties) / 3)

export type AgreementBlocker = {
  code: 'position/missing' | 'position/outdated' | 'position/objects'
  clauseId: string
  agencyId: string
}

export type AgreementInput = {
  policy: AgreementPolicy
  /** Agencies that take positions, in protocol order. */
  parties: readonly string[]
  /** In document order, the structure where the caller wants it. */
  clauses: readonly AgreedClause[]
  /** Words of others than the parties, or on other clauses, don't matter. */
  positions: readonly StoredPosition[]
}

/**
 * What still stands between these words and agreement, in the order of clauses, then of parties.
 * `all`: every party consents to every clause. `two-thirds`: ⌈2n/3⌉ consents per clause, and every party has a
 * current position on each; an objection blocks only where the consents don't suffice.
 */
export function agreementBlockers(input: AgreementInput): AgreementBlocker[] {
  const needed = input.policy === 'all' ? input.parties.length : threshold(input.parties.length)
  return clauseStandings(input).flatMap(({ clauseId, marks }) => {
    const consents = marks.filter(({ state }) => state === 'agreed' || state === 'reserved').length
    return marks.flatMap(({ agencyId, state }): AgreementBlocker[] => {
      const blocker = (code: AgreementBlocker['code']) => [{ code, clauseId, agencyId }]
      if (state === 'none') return blocker('position/missing')
      if (state === 'outdated') return blocker('position/outdated')
      return state === 'objects' && consents < needed ? blocker('position/objects') : []
    })
  })
}

export type AgencyMark<P extends StoredPosition> = {
  agencyId: string
  /** `outdated`: it was said of other words, whatever it was. */
  state: 'agreed' | 'reserved' | 'objects' | 'outdated' | 'none'
  /** The position itself with who and when; null where there is none. */
  position: P | null
}

/** The matrix clause × agency: for each clause the mark of each party, in protocol order. */
export function clauseStandings<P extends StoredPosition>({
  parties,
  clauses,
  positions,
}: Omit<AgreementInput, 'policy' | 'positions'> & { positions: readonly P[] }): {
  clauseId: string
  marks: AgencyMark<P>[]
}[] {
  const latest = new Map<string, P>()
  for (const position of positions) latest.set(key(position.clauseId, position.agencyId), position)
  return clauses.map(({ id, hash }) => ({
    clauseId: id,
    marks: parties.map((agencyId) => {
      const position = latest.get(key(id, agencyId))
      if (!position || position.position === 'none')
        return { agencyId, state: 'none', position: null }
      const counts = standing(position.hash, hash) === 'counts'
      return { agencyId, state: counts ? position.position : 'outdated', position }
    }),
  }))
}

const key = (clauseId: string, agencyId: string) => `${agencyId}/${clauseId}`
