import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyBounded } from '../../server/sync/applyBounded.ts'
import { asWritten } from '../../server/sync/asWritten.ts'
import { wholeState } from '../../server/sync/compactText.ts'
import { contradicts } from '../../server/sync/contradicts.ts'
import { inspectContent } from '../../server/sync/inspectContent.ts'
import { newsOf } from '../../server/sync/newsOf.ts'
import { hasGap, readUpdate } from '../../server/sync/updateFacts.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import { bodyOf } from '../../shared/clauses/yjs.ts'
import { type Chance, seeded } from '../support/seeded.ts'
import { both, CONTENT, gc, item, text, uints, update, type Write } from './frames/updateBytes.ts'

/** A log, and the document that a room makes of it row by row. */
class Log {
  rows: Uint8Array[] = []
  doc = new Y.Doc()

  constructor() {
    bodyOf(this.doc)
  }

  /** @returns whether it was let in; otherwise nothing of it stays, as in a room */
  take(sent: Uint8Array): boolean {
    const all = readUpdate(sent)
    if (hasGap(this.doc, all) || contradicts(this.doc, all)) return false
    const row = newsOf(this.doc, sent, all)
    const facts = readUpdate(row)
    try {
      this.doc.transact((transaction) => {
        applyBounded(this.doc, row, facts, { left: Number.POSITIVE_INFINITY })
        asWritten(transaction)
        if (inspectContent(this.doc, transaction, facts)) throw new Error('out of place')
      })
      this.rows.push(row)
      return true
    } catch {
      this.doc = textOf(this.rows)
      return false
    }
  }

  get words(): string {
    return bodyOf(this.doc).toString()
  }
}

function textOf(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  bodyOf(doc)
  applyStored(doc, rows)
  return doc
}

/** The text as it may come to somebody: as the rows came to us, as one state, and in another order without gaps. */
function copiesOf({ rows, doc }: Log, chance: Chance): string[] {
  const other = textOf([])
  for (let left = [...rows]; left.length > 0; ) {
    const next = chance.pick(left.filter((row) => !hasGap(other, readUpdate(row))))
    applyStored(other, [next])
    left = left.filter((row) => row !== next)
  }
  return [textOf(rows), textOf([Y.encodeStateAsUpdate(doc)]), other].map((copy) =>
    bodyOf(copy).toString(),
  )
}

type Id = readonly [client: number, clock: number]

/** Letters in the words of a clause, the first thing of the log. */
const letters = (words: string, origin?: Id, right?: Id): Write =>
  item(
    CONTENT.string,
    { ...(origin ? { origin } : {}), ...(right ? { right } : {}), under: [77, 1] },
    text(words),
  )
const row = (client: number, clock: number, ...structs: Write[]): Uint8Array =>
  update([{ client, clock, structs }])

type Kind = 'clause' | 'words' | 'letter' | 'level'
/** What each kind stands in, and how Yjs writes it. */
const KINDS: Record<Kind, { inside: Kind | null; type: number; content: Write }> = {
  clause: { inside: null, type: CONTENT.type, content: both(uints(3), text('clause')) },
  words: { inside: 'clause', type: CONTENT.type, content: uints(6) },
  letter: { inside: 'words', type: CONTENT.string, content: text('abc') },
  level: { inside: 'clause', type: CONTENT.any, content: both(uints(1, 119), text('point')) },
}
const EVERY = Object.keys(KINDS) as Kind[]

/** Sends clauses, words and levels between neighbours at random, and deletes some. @returns what became of them */
function sendAnything(
  log: Log,
  chance: Chance,
  deletable: readonly Kind[] = ['letter', 'level'],
  repeats = false,
): { taken: number; refused: number } {
  const places: { kind: Kind; id: Id }[] = []
  const ends = new Map<number, number>()
  const sums = { taken: 0, refused: 0 }
  const some = (kind: Kind | null): Id | undefined => {
    const found = places.filter((one) => one.kind === kind || chance.oneIn(20))
    return found.length > 0 && !chance.oneIn(5) ? chance.pick(found).id : undefined
  }
  for (let i = 0; i < 24; i += 1) {
    const kind = chance.pick<Kind>(['clause', 'clause', 'words', 'letter', 'letter', 'level'])
    const { inside, type, content } = KINDS[kind]
    const client = 1 + chance.below(6)
    const end = ends.get(client) ?? 0
    // From the middle of what is known, or said to be cleared away.
    const clock = repeats && kind === 'letter' ? Math.max(0, end - chance.below(3)) : end
    const isCleared = repeats && chance.oneIn(6)
    const [origin, under] = [some(kind), some(inside)]
    const right = kind === 'level' ? undefined : some(kind)
    const place = {
      ...(origin ? { origin } : {}),
      ...(right ? { right } : {}),
      ...(under ? { under } : {}),
      ...(kind === 'level' ? { key: 'level' } : {}),
    }
    const mayGo = places.filter((one) => deletable.includes(one.kind))
    const gone = chance.oneIn(4) && mayGo.length > 0 ? chance.pick(mayGo).id : null
    const deletes = gone ? [{ client: gone[0], ranges: [[gone[1], 1] as const] }] : []
    const struct = isCleared ? gc(kind === 'letter' ? 3 : 1) : item(type, place, content)
    const sent = update([{ client, clock, structs: [struct] }], deletes)
    const length = kind === 'letter' ? 3 : 1
    if (log.take(sent)) {
      for (let n = end - clock; n < length; n += 1) places.push({ kind, id: [client, clock + n] })
      ends.set(client, clock + length)
      sums.taken += 1
    } else sums.refused += 1
  }
  return sums
}

/** Somebody with Yjs' own undo, who works alone until he meets the log. */
class Editor {
  readonly #doc: Y.Doc
  readonly #log: Log
  readonly #undo: Y.UndoManager
  #unsent: Uint8Array[] = []
  #seen: number

  constructor(client: number, log: Log) {
    this.#log = log
    this.#doc = textOf(log.rows)
    this.#seen = log.rows.length
    this.#doc.clientID = client
    this.#undo = new Y.UndoManager(bodyOf(this.#doc), { captureTimeout: 0 })
    this.#doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin !== this.#log) this.#unsent.push(bytes)
    })
  }

  /** Takes in what is new. @returns what is to be sent, the first first */
  meet(): Uint8Array[] {
    for (const one of this.#log.rows.slice(this.#seen)) Y.applyUpdate(this.#doc, one, this.#log)
    // With what is sent now.
    this.#seen = this.#log.rows.length + this.#unsent.length
    return this.#unsent.splice(0)
  }

  act(chance: Chance): void {
    const body = bodyOf(this.#doc)
    const clauses = body.toArray() as Y.XmlElement[]
    const clause = clauses.length > 0 ? chance.pick(clauses) : null
    const words = clause?.get(0) as Y.XmlText | undefined
    const what = chance.below(9)
    if (what === 0 || !clause || !words) {
      const made = new Y.XmlElement('clause')
      made.insert(0, [new Y.XmlText('chỉ tiêu')])
      body.insert(chance.below(clauses.length + 1), [made])
    } else if (what === 1) body.delete(clauses.indexOf(clause), 1)
    else if (what === 2) clause.setAttribute('level', chance.pick(['point', 'article']))
    else if (what === 3) this.#undo.redo()
    else if (what < 6) this.#undo.undo()
    else if (what === 6 && words.length > 2) words.delete(chance.below(words.length - 2), 2)
    else if (what === 7 && words.length > 3)
      words.format(chance.below(words.length - 3), 3, { bold: {} })
    else words.insert(chance.below(words.length + 1), chance.pick(['ă', 'thi đua']))
  }
}

describe('[F26] whoever places words where no author can have stood is refused, for each copy would have them elsewhere', () => {
  const withClause = () => {
    const log = new Log()
    const { clause, words } = KINDS
    const structs = [
      item(clause.type, {}, clause.content),
      item(words.type, { under: [77, 0] }, words.content),
    ]
    expect(log.take(row(77, 0, ...structs))).toBe(true)
    return log
  }
  /** `abc`, of which `c` came first, then `a` before it, then `b` between the two. */
  const abc = () => {
    const log = withClause()
    expect(log.take(row(2, 0, letters('c')))).toBe(true)
    expect(log.take(row(1, 0, letters('a', undefined, [2, 0])))).toBe(true)
    expect(log.take(row(3, 0, letters('b', [1, 0], [2, 0])))).toBe(true)
    expect(log.words).toBe('<clause>abc</clause>')
    return log
  }

  test('between the beginning and a letter that was itself written behind another', () => {
    expect(abc().take(row(9, 0, letters('x', undefined, [3, 0])))).toBe(false)
  })

  test('between a letter and the end, when that letter was written before another', () => {
    expect(abc().take(row(9, 0, letters('x', [1, 0])))).toBe(false)
  })

  test('between the beginning and the last letter, neither of which knew of the others, is an author who came late', () => {
    const log = abc()
    expect(log.take(row(9, 0, letters('x', undefined, [2, 0])))).toBe(true)
    expect(log.words).toBe('<clause>abxc</clause>')
  })

  test('between two letters of one run that are not next to each other', () => {
    const log = withClause()
    expect(log.take(row(1, 0, letters('abcd')))).toBe(true)
    expect(log.take(row(9, 0, letters('x', [1, 0], [1, 3])))).toBe(false)
    expect(log.take(row(9, 0, letters('x', [1, 1], [1, 3])))).toBe(false)
    expect(log.take(row(9, 0, letters('x', [1, 1], [1, 2])))).toBe(true)
    expect(log.words).toBe('<clause>abxcd</clause>')
  })

  test('behind a letter that is there already, under another right neighbour than it has', () => {
    const log = abc()
    const sent = [letters('x', [1, 0], [3, 0]), letters('y', [9, 0], [2, 0])]
    expect(log.take(row(9, 0, letters('x', [1, 0], [3, 0])))).toBe(true)
    // `y` stands behind `x`, which was written before `b`; `c` is behind that.
    expect(log.take(row(9, 0, ...sent))).toBe(false)
  })

  test('anything anywhere: what is let in makes one text in whatever order it comes', () => {
    // Nothing goes that holds others: what came beside cleared words cannot be compared with anything.
    const sums = { taken: 0, refused: 0 }
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const chance = seeded(seed)
        const log = new Log()
        const { taken, refused } = sendAnything(log, chance)
        sums.taken += taken
        sums.refused += refused
        for (const copy of copiesOf(log, chance)) expect(copy).toBe(log.words)
      }),
      { numRuns: 150, seed: 20_221_125 },
    )
    expect(Math.min(sums.taken, sums.refused)).toBeGreaterThan(300)
  })

  test('beside and under what has gone: the rows fold into a state that loads, and to the same text', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const log = new Log()
        sendAnything(log, seeded(seed), EVERY)
        const { bytes } = wholeState({ base: null, rows: log.rows })
        expect(bodyOf(textOf([bytes])).toString()).toBe(log.words)
      }),
      { numRuns: 200, seed: 20_221_125 },
    )
  })

  test('said again from the middle, and said to be cleared away: the rows load one by one, in one go and folded', () => {
    const sums = { taken: 0 }
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const log = new Log()
        sums.taken += sendAnything(log, seeded(seed), EVERY, true).taken
        const { bytes } = wholeState({ base: null, rows: log.rows })
        for (const rows of [log.rows, [bytes]])
          expect(bodyOf(textOf(rows)).toString()).toBe(log.words)
      }),
      { numRuns: 200, seed: 20_221_125 },
    )
    expect(sums.taken).toBeGreaterThan(1_000)
  })

  test('editors that type, delete, undo and redo apart from one another are never taken for such', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const chance = seeded(seed)
        const log = withClause()
        const editors = [1, 2, 3].map((n) => new Editor(100 + n, log))
        for (let i = 0; i < 60; i += 1) {
          const editor = chance.pick(editors)
          if (chance.oneIn(4)) {
            for (const one of editor.meet()) expect(log.take(one)).toBe(true)
          } else editor.act(chance)
        }
        for (const editor of editors)
          for (const one of editor.meet()) expect(log.take(one)).toBe(true)
        for (const copy of copiesOf(log, chance)) expect(copy).toBe(log.words)
      }),
      { numRuns: 60, seed: 20_221_125 },
    )
  })
})
