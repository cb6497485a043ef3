import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { endOf, type UpdateFacts } from './updateFacts.ts'

/**
 * Whether it brings something else under numbers that the document has given away: two tabs wrote with one clientID.
 * Yjs keeps the first and says nothing, so the second tab must hear it from us. What has been deleted and cleared
 * away on either side can no longer be compared, and contradicts nothing.
 */
export const contradicts = (doc: Y.Doc, facts: UpdateFacts): boolean =>
  facts.structs.some((struct) => {
    if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return false
    const { client, clock } = struct.id
    const known = Math.min(endOf(struct), Y.getState(doc.store, client))
    if (clock >= known) return false
    const structs = doc.store.clients.get(client) ?? []
    for (let i = Y.findIndexSS(structs, clock); i < structs.length; i += 1) {
      const ours = structs[i]
      if (!ours || ours.id.clock >= known) break
      if (!(ours instanceof Y.Item) || ours.content instanceof Y.ContentDeleted) continue
      const from = Math.max(clock, ours.id.clock)
      const to = Math.min(known, endOf(ours))
      if (!samePlace(doc, struct, ours, from) || !sameContent(struct, ours, from, to)) return true
    }
    return false
  })

/** Splits and merges change where an item begins, never what stood left and right of a letter when it was written. */
function samePlace(doc: Y.Doc, theirs: Y.Item, ours: Y.Item, at: number): boolean {
  if (!Y.compareIDs(originAt(theirs, at), originAt(ours, at))) return false
  if (!Y.compareIDs(theirs.rightOrigin, ours.rightOrigin)) return false
  // An update names the parent only where no neighbour does.
  const named: unknown = theirs.parent
  if (named === null) return true
  const parent = ours.parent as Y.AbstractType<unknown>
  const sameParent =
    named instanceof Y.ID
      ? Y.compareIDs(named, parent._item?.id ?? null)
      : doc.share.get(named as string) === parent
  return sameParent && theirs.parentSub === ours.parentSub
}

const originAt = (item: Y.Item, clock: number): Y.ID | null =>
  clock === item.id.clock ? (item.origin ?? null) : Y.createID(item.id.client, clock - 1)

function sameContent(theirs: Y.Item, ours: Y.Item, from: number, to: number): boolean {
  const [a, b] = [theirs.content, ours.content]
  const part = <T extends { slice(from: number, to: number): T }>(item: Y.Item, whole: T): T =>
    whole.slice(from - item.id.clock, to - item.id.clock)
  if (a instanceof Y.ContentString && b instanceof Y.ContentString)
    return sameText(part(theirs, a.str), part(ours, b.str))
  if (a instanceof Y.ContentAny && b instanceof Y.ContentAny)
    return isDeepStrictEqual(part(theirs, a.arr), part(ours, b.arr))
  if (a instanceof Y.ContentFormat && b instanceof Y.ContentFormat)
    return a.key === b.key && isDeepStrictEqual(asSent(a.value), asSent(b.value))
  if (a instanceof Y.ContentEmbed && b instanceof Y.ContentEmbed)
    return isDeepStrictEqual(asSent(a.embed), asSent(b.embed))
  if (a instanceof Y.ContentType && b instanceof Y.ContentType) return nameOf(a) === nameOf(b)
  return a.constructor === b.constructor
}

/** What the server wrote itself has not been through JSON yet. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

const nameOf = ({ type }: Y.ContentType): string =>
  type instanceof Y.XmlElement ? `XmlElement ${type.nodeName}` : type.constructor.name

/** U+FFFD equals anything, since Yjs puts it where it splits a surrogate pair. */
function sameText(a: string, b: string): boolean {
  for (let i = 0; i < a.length; i += 1)
    if (a[i] !== b[i] && a[i] !== '\ufffd' && b[i] !== '\ufffd') return false
  return a.length === b.length
}
