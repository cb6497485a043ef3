import * as Y from 'yjs'
import type { Block, Run, TableBlock } from '../../shared/clauses/clause.ts'
import { isTable, paragraphsOf } from '../../shared/clauses/clause.ts'
import { boxElements } from '../../shared/clauses/editTexts.ts'
import { texts } from '../../shared/clauses/inlineText.ts'
import { bodyOf, elements, readBody } from '../../shared/clauses/yjs.ts'
import type { SignedRun } from '../../shared/diff/wordTokens.ts'

export type LetterId = { client: number; clock: number }
/** Letters in a row that somebody else wrote than the one whose clientID they have. */
export type CarriedSpan = readonly [client: number, clock: number, length: number, by: string]

/**
 * Who wrote each letter of a text. Yjs writes a clientID on every letter and the log says whose that is; what was only
 * moved, joined, put back or accepted by somebody is noted beside it, as carried.
 */
export class Letters {
  readonly #owners: ReadonlyMap<number, string>
  readonly #carried = new Map<number, Map<number, string>>()

  constructor(owners: ReadonlyMap<number, string>, carried: readonly CarriedSpan[]) {
    this.#owners = owners
    for (const [client, clock, length, by] of carried)
      for (let i = 0; i < length; i += 1) this.carry({ client, clock: clock + i }, by)
  }

  authorOf({ client, clock }: LetterId): string | undefined {
    return this.#carried.get(client)?.get(clock) ?? this.#owners.get(client)
  }

  carry({ client, clock }: LetterId, by: string): void {
    if (this.#owners.get(client) === by) return
    const known = this.#carried.get(client) ?? new Map<number, string>()
    this.#carried.set(client, known.set(clock, by))
  }

  /** Spans in no particular order; letters that stand no more are left out. */
  carried(doc: Y.Doc): CarriedSpan[] {
    const spans: [number, number, number, string][] = []
    for (const id of standing(doc)) {
      const by = this.#carried.get(id.client)?.get(id.clock)
      if (by === undefined) continue
      const last = spans.at(-1)
      if (last && last[0] === id.client && last[1] + last[2] === id.clock && last[3] === by)
        last[2] += 1
      else spans.push([id.client, id.clock, 1, by])
    }
    return spans
  }
}

/** The letters of a paragraph that stand, in order. */
export function* lettersOf(element: Y.XmlElement): Generator<LetterId> {
  for (const part of texts(element))
    for (const { item, isDeleted } of stringsOf(part))
      if (!isDeleted)
        for (let i = 0; i < item.length; i += 1)
          yield { client: item.id.client, clock: item.id.clock + i }
}

/** Everything that was ever typed into it and is not cleared away yet. */
export function* stringsOf(
  text: Y.XmlText,
): Generator<{ item: Y.Item; words: string; isDeleted: boolean }> {
  for (let item = text._start; item; item = item.right)
    if (item.content instanceof Y.ContentString)
      yield { item, words: item.content.str, isDeleted: item.deleted }
}

function* standing(doc: Y.Doc): Generator<LetterId> {
  for (const block of elements(bodyOf(doc), 'clause', 'table'))
    for (const box of boxElements(block)) yield* lettersOf(box)
}

/** A text with the letters of each of its paragraphs; null for a ragged table, which is read otherwise than written. */
export type LetteredBody = readonly { block: Block; letters: readonly LetterId[][] | null }[]

export function letteredBody(doc: Y.Doc): LetteredBody {
  const found = elements(bodyOf(doc), 'clause', 'table')
  return readBody(doc).map((block, index) => {
    const letters = boxElements(found[index] as Y.XmlElement).map((box) => [...lettersOf(box)])
    const paragraphs = paragraphsOf(block)
    const isPlain =
      paragraphs.length === letters.length &&
      paragraphs.every((runs, i) => lengthOf(runs) === letters[i]?.length)
    return { block, letters: isPlain ? letters : null }
  })
}

/** The blocks with each run signed. */
export const signBody = (
  body: LetteredBody,
  sign: (letter: LetterId) => string | undefined,
): Block[] =>
  body.map(({ block, letters }) => {
    if (!letters) return block
    let next = 0
    const signed = (runs: readonly Run[]) => signRuns(runs, (letters[next++] ?? []).map(sign))
    return isTable(block) ? signTable(block, signed) : { ...block, runs: signed(block.runs) }
  })

const signTable = (table: TableBlock, signed: (runs: readonly Run[]) => Run[]): TableBlock => ({
  ...table,
  rows: table.rows.map(({ cells }) => ({
    cells: cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(signed) })),
  })),
})

const lengthOf = (runs: readonly Run[]) => runs.reduce((sum, { text }) => sum + text.length, 0)

function signRuns(runs: readonly Run[], signs: readonly (string | undefined)[]): SignedRun[] {
  let at = 0
  return runs.flatMap((run) => {
    const pieces: SignedRun[] = []
    let from = 0
    for (let i = 1; i <= run.text.length; i += 1) {
      const by = signs[at + from]
      if (i < run.text.length && signs[at + i] === by) continue
      pieces.push({ ...run, text: run.text.slice(from, i), ...(by !== undefined && { by }) })
      from = i
    }
    at += run.text.length
    return pieces
  })
}
