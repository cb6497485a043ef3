import type { Sha256 } from '../base/ids.ts'
import { ok, type Refusal, type Result, refuse, unreachable } from '../base/result.ts'

/**
 *  drafting ──lock──► locked ──seal──► sealing ──sealed──► signing ──last sign──► complete
 *     ▲                 │  ▲              │                   │
 *     │                 │  └──sealFailed──┘                   │
 *     └────unlock───────┴──────unlock, only with no signature─┘
 *
 * LC1 `lock` only from drafting and without blockers.
 * LC2 `lock` records the content hash; the caller takes a version in the same transaction.
 * LC3 `seal` starts one attempt; answers for another attempt are refused.
 * LC4 A failed seal returns to locked with the cause.
 * LC5 `unlock` from locked, or from signing without signatures, with a reason.
 * LC6 One signature makes unlock impossible for ever. A correction is a new edition.
 * LC7 `sign` names the PDF revision it extends; a stale base is refused.
 * LC8 A place is filled once, an agency's seal only after its person; the last place completes.
 *
 * Who may do it is judged before, by `shared/accounts/permissions.ts`.
 */
export type PlacedSignature = {
  /** `stc:person` or `stc:seal`. */
  placeId: string
  /** User id. */
  by: string
  /** Milliseconds since 1970. */
  at: number
}

export type Lifecycle =
  | { phase: 'drafting' }
  | { phase: 'locked'; content: Sha256; lastFailure?: string }
  | { phase: 'sealing'; content: Sha256; attempt: string }
  | {
      phase: 'signing'
      content: Sha256
      revision: Sha256
      signatures: readonly PlacedSignature[]
    }
  | {
      phase: 'complete'
      content: Sha256
      revision: Sha256
      signatures: readonly PlacedSignature[]
      /** Time of the last signature, milliseconds since 1970. */
      at: number
    }

export type Command =
  | { type: 'lock'; content: Sha256 }
  | { type: 'unlock'; reason: string }
  | { type: 'seal'; attempt: string }
  | { type: 'sealed'; attempt: string; revision: Sha256 }
  | { type: 'sealFailed'; attempt: string; cause: string }
  /** `base` is the file it extends, `revision` the file with it; the signature itself was verified before. */
  | { type: 'sign'; placeId: string; base: Sha256; revision: Sha256; by: string; at: number }

/** Looked up by the caller, so that the rules stay pure. */
export type Facts = {
  /** Ids of the document's signing places, in order. */
  places: readonly string[]
  lockBlockers: readonly { code: string }[]
}

export function advance(now: Lifecycle, command: Command, facts: Facts): Result<Lifecycle> {
  switch (command.type) {
    case 'lock':
      if (now.phase !== 'drafting') return wrongPhase(now)
      if (facts.lockBlockers.length > 0)
        return refuse('document/not-ready', { blockers: facts.lockBlockers })
      return ok({ phase: 'locked', content: command.content })
    case 'unlock':
      return unlock(now, command.reason)
    case 'seal':
      if (now.phase !== 'locked') return wrongPhase(now)
      return ok({ phase: 'sealing', content: now.content, attempt: command.attempt })
    case 'sealed':
      if (now.phase !== 'sealing' || now.attempt !== command.attempt) return wrongPhase(now)
      return ok({
        phase: 'signing',
        content: now.content,
        revision: command.revision,
        signatures: [],
      })
    case 'sealFailed':
      if (now.phase !== 'sealing' || now.attempt !== command.attempt) return wrongPhase(now)
      return ok({ phase: 'locked', content: now.content, lastFailure: command.cause })
    case 'sign':
      return sign(now, command, facts)
    default:
      return unreachable(command)
  }
}

function unlock(now: Lifecycle, reason: string): Result<Lifecycle> {
  if (now.phase === 'complete') return refuse('document/already-signed')
  if (now.phase === 'signing' && now.signatures.length > 0) return refuse('document/already-signed')
  if (now.phase !== 'locked' && now.phase !== 'signing') return wrongPhase(now)
  if (reason.trim() === '') return refuse('input/invalid', { field: 'reason' })
  return ok({ phase: 'drafting' })
}

function sign(
  now: Lifecycle,
  command: Extract<Command, { type: 'sign' }>,
  facts: Facts,
): Result<Lifecycle> {
  const { placeId, base, revision, by, at } = command
  if (now.phase !== 'signing') return wrongPhase(now)
  const open = placeRefusal(placeId, now.signatures, facts.places)
  if (open) return open
  if (base !== now.revision) return refuse('signing/stale-base', { revision: now.revision })
  const signatures = [...now.signatures, { placeId, by, at }]
  const { content } = now
  const filled = new Set(signatures.map((signature) => signature.placeId))
  return facts.places.every((place) => filled.has(place))
    ? ok({ phase: 'complete', content, revision, signatures, at })
    : ok({ phase: 'signing', content, revision, signatures })
}

/** Why this place can't be signed now, or null. Preparing a signature asks the same question as completing it. */
export function placeRefusal(
  placeId: string,
  signatures: readonly { placeId: string }[],
  places: readonly string[],
): Refusal | null {
  const filled = (id: string) => signatures.some((signature) => signature.placeId === id)
  if (!places.includes(placeId)) return refuse('signing/not-found', { placeId })
  if (filled(placeId)) return refuse('signing/place-taken', { placeId })
  if (placeId.endsWith(':seal')) {
    const person = placeId.replace(/:seal$/, ':person')
    if (places.includes(person) && !filled(person))
      return refuse('signing/not-yet', { placeId, after: person })
  }
  return null
}

const wrongPhase = (now: Lifecycle) => refuse('document/wrong-phase', { phase: now.phase })
