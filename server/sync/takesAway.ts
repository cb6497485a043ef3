import * as Y from 'yjs'
import type { UpdateFacts } from './updateFacts.ts'

/**
 * Whether an update that is applied in the open transaction takes one of these ids off a block, or deletes what was gone
 * before it. An editor that hands an id on takes it off where it was, in the same update. When a colleague has moved that
 * clause meanwhile, a copy bears the id too, which the editor could not know; what was gone says no more whose id it had.
 */
export const takesAway = (
  doc: Y.Doc,
  deletes: UpdateFacts['deletes'],
  ids: ReadonlySet<string>,
): boolean =>
  deletes.some(({ client, clock, length }) => {
    const structs = doc.store.clients.get(client) ?? []
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
      const struct = structs[i]
      if (!struct || struct.id.clock >= clock + length) break
      // What goes in this transaction is cleared away at its end.
      if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return true
      if (struct.parentSub !== 'id' || !(struct.content instanceof Y.ContentAny)) continue
      if (ids.has(String(struct.content.arr[0]))) return true
    }
    return false
  })
