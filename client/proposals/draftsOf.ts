import { carriedText } from '../../shared/clauses/carriedText.ts'
import { type Block, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { contentOf } from '../../shared/proposals/content.ts'
import type { BlockChange } from '../../shared/proposals/diffBlocks.ts'
import { ProposalDraft } from '../../shared/proposals/draft.ts'

/** What is sent of a draft, one proposal per clause. @param blocks of the draft itself */
export function draftsOf(
  changes: readonly BlockChange[],
  blocks: readonly Block[],
): ProposalDraft[] {
  const ids = uniqueIds(blocks)
  return changes.map((change): ProposalDraft => {
    const { kind, clauseId } = change
    const block = blocks[ids.indexOf(clauseId)]
    const isNew = !('before' in change)
    const rewritten = kind !== 'delete' && (isNew || change.text !== carriedText(change.before))
    const relevelled = kind !== 'delete' && (isNew || change.level !== change.before.level)
    return ProposalDraft.parse({
      kind,
      clauseId,
      ...('before' in change && { baseHash: clauseHash(change.before) }),
      ...('afterClauseId' in change && { afterClauseId: change.afterClauseId }),
      ...(relevelled && { level: block && isTable(block) ? 'table' : change.level }),
      ...(rewritten && block && { content: contentOf(block) }),
    })
  })
}
