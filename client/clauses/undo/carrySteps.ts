import * as Y from 'yjs'
import { commonEnds } from '../../../shared/base/commonEnds.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import { type BlockParts, type Box, heldIn, spanOf, turnoverOf } from './blockParts.ts'
import { common, holdsId, type Span, withoutSpan, withSpans } from './idSpans.ts'
import { LOST, type Lost, type LostWords, type StackItem } from './replant.ts'

/** So many deleted blocks are remembered, in case they come back. */
const REMEMBERED = 300

/** Letters or elements that are written anew: these are those now. */
type Carried = { from: Span; to: { client: number; clock: number }; home: Home | null }
type Home = { blockId: string; box: number }
type Target = { box: Box; home: Home }

/**
 * A move of a clause is a new copy of it to Yjs, and one's own words in it are no longer those that one's steps of
 * undo name; so it is when a clause is merged, split or brought back. This makes the steps name the new ones.
 * Call it for every transaction that is not one's own.
 */
export class StepCarrier {
  readonly #manager: Y.UndoManager
  readonly #doc: Y.Doc
  readonly #remembered = new Map<string, BlockParts>()
  /** The space that a merge had put before a clause's words, which went when it was undone; the next merge brings it. */
  readonly #gaps = new Map<string, Box>()

  constructor(manager: Y.UndoManager) {
    this.#manager = manager
    this.#doc = manager.doc
    this.#doc.on('afterTransaction', this.#onTransaction)
  }

  destroy(): void {
    this.#doc.off('afterTransaction', this.#onTransaction)
  }

  #onTransaction = (transaction: Y.Transaction): void => {
    const body = bodyOf(this.#doc)
    const { origin, changed } = transaction
    if (!changed.has(body as never) || this.#manager.trackedOrigins.has(origin)) return
    const { dead, born, deadLetters, bornLetters } = turnoverOf(body, transaction)
    const known = (id: string) => dead.find((one) => one.id === id) ?? this.#remembered.get(id)
    if (dead.length === 0 && !born.some(({ id }) => known(id))) return
    const carried: Carried[] = []
    for (const block of born) {
      const before = known(block.id)
      if (before) carried.push(...carryBlock(before, block))
    }
    const reborn = new Set(born.map(({ id }) => id))
    const sources = dead
      .filter(({ id }) => !reborn.has(id))
      .flatMap(({ id, boxes }) => boxes.map((box) => ({ id, box })))
    const targets: Target[] = [
      ...bornLetters.map(({ blockId, box }) => ({ box, home: { blockId, box: 0 } })),
      ...born.flatMap(({ id, boxes }) =>
        boxes.map((box, i) => ({ box, home: { blockId: id, box: i } })),
      ),
    ]
    for (const { id, box } of sources) {
      const target = endOf(box, targets.slice(0, bornLetters.length))
      if (!target) continue
      carried.push(...carryEnd(box, target))
      const gap = this.#gaps.get(id)
      if (gap && target.box.text === gap.text + box.text)
        carried.push(...pair(gap, 0, target, 0, gap.text.length))
    }
    for (const box of deadLetters) {
      const target = endOf(box, targets)
      if (!target) continue
      carried.push(...carryEnd(box, target))
      const lead = box.text.length - target.box.text.length
      if (lead > 0)
        this.#gaps.set(target.home.blockId, {
          ...box,
          text: box.text.slice(0, lead),
          spans: cut(box.spans, 0, lead),
          dead: [],
        })
    }
    const boxes = [
      ...dead.flatMap((block) =>
        block.boxes.map((box, i) => ({ box, home: { blockId: block.id, box: i } })),
      ),
      ...deadLetters.map((box) => ({ box, home: null })),
    ]
    carried.push(...boxes.flatMap(({ box }) => this.#redone(box, carried)))
    for (const item of [...this.#manager.undoStack, ...this.#manager.redoStack]) {
      for (const { box, home } of boxes) noteLost(item, box, home, carried)
      for (const block of dead) noteLevel(item, block)
      follow(item, carried)
    }
    for (const { id } of born) this.#remembered.delete(id)
    for (const block of dead) if (!reborn.has(block.id)) this.#remembered.set(block.id, block)
    dropOldest(this.#remembered)
    dropOldest(this.#gaps)
  }

  /** Letters that an undo has written anew already are those. */
  #redone(box: Box, carried: readonly Carried[]): Carried[] {
    return box.dead.flatMap(({ item }) => {
      let id = item.redone
      if (id === null) return []
      for (;;) {
        const next = Y.getItem(this.#doc.store, id)
        if (!(next instanceof Y.Item) || next.redone === null) break
        id = { client: next.redone.client, clock: next.redone.clock + (id.clock - next.id.clock) }
      }
      const { client, clock } = id
      const shift = item.id.clock - clock
      return meetings({ client, clock, length: item.length }, carried).map(
        ({ part, to, home }) => ({
          from: { client: item.id.client, clock: part.clock + shift, length: part.length },
          to,
          home,
        }),
      )
    })
  }
}

function dropOldest(known: Map<string, unknown>): void {
  for (const id of known.keys()) {
    if (known.size <= REMEMBERED) return
    known.delete(id)
  }
}

/** Of a block and its next copy: all that is alike in both. */
function carryBlock(before: BlockParts, now: BlockParts): Carried[] {
  const boxes = now.boxes.flatMap((box, i) => {
    const old = before.boxes[i]
    return old ? carryText(old, { box, home: { blockId: now.id, box: i } }) : []
  })
  if (before.shell.length !== now.shell.length) return boxes.concat(carryShell(before, now, 1))
  return boxes.concat(carryShell(before, now, before.shell.length))
}

const carryShell = (before: BlockParts, now: BlockParts, count: number): Carried[] =>
  before.shell.slice(0, count).flatMap((from, i) => {
    const to = now.shell[i]
    return to ? [{ from, to, home: null }] : []
  })

/** The same words, but for some in the middle that one of them lacks. */
function carryText(old: Box, target: Target): Carried[] {
  const [a, b] = [old.text, target.box.text]
  const { start, end } = commonEnds(a, b)
  return [
    ...pair(old, 0, target, 0, start),
    ...pair(old, a.length - end, target, b.length - end, end),
  ]
}

/** Where words are that were joined to others, or parted from them: they are the end of what has come, or it of them. */
const endOf = ({ text }: Box, targets: readonly Target[]): Target | undefined =>
  targets.find(
    ({ box }) =>
      text !== '' && box.text !== '' && (box.text.endsWith(text) || text.endsWith(box.text)),
  )

function carryEnd(old: Box, target: Target): Carried[] {
  const length = Math.min(old.text.length, target.box.text.length)
  return pair(old, old.text.length - length, target, target.box.text.length - length, length)
}

function pair(old: Box, at: number, target: Target, to: number, length: number): Carried[] {
  const olds = cut(old.spans, at, length)
  const news = cut(target.box.spans, to, length)
  const carried: Carried[] = []
  for (let i = 0, j = 0; ; ) {
    const [from, now] = [olds[i], news[j]]
    if (!from || !now) return carried
    const count = Math.min(from.length, now.length)
    const { client, clock } = now
    carried.push({ from: { ...from, length: count }, to: { client, clock }, home: target.home })
    advance(from, count)
    advance(now, count)
    if (from.length === 0) i += 1
    if (now.length === 0) j += 1
  }
}

function advance(span: Span, count: number): void {
  span.clock += count
  span.length -= count
}

/** Copies of the spans of these letters. */
function cut(spans: readonly Span[], at: number, length: number): Span[] {
  const found: Span[] = []
  let passed = 0
  for (const span of spans) {
    const from = Math.max(at - passed, 0)
    const to = Math.min(at + length - passed, span.length)
    if (from < to) found.push({ ...span, clock: span.clock + from, length: to - from })
    passed += span.length
  }
  return found
}

/** What becomes of the parts of a span. */
function meetings(span: Span, carried: readonly Carried[]) {
  return carried.flatMap(({ from, to, home }) => {
    if (from.client !== span.client) return []
    const start = Math.max(from.clock, span.clock)
    const end = Math.min(from.clock + from.length, span.clock + span.length)
    if (start >= end) return []
    const part: Span = { client: span.client, clock: start, length: end - start }
    return [{ part, to: { client: to.client, clock: to.clock + (start - from.clock) }, home }]
  })
}

/** What the step has written is what has been written anew for it. */
function follow(item: StackItem, carried: readonly Carried[]): void {
  const fresh = carried.flatMap(({ from, to }) =>
    common(item.insertions, from).map((part) => ({
      client: to.client,
      clock: to.clock + (part.clock - from.clock),
      length: part.length,
    })),
  )
  item.insertions = withSpans(item.insertions, fresh)
  const lost = (item.meta.get(LOST) as Lost | undefined)?.words ?? []
  for (const words of lost) {
    const after = words.after && meetings({ ...words.after, length: 1 }, carried)[0]
    if (after) Object.assign(words, { after: after.to, ...after.home })
  }
}

/** Words that the step deleted in a text that is gone: so they can be brought back into its copy. */
function noteLost(item: StackItem, box: Box, home: Home | null, carried: readonly Carried[]): void {
  for (const { at, item: dead } of box.dead) {
    if (dead.redone !== null || !(dead.content instanceof Y.ContentString)) continue
    const { str } = dead.content
    for (const part of common(item.deletions, spanOf(dead))) {
      if (holdsId(item.insertions, part)) continue
      const last = at === 0 ? undefined : cut(box.spans, at - 1, 1)[0]
      const after = last && meetings(last, carried)[0]
      const place = after?.home ?? home
      if (!place) continue
      const from = part.clock - dead.id.clock
      const words: LostWords = {
        ...place,
        // A block that is gone may come back, and that letter with it.
        after: after?.to ?? (last ? { client: last.client, clock: last.clock } : null),
        text: str.slice(from, from + part.length),
        letters: part,
        marks: marksAt(dead, (format) => box.counts(format) || holdsId(item.deletions, format.id)),
      }
      lostOf(item).words.push(words)
      // Where their old text stands still, Yjs would bring them back there too.
      item.deletions = withoutSpan(item.deletions, part)
    }
  }
}

/** What the letters looked like when the step deleted them, and with them perhaps where bold begins. */
function marksAt(letters: Y.Item, counts: (format: Y.Item) => boolean): LostWords['marks'] {
  const marks: LostWords['marks'] = {}
  for (let item = letters.left; item !== null; item = item.left) {
    if (!(item.content instanceof Y.ContentFormat) || !counts(item)) continue
    const { key, value } = item.content
    if (!(key in marks)) marks[key] = value
  }
  return marks
}

function noteLevel(item: StackItem, { id, element }: BlockParts): void {
  let now = element._map.get('level') ?? null
  while (now && !holdsId(item.insertions, now.id)) now = now.left
  let before = now?.left ?? null
  while (before && holdsId(item.insertions, before.id)) before = before.left
  if (!before || !holdsId(item.deletions, before.id)) return
  const [level, set] = [heldIn(before), heldIn(now)]
  if (typeof level === 'string' && typeof set === 'string')
    lostOf(item).levels.push({ blockId: id, level, set })
}

function lostOf(item: StackItem): Lost {
  const lost = (item.meta.get(LOST) as Lost | undefined) ?? { words: [], levels: [] }
  item.meta.set(LOST, lost)
  return lost
}
