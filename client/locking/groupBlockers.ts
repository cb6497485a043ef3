import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { Blocker } from '../../shared/locking/api.ts'

export type BlockerGroup = {
  /** A clause id or `structure`. */
  clauseId: string
  items: { code: Blocker['code']; agencyIds: string[]; texts: string[] }[]
}

/** The server's list, one group per clause and one line per kind, in the order given. */
export function groupBlockers(blockers: readonly Blocker[]): BlockerGroup[] {
  const groups = new Map<string, BlockerGroup>()
  for (const { code, clauseId = STRUCTURE, agencyId, text } of blockers) {
    const group = groups.get(clauseId) ?? { clauseId, items: [] }
    groups.set(clauseId, group)
    let item = group.items.find((known) => known.code === code)
    if (!item) {
      item = { code, agencyIds: [], texts: [] }
      group.items.push(item)
    }
    if (agencyId) item.agencyIds.push(agencyId)
    if (text) item.texts.push(text)
  }
  return [...groups.values()]
}
