import type { Block } from '../../shared/clauses/clause.ts'
import type { Inheritance } from './connectInput.ts'
import type { Offer } from './recoverUnsent.ts'
import type { UnsentStore } from './unsentStore.ts'
import { type KeptWords, type UnsentClause, unsentClauses } from './unsentText.ts'

/** Words that will not be sent by themselves any more: shown until their author has seen them, on the device till then. */
export function heldWords(store: UnsentStore, inherited: Omit<Inheritance, 'refused'>) {
  let { words, unsent, offers } = inherited
  return {
    get unsent() {
      return unsent
    },
    /** Something is held, whether it can be shown yet or not. */
    get any() {
      return unsent.length > 0 || words.length > 0
    },
    taken: () => offers.map(({ key }) => key),
    /** The server's text has come, to be compared with. */
    compare(server: readonly Block[]) {
      if (words.length === 0) return
      unsent = [...unsent, ...unsentClauses(words, server)]
      words = []
    },
    add(offer: Offer, clauses: readonly UnsentClause[]) {
      offers = [...offers, offer]
      unsent = [...unsent, ...clauses]
    },
    dismiss() {
      for (const offer of offers) void store.drop(offer.key).then(offer.release)
      offers = []
      unsent = []
    },
    /** For the connection that comes after; this one holds nothing any more. */
    handOver(more: { words: readonly KeptWords[]; offer: Offer } | null) {
      const left = {
        words: more ? [...words, ...more.words] : words,
        offers: more ? [...offers, more.offer] : offers,
        unsent,
      }
      offers = []
      return left
    },
    release() {
      for (const offer of offers) offer.release()
    },
  }
}
