import { type Block, type BlockLevel, blockText } from '../clauses/clause.ts'
import { canonicalText, type PrintedFields } from '../clauses/hash.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'

/** What the structure hash covers, with the beginning of each clause's words, so that one that is gone can be named. */
export type AgreedStructure = {
  fields: PrintedFields
  order: { id: string; level: BlockLevel; head: string }[]
}

const HEAD = 80

export function agreedStructure(
  blocks: readonly Block[],
  { title, place, recipients, signingTitles }: PrintedFields,
): AgreedStructure {
  const ids = uniqueIds(blocks)
  return {
    fields: { title, place, recipients, signingTitles },
    order: blocks.map((block, index) => ({
      id: ids[index] ?? '',
      level: block.level,
      head: canonicalText(blockText(block)).slice(0, HEAD),
    })),
  }
}
