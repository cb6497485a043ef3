import * as Y from 'yjs'
import { boxElements } from '../../../shared/clauses/editTexts.ts'
import { attribute, bodyOf } from '../../../shared/clauses/yjs.ts'
import { itemsIn, spanOf } from './blockParts.ts'
import { common, holdsId, type Span, withSpans } from './idSpans.ts'

export type StackItem = Y.UndoManager['undoStack'][number]

/** Under this in a step's `meta`. */
export const LOST = 'lost'

/** What a step deleted in a text that has been written anew since. */
export type LostWords = {
  blockId: string
  /** Which paragraph of a table's; 0 in a clause. */
  box: number
  /** The letter they stand behind; null at the start. */
  after: { client: number; clock: number } | null
  text: string
  /** Those letters, as other steps may name them too. */
  letters: Span
  /** As Yjs writes them: null where there is none. */
  marks: Record<string, unknown>
}
export type Lost = {
  words: LostWords[]
  levels: { blockId: string; level: string; set: string }[]
}

/** Nobody's step to undo. */
const ORIGIN = 'replant'

/**
 * Just before a step is undone: writes what it deleted into the new text as letters that are deleted again at once, so
 * that Yjs can bring them back where they belong. What is read stays as it is.
 * @param steps all that there are: whichever has written such letters names the new ones then
 */
export function replant(doc: Y.Doc, item: StackItem, steps: readonly StackItem[]): void {
  const lost = item.meta.get(LOST) as Lost | undefined
  if (!lost) return
  item.meta.delete(LOST)
  const before = next(doc)
  doc.transact(() => {
    for (const words of lost.words) {
      const planted = plantWords(doc, words, steps)
      for (const step of steps) rename(step, words.letters, planted)
    }
    for (const level of lost.levels) plantLevel(doc, item, level)
    for (const one of itemsSince(doc, before)) one.keep = true
  }, ORIGIN)
  // Yjs tidies formats when the transaction ends; what is dead by now is what the step is to bring back.
  const dead = itemsSince(doc, before).filter(({ deleted }) => deleted)
  item.deletions = withSpans(
    item.deletions,
    dead.map((one) => spanFrom(one, before.clock)),
  )
}

/** @returns the new letters, in order */
function plantWords(
  doc: Y.Doc,
  { blockId, box, after, text, marks }: LostWords,
  steps: readonly StackItem[],
): Span[] {
  const block = blockOf(doc, blockId)
  const element = block && boxElements(block)[box]
  if (!element) return []
  const parts = (element.toArray() as unknown[]).filter((part) => part instanceof Y.XmlText)
  const home = parts.find((part) => after !== null && indexBehind(part, after) !== null)
  const part = home ?? parts[0] ?? new Y.XmlText()
  if (part.parent === null) {
    element.insert(0, [part])
    // Whatever step made the clause made its text: else it would not go with it.
    for (const step of steps)
      if (element._item && part._item && holdsId(step.insertions, element._item.id))
        step.insertions = withSpans(step.insertions, [spanOf(part._item)])
  }
  const index = (after && indexBehind(part, after)) ?? 0
  const before = next(doc)
  part.insert(index, text, marks)
  const letters = itemsSince(doc, before).filter(
    ({ content }) => content instanceof Y.ContentString,
  )
  const spans = letters.map((one) => spanFrom(one, before.clock))
  part.delete(index, text.length)
  return spans
}

function rename(step: StackItem, letters: Span, planted: readonly Span[]): void {
  let passed = 0
  for (const { client, clock, length } of planted) {
    const own = { ...letters, clock: letters.clock + passed, length }
    const named = common(step.insertions, own).map((part) => ({
      client,
      clock: clock + (part.clock - own.clock),
      length: part.length,
    }))
    step.insertions = withSpans(step.insertions, named)
    passed += length
  }
}

function plantLevel(doc: Y.Doc, item: StackItem, { blockId, level, set }: Lost['levels'][number]) {
  const element = blockOf(doc, blockId)
  if (!element || attribute(element, 'level') !== set) return
  element.setAttribute('level', level)
  const now = next(doc)
  element.setAttribute('level', set)
  item.insertions = withSpans(item.insertions, [{ ...now, length: 1 }])
}

const stateOf = (doc: Y.Doc) => Y.getState(doc.store, doc.clientID)
/** What this client writes next. */
const next = (doc: Y.Doc) => ({ client: doc.clientID, clock: stateOf(doc) })

/** The first may have been joined to what was there before. */
function itemsSince(doc: Y.Doc, { client, clock }: { client: number; clock: number }): Y.Item[] {
  const structs = doc.store.clients.get(client) ?? []
  if (stateOf(doc) <= clock) return []
  return structs
    .slice(Y.findIndexSS(structs, clock))
    .filter((item): item is Y.Item => item instanceof Y.Item)
}

function spanFrom(item: Y.Item, clock: number): Span {
  const { client, length, ...span } = spanOf(item)
  const from = Math.max(span.clock, clock)
  return { client, clock: from, length: length - (from - span.clock) }
}

function blockOf(doc: Y.Doc, id: string): Y.XmlElement | undefined {
  return (bodyOf(doc).toArray() as unknown[]).find(
    (block): block is Y.XmlElement =>
      block instanceof Y.XmlElement && attribute(block, 'id') === id,
  )
}

/** How many letters are read up to this one; null where it is in another text. */
function indexBehind(
  part: Y.XmlText,
  { client, clock }: { client: number; clock: number },
): number | null {
  let read = 0
  for (const item of itemsIn(part)) {
    const isHere =
      item.id.client === client && item.id.clock <= clock && clock < item.id.clock + item.length
    const counts = !item.deleted && item.countable
    if (isHere) return read + (counts ? clock - item.id.clock + 1 : 0)
    if (counts) read += item.length
  }
  return null
}
