import * as Y from 'yjs'
import { endOf, type UpdateFacts } from './updateFacts.ts'

/**
 * What is stored and shown of an update that lacks nothing. Where it has an item of which the document has the beginning,
 * that is what is new in it alone. Yjs would hang the rest behind that beginning, but under what the whole item says it
 * stands beside. For an honest author these are one place; where they are two, lengths are counted in the wrong text,
 * or a copy that is put together in another rhythm breaks, and with it every later load.
 */
export function newsOf(doc: Y.Doc, update: Uint8Array, facts: UpdateFacts): Uint8Array {
  const isKnownInPart = facts.structs.some((struct) => {
    const known = Y.getState(doc.store, struct.id.client)
    return struct.id.clock < known && known < endOf(struct)
  })
  return isKnownInPart ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update
}
