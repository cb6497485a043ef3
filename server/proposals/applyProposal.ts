import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { ClauseId } from '../../shared/base/ids.ts'
import { carriedText, readCarried } from '../../shared/clauses/carriedText.ts'
import { type Block, isClauseLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import {
  deleteClause,
  findBlock,
  insertClause,
  readBody,
  setClauseText,
} from '../../shared/clauses/yjs.ts'
import { contentBlock, ProposalContent } from '../../shared/proposals/content.ts'
import { mergedText, mergeProposal } from '../../shared/proposals/mergeWords.ts'
import { putWords, type Seat, seatOf } from '../clauses/putBlock.ts'
import { setTableText } from '../clauses/setTableText.ts'
import type { ProposalRow } from './proposalStore.ts'

/** What to do where the clause has moved on, and what else was proposed. */
export type Applying = {
  /** Proposals made at the same time: an insertion may come after one that was not accepted. */
  siblings: readonly ProposalRow[]
  /** Hash of the clause as whoever decides has it on screen, with what the two come to; null asks for the first words. */
  onHash: string | null
}

/**
 * Does to the text what the proposal says, provided its clause is still the one it started from, or the one on which
 * whoever decides has seen the two merged.
 * @returns what stood there before
 * @throws {AppError} proposal/stale-base; content/refused for a table whose shape was changed in words alone
 */
export function applyProposal(
  doc: Y.Doc,
  proposal: ProposalRow,
  { siblings, onHash }: Applying,
): Seat {
  const ids = uniqueIds(readBody(doc))
  const clauseId = proposal.clause_id as ClauseId
  const seat = seatOf(doc, clauseId)
  if (proposal.kind === 'insert') {
    if (seat) throw new AppError('proposal/stale-base', { hash: clauseHash(seat.block) })
    insertClause(doc, placeAfter(proposal, ids, siblings), newBlock(proposal, clauseId))
    return null
  }
  const hash = seat && clauseHash(seat.block)
  const isMerge = hash !== proposal.base_hash
  if (!seat || (isMerge && hash !== onHash))
    throw new AppError('proposal/stale-base', hash ? { hash } : {})
  switch (proposal.kind) {
    case 'edit':
      setWords(doc, proposal, seat.block, isMerge)
      setLevel(doc, proposal)
      break
    case 'delete':
      if (ids.length === 1) throw new AppError('content/refused', { what: 'last' })
      deleteClause(doc, clauseId)
      break
    case 'move': {
      const others = ids.filter((id) => id !== clauseId)
      const after = placeAfter(proposal, others, siblings)
      deleteClause(doc, clauseId)
      insertClause(doc, after, levelled(seat.block, proposal.level))
      setWords(doc, proposal, seat.block, isMerge)
      break
    }
    default:
      throw new Error(`a proposal of unknown kind: ${proposal.kind}`)
  }
  return seat
}

function setWords(doc: Y.Doc, proposal: ProposalRow, block: Block, isMerge: boolean): void {
  const { clause_id, content, base_text } = proposal
  if (isMerge) setText(doc, clause_id, mergedOn(proposal, block), block)
  // Words that it does not change are not its business, whatever became of their marks.
  else if (content !== null && proposal.text !== base_text) {
    const standing = seatOf(doc, clause_id)?.block ?? block
    const level = isTable(standing) ? 'text' : standing.level
    putWords(
      doc,
      clause_id,
      contentBlock(ProposalContent.parse(JSON.parse(content)), block.id, level),
    )
  } else setText(doc, clause_id, proposal.text, block)
}

/** @throws {AppError} proposal/stale-base where the two say different things in one place */
function mergedOn({ base_text, text }: ProposalRow, block: Block): string {
  const merge =
    base_text === null ? null : mergeProposal(base_text, text, carriedText(block), isTable(block))
  const merged = merge && mergedText(merge)
  if (merged === null) throw new AppError('proposal/stale-base', { hash: clauseHash(block) })
  return merged
}

function setText(doc: Y.Doc, clauseId: string, text: string, block: Block): void {
  if (text === carriedText(block)) return
  if (!isTable(block)) setClauseText(doc, clauseId, readCarried(text))
  else if (!setTableText(doc, clauseId, text))
    throw new AppError('content/refused', { what: 'table' })
}

const levelled = (block: Block, level: string | null): Block =>
  isTable(block) || !isClauseLevel(level) ? block : { ...block, level }

function setLevel(doc: Y.Doc, { clause_id, level }: ProposalRow): void {
  const element = findBlock(doc, clause_id)
  if (!isClauseLevel(level) || element?.nodeName !== 'clause') return
  if (element.getAttribute('level') !== level) element.setAttribute('level', level)
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

function newBlock({ level, text, content }: ProposalRow, id: ClauseId): Block {
  const clauseLevel = isClauseLevel(level) ? level : 'text'
  if (content !== null)
    return contentBlock(ProposalContent.parse(JSON.parse(content)), id, clauseLevel)
  if (level !== 'table') return { id, level: clauseLevel, runs: readCarried(text) }
  return tableOfText(id, text)
}

/** Cells parted by tabs, rows by newlines, filled up to a rectangle. */
function tableOfText(id: ClauseId, text: string): Block {
  const rows = text.split('\n').map((row) => row.split('\t'))
  const width = Math.max(...rows.map((cells) => cells.length))
  return {
    id,
    level: 'table',
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
