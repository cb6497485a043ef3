import type { Sha256 } from '../base/ids.ts'
import type { ClauseView } from './api.ts'
import { type Block, blockText, isTable, type NumberingModel } from './clause.ts'
import { clauseHash, contentHash, type PrintedFields, structureHash } from './hash.ts'
import { numberBlocks, parentIndexes } from './numbering.ts'
import { scoreProblems } from './tables/scoreTable.ts'
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
  const idAt = (index: number | null | undefined) =>
    index === null || index === undefined ? null : (ids[index] ?? null)
  const clauses = blocks.map((block, index) => ({
    id: ids[index] ?? '',
    level: block.level,
    label: labels[index] ?? '',
    text: blockText(block),
    hash: clauseHash(block),
    parentId: idAt(parents[index]),
    ...scoresOf(block),
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

function scoresOf(block: Block): Pick<ClauseView, 'scores'> {
  const scores = isTable(block) ? scoreProblems(block) : []
  return scores.length > 0 ? { scores } : {}
}
