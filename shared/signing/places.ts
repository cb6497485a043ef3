import type { AgencyId } from '../base/ids.ts'
import type { PlaceKind } from './api.ts'

/** Name of one signature line; also the PDF field's `/T`. */
export type PlaceId = `${string}:${PlaceKind}`

export type Place = { id: PlaceId; agencyId: AgencyId; kind: PlaceKind; rank: number }

export const placeIdOf = (agencyId: AgencyId, kind: PlaceKind): PlaceId => `${agencyId}:${kind}`

/** The person of the same agency must have signed before its seal (Decree 30/2020 Điều 13.7, 14.3). */
export const personOf = (place: Pick<Place, 'agencyId'>): PlaceId =>
  placeIdOf(place.agencyId, 'person')

/** All persons first, then all seals, each in protocol order. @param signers agencies in protocol order */
export function placesFor(signers: readonly AgencyId[]): Place[] {
  const kinds: readonly PlaceKind[] = ['person', 'seal']
  return kinds.flatMap((kind, round) =>
    signers.map((agencyId, i) => ({
      id: placeIdOf(agencyId, kind),
      agencyId,
      kind,
      rank: round * signers.length + i,
    })),
  )
}

/** Phases in which a sealed file exists. */
export const isSealedPhase = (phase: string): boolean => phase === 'signing' || phase === 'complete'
