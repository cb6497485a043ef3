import type { ClauseId } from '../../shared/base/ids.ts'
import type { ClauseView } from '../../shared/clauses/api.ts'
import { paragraphsOf } from '../../shared/clauses/clause.ts'
import type { ProposalView } from '../../shared/proposals/api.ts'
import { contentBlock } from '../../shared/proposals/content.ts'
import type { ProposedMark } from '../clauses/suggest/markSource.ts'
import { standingOf } from './standing.ts'

/** @param title who proposes it, in words */
export function proposedMark(
  proposal: ProposalView,
  clause: ClauseView | undefined,
  title: string,
): ProposedMark {
  const { id, kind, clauseId, afterClauseId = null, level = null } = proposal
  return {
    id,
    kind,
    clauseId,
    after: afterClauseId,
    level,
    title,
    words: wordsOf(proposal, clause),
  }
}

/** Null for what cannot be laid beside the letters on the page: a conflict, other cells, references said in words. */
function wordsOf(proposal: ProposalView, clause: ClauseView | undefined): string[] | null {
  const { kind, content, text, level } = proposal
  if (kind === 'delete') return null
  const standing = standingOf(proposal, clause)
  if (kind !== 'insert' && standing.kind === 'fresh' && content)
    return paragraphsOf(contentBlock(content, 'mark' as ClauseId, 'text')).map((runs) =>
      runs.map((run) => run.text).join(''),
    )
  if (clause?.own !== undefined || (standing.kind !== 'fresh' && standing.kind !== 'merged'))
    return null
  const isTable = (clause?.level ?? level) === 'table'
  const words = kind === 'insert' ? text : standing.to
  return isTable ? words.split(/[\t\n]/) : [words]
}
