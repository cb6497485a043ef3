import type { Sha256 } from '../base/ids.ts'
import type { ClauseView } from './api.ts'
import { type Block, blockText, type NumberingModel } from './clause.ts'
import { clauseHash, contentHash, type PrintedFields, structureHash } from './hash.ts'
import { numberBlocks, parentIndexes } from './numbering.ts'
import { documentScores } from './tables/documentScores.ts'
import { uniqueIds } from './uniqueIds.ts'

export type ClausesView = {
  clauses: ClauseView[]
  structureHash: Sha256
  contentHash: Sha256
}

/** The document as the contract's `/clauses` shows it. Ids are unique even where the body's are not. */
export function viewClauses(
  blocks: readonly Block[],
  fields: PrintedFields,
  model: NumberingModel,
): ClausesView {
  const levels = blocks.map((block) => block.level)
  const labels = numberBlocks(levels, model)
  const parents = parentIndexes(levels)
  const ids = uniqueIds(blocks)
  const scores = documentScores(blocks)
  const idAt = (index: number | null | undefined) =>
    index === null || index === undefined ? null : (ids[index] ?? null)
  const clauses = blocks.map((block, index) => ({
    id: ids[index] ?? '',
    level: block.level,
    label: labels[index] ?? '',
    text: blockText(block),
    hash: clauseHash(block),
    parentId: idAt(parents[index]),
    ...(scores.has(index) && { scores: scores.get(index) }),
  }))
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
