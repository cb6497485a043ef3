import type { Sha256 } from '../base/ids.ts'
import type { ClauseView } from './api.ts'
import { type Block, type NumberingModel, sayBlock } from './clause.ts'
import { placeBlocks } from './describePlace.ts'
import { clauseHash, contentHash, type PrintedFields, structureHash } from './hash.ts'
import { REFERENCE_LETTER } from './reference.ts'
import { type Elsewhere, nothingElsewhere, printSaid, sayReferences } from './sayReferences.ts'
import { documentScores } from './tables/documentScores.ts'

export type ClausesView = {
  clauses: ClauseView[]
  structureHash: Sha256
  contentHash: Sha256
}

/**
 * The document as the contract's `/clauses` shows it. Ids are unique even where the body's are not.
 * @param elsewhere what its references to other documents say
 */
export function viewClauses(
  blocks: readonly Block[],
  fields: PrintedFields,
  model: NumberingModel,
  elsewhere: Elsewhere = nothingElsewhere,
): ClausesView {
  const said = sayReferences(blocks, model, elsewhere)
  const scores = documentScores(blocks)
  const clauses = placeBlocks(blocks, model).map((placed, index) => {
    const block = blocks[index] as Block
    const text = sayBlock(block, (reference) => printSaid(said(reference)))
    const own = sayBlock(block, () => REFERENCE_LETTER)
    const found = scores.get(index)
    return {
      ...placed,
      text,
      ...(own !== text && { own }),
      hash: clauseHash(block),
      ...(found && { scores: found }),
    }
  })
  const structure = structureHash(blocks, fields)
  return {
    clauses,
    structureHash: structure,
    contentHash: contentHash(
      clauses.map((clause) => clause.hash),
      structure,
    ),
  }
}
