import * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { ClauseId } from '../../shared/base/ids.ts'
import { carriedText, readCarried } from '../../shared/clauses/carriedText.ts'
import { type Block, isClauseLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import {
  bodyOf,
  deleteClause,
  insertClause,
  readBody,
  setClauseText,
} from '../../shared/clauses/yjs.ts'
import type { ProposalRow } from './proposalStore.ts'
import { setTableText } from './setTableText.ts'

/**
 * Does to the text what the proposal says, provided its clause is still the one it started from.
 * @param siblings proposals made at the same time: an insertion may come after one that was not accepted
 * @throws {AppError} proposal/stale-base; content/refused for a table whose shape was changed, which the lead does by hand
 */
export function applyProposal(
  doc: Y.Doc,
  proposal: ProposalRow,
  siblings: readonly ProposalRow[],
): void {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  const clauseId = proposal.clause_id as ClauseId
  const block = blocks[ids.indexOf(clauseId)]
  if (proposal.kind === 'insert') {
    if (block) throw new AppError('proposal/stale-base', { hash: clauseHash(block) })
    insertClause(doc, placeAfter(proposal, ids, siblings), newBlock(proposal, clauseId))
    return
  }
  const hash = block && clauseHash(block)
  if (!block || hash !== proposal.base_hash)
    throw new AppError('proposal/stale-base', hash ? { hash } : {})
  switch (proposal.kind) {
    case 'edit':
      setText(doc, proposal, block)
      setLevel(doc, ids.indexOf(clauseId), proposal.level)
      return
    case 'delete':
      deleteClause(doc, clauseId)
      return
    case 'move': {
      const others = ids.filter((id) => id !== clauseId)
      const after = placeAfter(proposal, others, siblings)
      deleteClause(doc, clauseId)
      insertClause(doc, after, levelled({ ...block, id: clauseId }, proposal.level))
      setText(doc, proposal, block)
      return
    }
    default:
      throw new Error(`a proposal of unknown kind: ${proposal.kind}`)
  }
}

function setText(doc: Y.Doc, { clause_id, text }: ProposalRow, block: Block): void {
  if (text === carriedText(block)) return
  if (!isTable(block)) setClauseText(doc, clause_id, readCarried(text))
  else if (!setTableText(doc, clause_id, text))
    throw new AppError('content/refused', { what: 'table' })
}

const levelled = (block: Block, level: string | null): Block =>
  isTable(block) || !isClauseLevel(level) ? block : { ...block, level }

function setLevel(doc: Y.Doc, index: number, level: string | null): void {
  if (!isClauseLevel(level)) return
  const elements = (bodyOf(doc).toArray() as unknown[]).filter(
    (child): child is Y.XmlElement =>
      child instanceof Y.XmlElement && (child.nodeName === 'clause' || child.nodeName === 'table'),
  )
  const element = elements[index]
  if (element?.nodeName === 'clause' && element.getAttribute('level') !== level)
    element.setAttribute('level', level)
}

/** @throws {AppError} proposal/stale-base when the place is gone */
function placeAfter(
  { after_clause_id }: ProposalRow,
  ids: readonly string[],
  siblings: readonly ProposalRow[],
): string | null {
  let after = after_clause_id
  for (let steps = 0; after !== null && !ids.includes(after); steps += 1) {
    const before = siblings.find(({ kind, clause_id }) => kind === 'insert' && clause_id === after)
    if (!before || steps > siblings.length)
      throw new AppError('proposal/stale-base', { afterClauseId: after })
    after = before.after_clause_id
  }
  return after
}

function newBlock({ level, text }: ProposalRow, id: ClauseId): Block {
  if (level !== 'table')
    return { id, level: isClauseLevel(level) ? level : 'text', runs: readCarried(text) }
  const rows = text.split('\n').map((row) => row.split('\t'))
  const width = Math.max(...rows.map((cells) => cells.length))
  return {
    id,
    level,
    rows: rows.map((cells) => ({
      cells: Array.from({ length: width }, (_, column) => ({
        header: false,
        colspan: 1,
        rowspan: 1,
        colwidth: null,
        paragraphs: [readCarried(cells[column] ?? '')],
      })),
    })),
  }
}
