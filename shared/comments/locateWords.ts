import * as Y from 'yjs'
import { type Block, paragraphsOf } from '../clauses/clause.ts'
import { boxElements, textBoxes } from '../clauses/editTexts.ts'
import { texts } from '../clauses/inlineText.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'
import { attribute, bodyOf } from '../clauses/yjs.ts'
import type { Anchor } from './anchor.ts'

/** Where words stand: `box` counts the paragraphs of a table's cells, 0 in a clause; UTF-16 units of its text. */
export type WordsPlace = { clauseId: string; box: number; from: number; to: number }
export type Letters = { clauseId: string; box: number; text: string }

/** Finds many anchors in one text as it stands now; ask it nothing once the text has changed. */
export function wordsLocator(doc: Y.Doc): (anchor: Anchor, clauseId: string) => WordsPlace | null {
  let names: Map<unknown, string> | null = null
  const nameOf = (block: unknown) => {
    names ??= namesOf(doc)
    return names.get(block)
  }
  let letters: Letters[] | null = null
  return (anchor, clauseId) => {
    const place = byPosition(doc, anchor, nameOf)
    if (place && place.to - place.from >= anchor.exact.length) return place
    letters ??= lettersIn(doc)
    // Of words that were written anew a few letters may be left; they may also stand there in full.
    return findWords(letters, anchor, clauseId) ?? place
  }
}

function namesOf(doc: Y.Doc): Map<unknown, string> {
  const blocks = (bodyOf(doc).toArray() as unknown[]).filter(
    (block): block is Y.XmlElement =>
      block instanceof Y.XmlElement && ['clause', 'table'].includes(block.nodeName),
  )
  const ids = uniqueIds(blocks.map((block) => ({ id: String(attribute(block, 'id') ?? '') })))
  return new Map(blocks.map((block, i) => [block, ids[i] ?? '']))
}

function lettersIn(doc: Y.Doc): Letters[] {
  let [last, box] = ['', 0]
  return textBoxes(doc).map(({ clauseId, text }) => {
    box = clauseId === last ? box + 1 : 0
    last = clauseId
    return { clauseId, box, text }
  })
}

/** The same of blocks, for whoever has no Y.Doc at hand. */
export const lettersOfBlocks = (blocks: readonly Block[]): Letters[] => {
  const ids = uniqueIds(blocks)
  return blocks.flatMap((block, i) =>
    paragraphsOf(block).map((runs, box) => ({
      clauseId: ids[i] ?? '',
      box,
      text: runs.map(({ text }) => text).join(''),
    })),
  )
}

function byPosition(
  doc: Y.Doc,
  { start, end, exact }: Anchor,
  nameOf: (block: unknown) => string | undefined,
): WordsPlace | null {
  const from = spotOf(doc, start, nameOf)
  if (!from) return null
  if (end === null) {
    const isThere = exact !== '' && from.text().startsWith(exact, from.at)
    return isThere ? placeOf(from, from.at, from.at + exact.length) : null
  }
  const to = spotOf(doc, end, nameOf)
  return to && to.element === from.element && to.at > from.at ? placeOf(from, from.at, to.at) : null
}

type Spot = { clauseId: string; element: Y.XmlElement; box: number; at: number; text(): string }

const placeOf = ({ clauseId, box }: Spot, from: number, to: number): WordsPlace => ({
  clauseId,
  box,
  from,
  to,
})

function spotOf(
  doc: Y.Doc,
  position: Y.RelativePosition,
  nameOf: (block: unknown) => string | undefined,
): Spot | null {
  const found = Y.createAbsolutePositionFromRelativePosition(position, doc)
  const part = found?.type
  if (!found || !(part instanceof Y.XmlText) || !(part.parent instanceof Y.XmlElement)) return null
  const element = part.parent
  let block: Y.XmlElement = element
  // What was taken out of the text still knows its parent.
  if (part._item?.deleted) return null
  while (block._item?.deleted === false && block.parent instanceof Y.XmlElement)
    block = block.parent
  const clauseId = block._item?.deleted ? undefined : nameOf(block)
  const parts = texts(element)
  const index = parts.indexOf(part)
  if (clauseId === undefined || index < 0) return null
  const before = parts.slice(0, index).reduce((sum, { length }) => sum + length, 0)
  return {
    clauseId,
    element,
    box: block === element ? 0 : boxElements(block).indexOf(element),
    at: before + found.index,
    text: () =>
      parts
        .flatMap((one) => one.toDelta() as { insert: unknown }[])
        .map(wordOf)
        .join(''),
  }
}

const wordOf = ({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : '\ufffc')

/** So many texts away lies a clause that was split off. */
const NEAR = 1
/** Places where the words stand that are looked at in one search: one letter may stand in a text a million times. */
export const LOOKS = 1_000

type Wanted = Pick<Anchor, 'exact' | 'prefix' | 'suffix'>
type Found = { box: Letters; at: number; like: number; away: number }

/**
 * The words where at least half of what stood around them still does: in the clause where they were before any other,
 * then beside it, then where most of it does. Words that stood alone in a clause count elsewhere only if they are there
 * once: never is a thread put on a place that it was not about.
 */
export function findWords(
  boxes: readonly Letters[],
  wanted: Wanted,
  clauseId: string,
): WordsPlace | null {
  if (wanted.exact === '') return null
  const home = boxes.findIndex((box) => box.clauseId === clauseId)
  const awayFrom = (index: number) => (home < 0 ? NEAR + 1 : Math.abs(index - home))
  const indexes = [...boxes.keys()]
  const isOwn = (index: number) => boxes[index]?.clauseId === clauseId
  const here = bestOf(look(boxes, indexes.filter(isOwn), wanted, awayFrom))
  if (here) return placeAt(here, wanted)
  const others = indexes.filter((index) => !isOwn(index))
  others.sort((a, b) => awayFrom(a) - awayFrom(b))
  const elsewhere = look(boxes, others, wanted, awayFrom)
  const stoodAlone = wanted.prefix.length + wanted.suffix.length === 0
  const best = stoodAlone && elsewhere.length > 1 ? null : bestOf(elsewhere)
  return best && placeAt(best, wanted)
}

/** @param order indexes of the boxes, the first looked at first: there are only so many looks */
function look(
  boxes: readonly Letters[],
  order: readonly number[],
  { exact, prefix, suffix }: Wanted,
  awayFrom: (index: number) => number,
): Found[] {
  const found: Found[] = []
  let looks = 0
  for (const index of order) {
    const box = boxes[index]
    if (!box) continue
    const { text } = box
    for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
      looks += 1
      if (looks > LOOKS) return found
      const like = alikeBefore(text, at, prefix) + alikeAfter(text, at + exact.length, suffix)
      if (like * 2 >= prefix.length + suffix.length)
        found.push({ box, at, like, away: awayFrom(index) })
    }
  }
  return found
}

const isNear = ({ away }: Found) => Number(away <= NEAR)
const bestOf = (found: Found[]): Found | null =>
  found.sort((a, b) => isNear(b) - isNear(a) || b.like - a.like || a.away - b.away)[0] ?? null

const placeAt = ({ box, at }: Found, { exact }: Wanted): WordsPlace => ({
  clauseId: box.clauseId,
  box: box.box,
  from: at,
  to: at + exact.length,
})

function alikeBefore(text: string, at: number, prefix: string): number {
  let count = 0
  while (count < prefix.length && count < at && text[at - 1 - count] === prefix.at(-1 - count))
    count += 1
  return count
}

function alikeAfter(text: string, at: number, suffix: string): number {
  let count = 0
  while (count < suffix.length && text[at + count] === suffix[count]) count += 1
  return count
}
