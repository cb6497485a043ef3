import type { ClauseId, DocumentId } from '../base/ids.ts'
import type { BlockLevel, NumberingModel } from './clause.ts'
import { placeBlocks, placeDescriber } from './describePlace.ts'
import { type ClauseReference, targetOf } from './reference.ts'

/**
 * How a text cites a clause of another document, with that document's name: null when the clause is gone, undefined
 * while nobody knows.
 */
export type Elsewhere = (document: DocumentId, clause: ClauseId) => string | null | undefined

export const nothingElsewhere: Elsewhere = () => undefined

export type Said = {
  /** `điểm a khoản 2 Điều 3`, `Điều 3 Bản giao ước thi đua`; what it was where nobody knows. */
  words: string
  /** Known to be gone. */
  broken: boolean
}

/**
 * What the references in a text say, by the numbers it has now.
 * @param blocks of that text, in order
 */
export function sayReferences(
  blocks: readonly { id: string; level: BlockLevel }[],
  model: NumberingModel,
  elsewhere: Elsewhere,
): (reference: ClauseReference) => Said {
  let describe: ((clauseId: string) => string) | null = null
  const known = new Map<string, string>()
  const here = (clauseId: string): string => {
    // Most texts have no references: nothing is numbered for them.
    describe ??= placeDescriber(placeBlocks(blocks, model), model)
    const place = known.get(clauseId) ?? describe(clauseId)
    known.set(clauseId, place)
    return place
  }
  return ({ document, clause, was }) => {
    const words = document === null ? here(clause) || null : elsewhere(document, clause)
    if (words === undefined) return { words: was, broken: false }
    return words === null ? { words: was, broken: true } : { words, broken: false }
  }
}

/** A broken one reads as an open blank: such a text cannot be locked. */
export const printSaid = ({ words, broken }: Said): string => (broken ? `{{${words}}}` : words)

/** By what `targetOf` says of each. */
export const elsewhereFrom =
  (known: Readonly<Record<string, string | null>>): Elsewhere =>
  (document, clause) =>
    known[targetOf({ document, clause })]
