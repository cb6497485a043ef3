import * as Y from 'yjs'
import { MARKS, type Run } from './clause.ts'
import { formatsOf, runsOf, texts } from './inlineText.ts'
import { CLAUSE_LIMIT } from './limits.ts'
import { REFERENCE, REFERENCE_LETTER } from './reference.ts'
import { uniqueIds } from './uniqueIds.ts'
import { attribute, bodyOf } from './yjs.ts'

/** From `from` up to `to` (UTF-16 units, exclusive) there stands this text now, or is to stand. */
export type TextChange = { from: number; to: number; text: string }

/** A text one writes in: of a clause, or of one paragraph of a table's cell. */
export type TextBox = { clauseId: string; element: Y.XmlElement; text: string }

/** One change that was made, as it takes to make it undone. */
export type Changed = {
  clauseId: string
  /** Of the first new letter, or of the letter behind where there is none. */
  place: Y.RelativePosition
  text: string
  before: readonly Run[]
}

const plain = (part: Y.XmlText): string =>
  (part.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('')

/** All texts of a document in order; ids as `/clauses` gives them. */
export function textBoxes(doc: Y.Doc): TextBox[] {
  const blocks = (bodyOf(doc).toArray() as unknown[]).filter(
    (block): block is Y.XmlElement =>
      block instanceof Y.XmlElement && ['clause', 'table'].includes(block.nodeName),
  )
  const ids = uniqueIds(blocks.map((block) => ({ id: String(attribute(block, 'id') ?? '') })))
  return blocks.flatMap((block, i) =>
    boxElements(block).map((element) => ({
      clauseId: ids[i] ?? '',
      element,
      text: texts(element).map(plain).join(''),
    })),
  )
}

/** The elements of a block that hold its text: the clause itself, or the paragraphs of the table's cells. */
export function boxElements(element: Y.XmlElement): Y.XmlElement[] {
  if (element.nodeName === 'clause' || element.nodeName === 'paragraph') return [element]
  return (element.toArray() as unknown[]).flatMap((child) =>
    child instanceof Y.XmlElement ? boxElements(child) : [],
  )
}

/**
 * Changes texts letter by letter, so that what others are typing between and beside stays. The new words look as the
 * first letter of the old ones did. Call it in a transaction.
 * @param changesIn in order, without overlaps
 * @returns what was changed, in the order of the document
 */
export function editTexts(
  doc: Y.Doc,
  changesIn: (text: string, box: TextBox) => readonly TextChange[],
): Changed[] {
  return textBoxes(doc).flatMap((box) => {
    const changes = changesIn(box.text, box)
    if (changes.length === 0) return []
    const parts = texts(box.element)
    const runs = runsOf(parts, REFERENCE_LETTER)
    const edits = changes.map(({ from, to, text }) => {
      const before = cutRuns(runs, from, to)
      return { from, to, runs: [{ text, marks: before[0]?.marks ?? [] }], before }
    })
    const places = editParts(parts, edits)
    return edits.flatMap(({ runs: [now], before }, i) => {
      const place = places[i]
      return place ? [{ clauseId: box.clauseId, place, text: now?.text ?? '', before }] : []
    })
  })
}

type Edit = { from: number; to: number; runs: readonly Run[] }
type Delta = { retain?: number; insert?: string; delete?: number; attributes?: object }[]

/**
 * One pass over each part, however many edits there are. The new words go where the first of the old letters is.
 * @param edits in order, without overlaps
 * @returns where each of them begins
 */
function editParts(
  parts: readonly Y.XmlText[],
  edits: readonly Edit[],
): (Y.RelativePosition | null)[] {
  const places: (Y.RelativePosition | null)[] = edits.map(() => null)
  /** Between letters: nothing goes, and the end of one part is the start of the next. */
  const gaps = new Set<number>()
  let passed = 0
  for (const part of parts) {
    const end = passed + part.length
    const delta: Delta = []
    const starts: { edit: number; at: number }[] = []
    let [read, written] = [0, 0]
    edits.forEach(({ from, to, runs }, edit) => {
      const [start, stop] = [Math.max(from, passed), Math.min(to, end)]
      const isGap = from === to && start === stop && !gaps.has(edit)
      if (start >= stop && !isGap) return
      if (isGap) gaps.add(edit)
      const retain = start - passed - read
      if (retain > 0) delta.push({ retain })
      written += retain
      if (from >= passed) {
        starts.push({ edit, at: written })
        for (const run of runs)
          if (run.text !== '') delta.push({ insert: run.text, attributes: attributesOf(run) })
        written += runs.reduce((sum, { text }) => sum + text.length, 0)
      }
      if (stop > start) delta.push({ delete: stop - start })
      read = stop - passed
    })
    if (delta.length > 0) part.applyDelta(delta)
    const found = lettersAt(
      part,
      starts.map(({ at }) => at),
    )
    starts.forEach(({ edit }, i) => {
      places[edit] = found[i] ?? null
    })
    passed = end
  }
  return places
}

/** The places of letters, in order; behind the last one the end. */
function lettersAt(part: Y.XmlText, indexes: readonly number[]): Y.RelativePosition[] {
  const type = part._item?.id ?? null
  const found: Y.RelativePosition[] = []
  let passed = 0
  for (let item = part._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    for (let at = indexes[found.length]; at !== undefined && at < passed + item.length; ) {
      const { client, clock } = item.id
      const id = Y.createID(client, clock + at - passed)
      found.push(new Y.RelativePosition(type, null, id, 0))
      at = indexes[found.length]
    }
    passed += item.length
  }
  while (found.length < indexes.length) found.push(new Y.RelativePosition(type, null, null, 0))
  return found
}

/** Every format is named, so that new words take none from their neighbours. */
const attributesOf = (run: Run) => ({
  ...Object.fromEntries([...MARKS, REFERENCE].map((format) => [format, null])),
  ...formatsOf(run),
})

function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  let passed = 0
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(from - passed, 0), Math.max(to - passed, 0))
    passed += run.text.length
    return text === '' ? [] : [{ ...run, text }]
  })
}

/**
 * Takes changes back where what they wrote still stands as it was written.
 * @returns as {@link editTexts}
 */
export function takeBackChanges(doc: Y.Doc, changes: readonly Changed[]): Changed[] {
  const byText = new Map<string, { part: Y.XmlText; changes: Changed[] }>()
  for (const change of changes) {
    const part = textOf(doc, change.place)
    const known = part?._item && byText.get(keyOf(part._item.id))
    if (known) known.changes.push(change)
    else if (part?._item) byText.set(keyOf(part._item.id), { part, changes: [change] })
  }
  return [...byText.values()].flatMap(({ part, changes: own }) => takeBackIn(part, own))
}

const keyOf = ({ client, clock }: Y.ID) => `${client} ${clock}`

/** The text that a place is in, if it stands. */
function textOf(doc: Y.Doc, { type }: Y.RelativePosition): Y.XmlText | null {
  if (type === null || type.clock >= Y.getState(doc.store, type.client)) return null
  const item = Y.getItem(doc.store, type)
  const part = item instanceof Y.Item && item.content instanceof Y.ContentType && item.content.type
  return part instanceof Y.XmlText && part._item?.deleted === false ? part : null
}

function takeBackIn(part: Y.XmlText, changes: readonly Changed[]): Changed[] {
  const text = plain(part)
  const runs = runsOf([part], REFERENCE_LETTER)
  const indexes = indexesOf(part, changes)
  let end = 0
  const standing = changes.flatMap((change, i) => {
    const from = indexes[i] ?? null
    if (from === null || from < end) return []
    const to = from + change.text.length
    if (text.slice(from, to) !== change.text) return []
    end = to
    return [{ change, from, to }]
  })
  const edits = standing.map(({ change, from, to }) => ({ from, to, runs: change.before }))
  const places = editParts([part], edits)
  return standing.flatMap(({ change, from, to }, i) => {
    const place = places[i]
    const old = change.before.map((run) => run.text).join('')
    return place
      ? [{ clauseId: change.clauseId, place, text: old, before: cutRuns(runs, from, to) }]
      : []
  })
}

/** How many letters are read before each place, in order; null for one that is not there any more. */
function indexesOf(part: Y.XmlText, changes: readonly Changed[]): (number | null)[] {
  /** Words that went side by side left the same letter behind them. */
  const wanted = new Map<number, Map<number, number[]>>()
  changes.forEach(({ place: { item } }, i) => {
    if (!item) return
    const clocks = wanted.get(item.client) ?? new Map<number, number[]>()
    const known = clocks.get(item.clock)
    if (known) known.push(i)
    else wanted.set(item.client, clocks.set(item.clock, [i]))
  })
  const found: (number | null)[] = changes.map(({ place }) => (place.item ? null : part.length))
  let read = 0
  for (let item = part._start; item !== null; item = item.right) {
    const counts = !item.deleted && item.countable
    const clocks = wanted.get(item.id.client)
    for (let n = 0; clocks && n < item.length; n += 1) {
      for (const i of clocks.get(item.id.clock + n) ?? []) found[i] = read + (counts ? n : 0)
    }
    if (counts) read += item.length
  }
  return found
}

/** UTF-16 units that one act may bring in: about 120 pages, in UTF-8 well below the frame that the server reads. */
export const ACT_LIMIT = 300_000

/** Whether changes would make a clause, or the act, larger than the server takes. */
export function isTooMuch(
  boxes: readonly { box: TextBox; changes: readonly TextChange[] }[],
): boolean {
  const sizes = new Map<string, { size: number; growth: number }>()
  for (const { box, changes } of boxes) {
    const size = sizes.get(box.clauseId) ?? { size: 0, growth: 0 }
    size.size += box.text.length
    for (const { from, to, text } of changes) size.growth += text.length - (to - from)
    sizes.set(box.clauseId, size)
  }
  let growth = 0
  for (const one of sizes.values()) {
    growth += one.growth
    if (one.growth > 0 && one.size + one.growth > CLAUSE_LIMIT) return true
  }
  return growth > ACT_LIMIT
}
