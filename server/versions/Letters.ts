import * as Y from 'yjs'
import type { Block, Run, TableBlock } from '../../shared/clauses/clause.ts'
import { isTable, paragraphsOf } from '../../shared/clauses/clause.ts'
import { boxElements } from '../../shared/clauses/editTexts.ts'
import { texts } from '../../shared/clauses/inlineText.ts'
import { bodyOf, elements, readBody } from '../../shared/clauses/yjs.ts'
import type { SignedRun } from '../../shared/diff/wordTokens.ts'

export type LetterId = { client: number; clock: number }
/** Letters with clocks in a row. */
export type LetterSpan = LetterId & { length: number }
/** So many letters in a row are one's. */
export type Signed = { length: number; by: string | undefined }
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

  authorsOf(span: LetterSpan): Signed[] {
    const owner = this.#owners.get(span.client)
    const carried = this.#carried.get(span.client)
    if (!carried) return [{ length: span.length, by: owner }]
    return eachLetter(span, ({ clock }) => carried.get(clock) ?? owner)
  }

  carry({ client, clock }: LetterId, by: string): void {
    if (this.#owners.get(client) === by) return
    const known = this.#carried.get(client) ?? new Map<number, string>()
    this.#carried.set(client, known.set(clock, by))
  }

  /** Spans in no particular order; letters that stand no more are left out. */
  carried(doc: Y.Doc): CarriedSpan[] {
    const spans: [number, number, number, string][] = []
    for (const { client, clock, length } of standing(doc)) {
      const carried = this.#carried.get(client)
      for (let at = clock; carried && at < clock + length; at += 1) {
        const by = carried.get(at)
        if (by === undefined) continue
        const last = spans.at(-1)
        if (last && last[0] === client && last[1] + last[2] === at && last[3] === by) last[2] += 1
        else spans.push([client, at, 1, by])
      }
    }
    return spans
  }
}

export function eachLetter(
  { client, clock, length }: LetterSpan,
  sign: (letter: LetterId) => string | undefined,
): Signed[] {
  const signed: Signed[] = []
  for (let at = clock; at < clock + length; at += 1) add(signed, 1, sign({ client, clock: at }))
  return signed
}

function add(signed: Signed[], length: number, by: string | undefined): void {
  const last = signed.at(-1)
  if (last && last.by === by) last.length += length
  else signed.push({ length, by })
}

/** The letters of a paragraph that stand, in order. */
function* lettersOf(element: Y.XmlElement): Generator<LetterSpan> {
  for (const part of texts(element))
    for (const { item, isDeleted } of stringsOf(part))
      if (!isDeleted) yield { client: item.id.client, clock: item.id.clock, length: item.length }
}

/** Everything that was ever typed into it and is not cleared away yet. */
export function* stringsOf(
  text: Y.XmlText,
): Generator<{ item: Y.Item; words: string; isDeleted: boolean }> {
  for (let item = text._start; item; item = item.right)
    if (item.content instanceof Y.ContentString)
      yield { item, words: item.content.str, isDeleted: item.deleted }
}

function* standing(doc: Y.Doc): Generator<LetterSpan> {
  for (const block of elements(bodyOf(doc), 'clause', 'table'))
    for (const box of boxElements(block)) yield* lettersOf(box)
}

/** A text with the letters of each of its paragraphs; null for a ragged table, which is read otherwise than written. */
export type LetteredBody = readonly { block: Block; letters: readonly LetterSpan[][] | null }[]

export function letteredBody(doc: Y.Doc): LetteredBody {
  const found = elements(bodyOf(doc), 'clause', 'table')
  return readBody(doc).map((block, index) => {
    const letters = boxElements(found[index] as Y.XmlElement).map((box) => [...lettersOf(box)])
    const paragraphs = paragraphsOf(block)
    const isPlain =
      paragraphs.length === letters.length &&
      paragraphs.every((runs, i) => lengthOf(runs) === spanned(letters[i] ?? []))
    return { block, letters: isPlain ? letters : null }
  })
}

/** The blocks with each run signed. */
export const signBody = (
  body: LetteredBody,
  sign: (span: LetterSpan) => readonly Signed[],
): Block[] =>
  body.map(({ block, letters }) => {
    if (!letters) return block
    let next = 0
    const signed = (runs: readonly Run[]) => signRuns(runs, (letters[next++] ?? []).flatMap(sign))
    return isTable(block) ? signTable(block, signed) : { ...block, runs: signed(block.runs) }
  })

const signTable = (table: TableBlock, signed: (runs: readonly Run[]) => Run[]): TableBlock => ({
  ...table,
  rows: table.rows.map(({ cells }) => ({
    cells: cells.map((cell) => ({ ...cell, paragraphs: cell.paragraphs.map(signed) })),
  })),
})

const lengthOf = (runs: readonly Run[]) => runs.reduce((sum, { text }) => sum + text.length, 0)
const spanned = (spans: readonly LetterSpan[]) => spans.reduce((sum, one) => sum + one.length, 0)

/** @param pieces as long as the runs together */
function signRuns(runs: readonly Run[], pieces: readonly Signed[]): SignedRun[] {
  const joined: Signed[] = []
  for (const { length, by } of pieces) add(joined, length, by)
  const left = joined.values()
  let piece = { length: 0, by: undefined as string | undefined }
  return runs.flatMap((run) => {
    const signed: SignedRun[] = []
    for (let from = 0; from < run.text.length; ) {
      if (piece.length === 0) piece = left.next().value ?? { length: Infinity, by: undefined }
      const { by } = piece
      const length = Math.min(piece.length, run.text.length - from)
      signed.push({
        ...run,
        text: run.text.slice(from, from + length),
        ...(by !== undefined && { by }),
      })
      piece.length -= length
      from += length
    }
    return signed
  })
}
