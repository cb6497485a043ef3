import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { ClauseId } from '../../shared/base/ids.ts'
import { carriedText, readCarried } from '../../shared/clauses/carriedText.ts'
import { type Block, type BlockLevel, isClauseLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { moveBlocks } from '../../shared/clauses/moveBlocks.ts'
import { setTableText } from '../../shared/clauses/tables/setTableText.ts'
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
import { type Line, moveNow, type Pending, placeNow } from '../../shared/proposals/placeMoves.ts'
import { putWords, type Seat, seatOf } from '../clauses/putBlock.ts'
import type { ProposalRow } from './proposalStore.ts'

/** What to do where the clause has moved on, and what else was proposed. */
export type Applying = {
  /** Its author's proposals: an insertion may come after one that was not accepted, and so may a move. */
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
  const lines = linesOf(doc)
  const clauseId = proposal.clause_id as ClauseId
  const seat = seatOf(doc, clauseId)
  if (proposal.kind === 'insert') {
    if (seat) throw new AppError('proposal/stale-base', { hash: clauseHash(seat.block) })
    const block = newBlock(proposal, clauseId)
    insertClause(doc, placeAfter(proposal, block.level, lines, siblings), block)
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
      if (lines.length === 1) throw new AppError('content/refused', { what: 'last' })
      deleteClause(doc, clauseId)
      break
    case 'move': {
      const place = moveWhole(doc, proposal, lines, siblings)
      setLevel(doc, proposal)
      setWords(doc, proposal, seat.block, isMerge)
      return { ...seat, ...place }
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

function setLevel(doc: Y.Doc, { clause_id, level }: ProposalRow): void {
  const element = findBlock(doc, clause_id)
  if (!isClauseLevel(level) || element?.nodeName !== 'clause') return
  if (element.getAttribute('level') !== level) element.setAttribute('level', level)
}

/**
 * Moves the clause with all that belongs to it.
 * @returns what of its seat lets it be taken back; it goes alone to a place among what belongs to it
 * @throws {AppError} proposal/stale-base when the place is gone
 */
function moveWhole(
  doc: Y.Doc,
  proposal: ProposalRow,
  lines: readonly Line[],
  siblings: readonly ProposalRow[],
): Pick<NonNullable<Seat>, 'whole'> {
  const { clause_id: clauseId, after_clause_id, level } = proposal
  const own = lines.find(({ id }) => id === clauseId)?.level ?? 'text'
  const move = { clauseId, after: after_clause_id, level: isClauseLevel(level) ? level : own }
  const found = moveNow(lines, move, pendingBeside(proposal, siblings))
  if (!found) throw new AppError('proposal/stale-base', { afterClauseId: after_clause_id })
  const { first, count, after } = found
  const blocks = readBody(doc)
    .slice(first, first + count)
    .map((block, index) => ({ id: (lines[first + index] as Line).id, block }))
  if (after !== (lines[first - 1]?.id ?? null)) moveBlocks(doc, blocks, after)
  if (found.isAlone) return {}
  const rest = lines.toSpliced(first, count)
  const at = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  return { whole: { was: lines[first + count]?.id ?? null, now: rest[at]?.id ?? null } }
}

/** @throws {AppError} proposal/stale-base when the place is gone */
function placeAfter(
  proposal: ProposalRow,
  level: BlockLevel,
  lines: readonly Line[],
  siblings: readonly ProposalRow[],
): string | null {
  const { after_clause_id } = proposal
  const after = placeNow(lines, level, after_clause_id, pendingBeside(proposal, siblings))
  if (after === undefined)
    throw new AppError('proposal/stale-base', { afterClauseId: after_clause_id })
  return after
}

/** What was proposed along with this one and is not in the text: it is not there to be stood behind. */
const pendingBeside = (own: ProposalRow, siblings: readonly ProposalRow[]): Pending[] =>
  siblings.flatMap((each): Pending[] => {
    const { kind, clause_id: clauseId, after_clause_id: after, status } = each
    if (kind === 'insert') return [{ kind, clauseId, after }]
    const isDue = kind === 'move' && status !== 'accepted' && each.id !== own.id
    return isDue && wereSentTogether(own, each) ? [{ kind, clauseId, after }] : []
  })

const wereSentTogether = (one: ProposalRow, other: ProposalRow) =>
  (one.batch_id !== null && one.batch_id === other.batch_id) ||
  (one.late_update_id !== null && one.late_update_id === other.late_update_id)

function linesOf(doc: Y.Doc): Line[] {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  return blocks.map(({ level }, index) => ({ id: ids[index] ?? '', level }))
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
