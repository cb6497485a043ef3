import type { AgencyView } from '../../shared/documents/api.ts'

/** Agencies of a bloc by id, in protocol order. */
export type AgencyDirectory = ReadonlyMap<string, AgencyView> & {
  /** Place in protocol order, from 0; -1 for a stranger. Colours and marks go by it. */
  rankOf(agencyId: string | null): number
}

export function agencyDirectory(agencies: readonly AgencyView[]): AgencyDirectory {
  const map = new Map<string, AgencyView>(agencies.map((agency) => [agency.id, agency]))
  return Object.assign(map, {
    rankOf: (agencyId: string | null) => agencies.findIndex(({ id }) => id === agencyId),
  })
}
