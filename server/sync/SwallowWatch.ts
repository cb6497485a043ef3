import * as Y from 'yjs'
import { CLAUSE_LIMIT } from '../../shared/clauses/limits.ts'
import type { Grave, Graveyard, Plot } from './Graveyard.ts'
import { IdRanges } from './idRanges.ts'
import type { Judged } from './judgeGroup.ts'
import { type Piece, SwallowedWords } from './SwallowedWords.ts'
import { type Findings, findSwallowed } from './swallowedText.ts'

/** Words of one author out of one place, as they come in: the letters of somebody who types are frames of their own. */
export type Passage = {
  accountId: string
  grave: Grave | null
  words: SwallowedWords
  /** Added since the row was last written. */
  fresh: Piece[]
  /** The row it is kept in; null while there is too little of it. */
  rowId: string | null
  at: number
}

/** What has to be on disk together with the updates that did it. */
export type Burial = {
  passages: readonly Passage[]
  graves: readonly Grave[]
  plots: readonly Plot[]
}

/** After so long, what comes is a matter of its own. */
const PASSAGE_MS = 60_000

/** Looks at every update of a room for words that it swallows, and gathers them for their authors. */
export class SwallowWatch {
  readonly #graveyard: Graveyard
  /** By the bytes of the update: an update is judged before it is known whether it can be stored. */
  readonly #findings = new WeakMap<Uint8Array, Findings>()
  #passages: Passage[] = []
  #unsigned: readonly Grave[] = []

  constructor(graveyard: Graveyard) {
    this.#graveyard = graveyard
  }

  /** Within the transaction that applied this update and nothing else. */
  inspect(
    doc: Y.Doc,
    transaction: Y.Transaction,
    update: Uint8Array,
    clients: Iterable<number>,
  ): void {
    const findings = findSwallowed(doc, transaction, update, clients, this.#graveyard)
    if (findings) this.#findings.set(update, findings)
    else this.#findings.delete(update)
  }

  /** Within a transaction of the server's own, which knows all words. */
  bury(doc: Y.Doc, transaction: Y.Transaction): void {
    const fresh = this.#graveyard.bury(doc, transaction, () => [])
    this.#unsigned = fresh.map(({ grave }) => grave)
  }

  /** Says in whose name the server made its last change; null: in nobody's. @returns what that buried */
  sign(accountId: string | null): Burial {
    const graves = this.#unsigned
    for (const grave of graves) grave.by = accountId
    this.#unsigned = []
    return { passages: [], graves, plots: this.#graveyard.takeFresh() }
  }

  /**
   * Gathers what the accepted updates of a group swallowed.
   * @param ownerOf whose clientID it is; words of nobody, such as the template's, are nobody's loss
   * @returns what has changed and must be written
   */
  gather(
    judged: readonly Judged[],
    ownerOf: (client: number) => string | undefined,
    now: number,
  ): Burial {
    const changed = new Set<Passage>()
    const graves: Grave[] = []
    const plots: Plot[] = []
    for (const { frame, verdict } of judged) {
      const { accountId } = frame.peer
      if (verdict.kind !== 'accepted' && verdict.kind !== 'known') continue
      for (const passage of this.#retract(frame.update, accountId)) changed.add(passage)
      const findings = verdict.kind === 'accepted' ? this.#findings.get(frame.update) : undefined
      if (!findings) continue
      for (const grave of findings.graves) grave.by = accountId
      graves.push(...findings.graves)
      plots.push(...findings.plots)
      for (const { client, grave, pieces } of findings.losses) {
        const author = ownerOf(client)
        if (author === undefined) continue
        const passage = this.#passageOf(author, grave, now)
        passage.words.add(pieces)
        passage.fresh.push(...pieces)
        passage.at = now
        changed.add(passage)
      }
    }
    return { passages: [...changed], graves, plots }
  }

  /** These could not be written: what comes later is a matter of its own. */
  forget({ passages }: Burial): void {
    this.#passages = this.#passages.filter((one) => !passages.includes(one))
  }

  /**
   * What its author took back before hearing of the deletion. Once he has heard of it, his copy counts the swallowed
   * letters as deleted too, together with what they hung on: that takes nothing back.
   */
  #retract(update: Uint8Array, accountId: string): Passage[] {
    const own = this.#passages.filter((one) => one.accountId === accountId)
    if (own.length === 0) return []
    const named = IdRanges.ofDeletes(Y.decodeUpdate(update).ds)
    return own.filter(
      ({ grave, words }) =>
        grave !== null && named.outside(grave.root).length > 0 && words.retract(named),
    )
  }

  #passageOf(accountId: string, grave: Grave | null, now: number): Passage {
    this.#passages = this.#passages.filter(({ at }) => now - at <= PASSAGE_MS)
    const known = this.#passages.findLast(
      (one) =>
        one.accountId === accountId && one.grave === grave && one.words.weight < CLAUSE_LIMIT,
    )
    if (known) return known
    const words = new SwallowedWords()
    const passage: Passage = { accountId, grave, words, fresh: [], rowId: null, at: now }
    this.#passages.push(passage)
    return passage
  }
}
