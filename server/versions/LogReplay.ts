import * as Y from 'yjs'
import { applyRow, type LogRow } from '../sync/pastText.ts'
import {
  type CarriedSpan,
  eachLetter,
  type LetterId,
  type LetterSpan,
  Letters,
  type Signed,
  stringsOf,
} from './Letters.ts'
import { type Fresh, findAgain, isWorthKeeping, type Passage } from './Passages.ts'

/** What came to a text otherwise than by somebody's keys, with a row that the server wrote. */
export type KnownWords = (row: LogRow) => Promise<readonly Passage[]>

/** Passages kept of what each account took out last: whoever takes that back writes it anew. */
const KEPT = 200
/** Stands where a passage has something in between that stays. */
const PARTED = '\n'
const NO_LETTER: LetterId = { client: -1, clock: -1 }

/**
 * Goes through rows of the log and keeps who wrote each letter ({@link Letters}); once {@link watch}ed, who took
 * which out.
 */
export class LogReplay {
  readonly doc: Y.Doc
  readonly letters: Letters
  readonly #known: KnownWords
  readonly #taken = new Map<string, Passage[]>()
  #removals: Removals | null = null

  constructor(
    doc: Y.Doc,
    owners: ReadonlyMap<number, string>,
    carried: readonly CarriedSpan[],
    known: KnownWords,
  ) {
    this.doc = doc
    this.letters = new Letters(owners, carried)
    this.#known = known
  }

  /** From here on it is noted who takes out what. */
  watch(): void {
    this.#removals = new Removals()
  }

  removersOf = (span: LetterSpan): Signed[] =>
    this.#removals?.removersOf(span) ?? [{ length: span.length, by: undefined }]

  async apply(row: LogRow): Promise<void> {
    const { structs } = Y.decodeUpdate(row.bytes)
    const known = row.clientId === null ? await this.#known(row) : []
    applyRow(this.doc, row.bytes, (transaction) => this.#inspect(transaction, row, structs, known))
  }

  #inspect(
    transaction: Y.Transaction,
    { accountId, clientId }: LogRow,
    structs: readonly (Y.Item | Y.GC | Y.Skip)[],
    known: readonly Passage[],
  ): void {
    this.#removals?.note(transaction, accountId)
    const touched = touchedTexts(transaction, structs)
    if (touched.size === 0) return
    const { fresh, gone } = this.#changesIn(transaction, touched)
    const taken = this.#taken.get(accountId) ?? []
    for (const passage of fresh) {
      const exact = taken.filter(({ text }) => clientId === null || text === passage.text)
      for (const { letter, by: author, was } of findAgain(passage, [...gone, ...known, ...exact])) {
        if (letter === NO_LETTER || was === NO_LETTER) continue
        if (author !== undefined) this.letters.carry(letter, author)
        if (was) this.#removals?.copied(was, letter)
      }
    }
    const kept = [...taken, ...gone.filter(({ text }) => isWorthKeeping(text))]
    this.#taken.set(accountId, kept.slice(-KEPT))
  }

  #changesIn(transaction: Y.Transaction, touched: ReadonlySet<Y.XmlText>) {
    const fresh: Fresh[] = []
    const gone: Passage[] = []
    // Within a transaction its ranges are in no order yet.
    const deletes = Y.mergeDeleteSets([transaction.deleteSet])
    for (const text of touched) {
      const clauseId = clauseOf(text)
      const is = { text: '', letters: [] as LetterId[], isParted: false }
      const was = { text: '', letters: [] as LetterId[], isParted: false }
      for (const { item, words, isDeleted } of stringsOf(text)) {
        const isNew = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
        const isGone = isDeleted && !isNew && Y.isDeleted(deletes, item.id)
        const side = isNew && !isDeleted ? is : isGone ? was : null
        // Words on either side of what stays are not one word.
        if (!isNew && !isDeleted) is.isParted = was.isParted = true
        if (!side) continue
        if (side.isParted && side.text !== '') {
          side.text += PARTED
          side.letters.push(NO_LETTER)
        }
        side.isParted = false
        side.text += words
        for (let i = 0; i < item.length; i += 1)
          side.letters.push({ client: item.id.client, clock: item.id.clock + i })
      }
      if (is.text !== '') fresh.push({ clauseId, text: is.text, letters: is.letters })
      const authors = was.letters.map((letter) => this.letters.authorOf(letter))
      if (was.text !== '') gone.push({ clauseId, text: was.text, letters: was.letters, authors })
    }
    return { fresh, gone }
  }
}

/** The texts in which something was put in or taken out. */
function touchedTexts(
  transaction: Y.Transaction,
  structs: readonly (Y.Item | Y.GC | Y.Skip)[],
): Set<Y.XmlText> {
  const found = new Set<Y.XmlText>()
  const look = (item: Y.Item | Y.GC) => {
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return
    if (item.parent instanceof Y.XmlText) found.add(item.parent)
  }
  for (const struct of structs)
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
      look(Y.getItem(transaction.doc.store, struct.id))
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, look)
  return found
}

/** The id of the clause or table that a text stands in, also of one that this very change takes out. */
function clauseOf(text: Y.XmlText): string {
  let type: unknown = text
  let id = ''
  while (type instanceof Y.XmlText || type instanceof Y.XmlElement) {
    const value: unknown =
      type instanceof Y.XmlElement && type._map.get('id')?.content.getContent()[0]
    if (typeof value === 'string') id = value
    type = type.parent
  }
  return id
}

/** Who took out which letters; those that were only put elsewhere are followed there. */
class Removals {
  readonly #gone = new Map<number, Map<number, string>>()
  readonly #copies = new Map<number, Map<number, LetterId>>()

  note(transaction: Y.Transaction, by: string): void {
    for (const [client, ranges] of transaction.deleteSet.clients) {
      const known = this.#gone.get(client) ?? new Map<number, string>()
      for (const { clock, len } of ranges)
        for (let i = clock; i < clock + len; i += 1) if (!known.has(i)) known.set(i, by)
      this.#gone.set(client, known)
    }
  }

  copied(was: LetterId, is: LetterId): void {
    const known = this.#copies.get(was.client) ?? new Map<number, LetterId>()
    this.#copies.set(was.client, known.set(was.clock, is))
  }

  removersOf(span: LetterSpan): Signed[] {
    const { client, length } = span
    const isUntouched = !this.#gone.has(client) && !this.#copies.has(client)
    if (isUntouched) return [{ length, by: undefined }]
    return eachLetter(span, (letter) => this.#removerOf(letter))
  }

  #removerOf(letter: LetterId): string | undefined {
    let now = letter
    for (;;) {
      const copy = this.#copies.get(now.client)?.get(now.clock)
      if (!copy) return this.#gone.get(now.client)?.get(now.clock)
      now = copy
    }
  }
}
