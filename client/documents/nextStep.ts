import type { BlocActor } from '../../shared/accounts/account.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import type { Phase } from '../../shared/documents/document.ts'
import type { PlaceView } from '../../shared/signing/api.ts'

export type NextFacts = {
  phase: Phase
  actor: BlocActor
  scene: Scene
  /** Items on which this person's agency has no current position. */
  waiting: number
  /** What stands in the way of the lock; null while it is not known. */
  blockers: number | null
  openThreads: number
  /** Open proposals that this person may decide, late ones included. */
  late: number
  /** Both number and date are recorded. */
  numbered: boolean
  places: readonly PlaceView[]
}

export type NextStep =
  | { kind: 'agree' | 'clear' | 'talk' | 'late' | 'awaitSignatures'; count: number }
  | { kind: 'lock' | 'write' | 'done' | 'watch' }
  | { kind: 'number' | 'seal' | 'sealBlank' | 'awaitSeal' | 'sealing' }
  | { kind: 'awaitPerson' | 'download' }
  | { kind: 'sign'; placeId: string }

/** The one thing this person should do now: one sentence and one button, in every phase (design/ui.md 4). */
export function nextStep(facts: NextFacts): NextStep {
  switch (facts.phase) {
    case 'drafting':
      return whileDrafting(facts)
    case 'locked':
      return whileLocked(facts)
    case 'sealing':
      return { kind: 'sealing' }
    case 'signing':
      return whileSigning(facts)
    case 'complete':
      return { kind: 'download' }
  }
}

function whileDrafting({ actor, scene, ...facts }: NextFacts): NextStep {
  if (can(actor, 'position.take', scene) && facts.waiting > 0)
    return { kind: 'agree', count: facts.waiting }
  if (facts.late > 0) return { kind: 'late', count: facts.late }
  if (can(actor, 'document.lock', scene) && facts.blockers !== null)
    return facts.blockers === 0 ? { kind: 'lock' } : { kind: 'clear', count: facts.blockers }
  if (can(actor, 'position.take', scene)) return { kind: 'done' }
  if (facts.openThreads > 0 && can(actor, 'thread.reply', scene))
    return { kind: 'talk', count: facts.openThreads }
  if (can(actor, 'thread.open', scene)) return { kind: 'write' }
  return { kind: 'watch' }
}

function whileLocked({ actor, scene, numbered, late }: NextFacts): NextStep {
  if (can(actor, 'document.number', scene) && !numbered) return { kind: 'number' }
  // Once sealed and signed there is no way back for them.
  if (late > 0) return { kind: 'late', count: late }
  if (can(actor, 'document.seal', scene)) return { kind: numbered ? 'seal' : 'sealBlank' }
  return { kind: 'awaitSeal' }
}

function whileSigning({ actor, scene, places }: NextFacts): NextStep {
  const mine = places.find(
    (place) =>
      place.status === 'open' &&
      can(actor, place.kind === 'person' ? 'place.signPerson' : 'place.signSeal', {
        ...scene,
        placeAgencyId: place.agencyId,
      }),
  )
  if (!mine) return { kind: 'awaitSignatures', count: places.filter(isOpen).length }
  const personFirst = places.some(
    (place) => place.kind === 'person' && place.agencyId === mine.agencyId && isOpen(place),
  )
  if (mine.kind === 'seal' && personFirst) return { kind: 'awaitPerson' }
  return { kind: 'sign', placeId: mine.id }
}

const isOpen = (place: PlaceView) => place.status === 'open'
