import * as Y from 'yjs'
import { MARKS, type Run } from './clause.ts'
import { CLAUSE_LIMIT } from './limits.ts'
import { uniqueIds } from './uniqueIds.ts'
import { attribute, bodyOf, texts } from './yjs.ts'

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
    const runs = runsBetween(texts(box.element), 0, box.text.length)
    // From the last to the first, so that places stay.
    const made = [...changes].reverse().map((change) => changeText(box, runs, change))
    return made.reverse().flatMap((one) => (one ? [one] : []))
  })
}

/** @returns null where the place is not in the text */
function changeText(
  { clauseId, element }: TextBox,
  runs: readonly Run[],
  { from, to, text }: TextChange,
): Changed | null {
  const before = cutRuns(runs, from, to)
  let passed = 0
  let place: { part: Y.XmlText; at: number } | null = null
  for (const part of texts(element)) {
    const { length } = part
    const start = Math.max(from - passed, 0)
    const end = Math.min(to - passed, length)
    // The words go where their first letter is, never to the end of a part that has none of them.
    if (start < end || (from === to && from - passed <= length)) {
      if (!place) {
        place = { part, at: start }
        if (text !== '') {
          const marks = before[0]?.marks
          if (marks) part.insert(start, text, attributesOf(marks))
          else part.insert(start, text)
        }
        if (start < end) part.delete(start + text.length, end - start)
      } else part.delete(start, end - start)
    }
    passed += length
    if (passed >= to && place) break
  }
  if (!place) return null
  return {
    clauseId,
    place: Y.createRelativePositionFromTypeIndex(place.part, place.at),
    text,
    before,
  }
}

const attributesOf = (marks: Run['marks']) =>
  Object.fromEntries(MARKS.map((mark) => [mark, marks.includes(mark) ? {} : null]))

function runsBetween(parts: readonly Y.XmlText[], from: number, to: number): Run[] {
  const deltas = parts.flatMap(
    (part) => part.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[],
  )
  const runs = deltas.map(({ insert, attributes }) => ({
    text: typeof insert === 'string' ? insert : '\ufffc',
    marks: MARKS.filter((mark) => (attributes?.[mark] ?? null) !== null),
  }))
  return cutRuns(runs, from, to)
}

function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  let passed = 0
  return runs.flatMap(({ text, marks }) => {
    const cut = text.slice(Math.max(from - passed, 0), Math.max(to - passed, 0))
    passed += text.length
    return cut === '' ? [] : [{ text: cut, marks }]
  })
}

/**
 * Takes changes back where what they wrote still stands as it was written.
 * @returns as {@link editTexts}
 */
export function takeBackChanges(doc: Y.Doc, changes: readonly Changed[]): Changed[] {
  const made: Changed[] = []
  const known = new Map<Y.XmlText, string>()
  for (const { place, text, before, clauseId } of [...changes].reverse()) {
    const found = Y.createAbsolutePositionFromRelativePosition(place, doc)
    const part = found?.type
    if (!found || !(part instanceof Y.XmlText) || part._item?.deleted !== false) continue
    const now = known.get(part) ?? plain(part)
    if (now.slice(found.index, found.index + text.length) !== text) continue
    const old = before.map((run) => run.text).join('')
    known.set(part, now.slice(0, found.index) + old + now.slice(found.index + text.length))
    let at = found.index
    for (const run of before) {
      part.insert(at, run.text, attributesOf(run.marks))
      at += run.text.length
    }
    const look = runsBetween([part], at, at + text.length)
    if (text !== '') part.delete(at, text.length)
    made.push({
      clauseId,
      place: Y.createRelativePositionFromTypeIndex(part, found.index),
      text: old,
      before: look,
    })
  }
  return made.reverse()
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
