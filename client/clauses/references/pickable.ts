import type { ClauseId, DocumentId } from '../../../shared/base/ids.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { placeDescriber } from '../../../shared/clauses/describePlace.ts'
import { findWords } from '../../../shared/vietnamese/searchFold.ts'

/** A clause that can be referred to. */
export type Pickable = {
  document: DocumentId | null
  clause: ClauseId
  /** As the text will cite it. */
  words: string
  /** How its text begins. */
  text: string
}

const TEXT_SHOWN = 120

/** @param cite how the place of a clause becomes words, where they are another document's */
export function pickablesOf(
  clauses: readonly ClauseView[],
  model: NumberingModel,
  document: DocumentId | null = null,
  cite: (place: string) => string = (place) => place,
): Pickable[] {
  const describe = placeDescriber(clauses, model)
  return clauses.map(({ id, text }) => ({
    document,
    clause: id as ClauseId,
    words: cite(describe(id)),
    text: text.slice(0, TEXT_SHOWN),
  }))
}

const SHOWN = 40

/**
 * What the words behind the `@` may mean, the likeliest first: a label that is these words, one that begins with them,
 * one that has them, a text that has them. Without marks they find any marks. In order of the documents otherwise.
 */
export function findPickables(all: readonly Pickable[], query: string): Pickable[] {
  const wanted = query.trim().replace(/\s+/gu, ' ')
  if (wanted === '') return all.slice(0, SHOWN)
  const ranked = all.flatMap((one) => {
    const rank = rankOf(one, wanted)
    return rank === null ? [] : [{ one, rank }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ one }) => one)
}

function rankOf({ words, text, document }: Pickable, wanted: string): number | null {
  const at = findWords(words, wanted)
  const own = document === null ? 0 : 1
  if (at === 0 && words.length === wanted.length) return own
  // `Điều 3` before `Điều 30`.
  if (at === 0) return (/[\p{L}\p{N}]/u.test(words[wanted.length] ?? '') ? 4 : 2) + own
  if (at > 0) return 6 + own
  return findWords(text, wanted) >= 0 ? 8 + own : null
}
