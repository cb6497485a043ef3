import * as Y from 'yjs'
import type { Actor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { carriedText } from '../../shared/clauses/carriedText.ts'
import { type Block, type BlockLevel, isTable } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { CLAUSE_LIMIT } from '../../shared/clauses/limits.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { insertClause } from '../../shared/clauses/yjs.ts'
import { contentBlock } from '../../shared/proposals/content.ts'
import { draftProblem, type ProposalDraft } from '../../shared/proposals/draft.ts'
import { appendAudit } from '../audit/auditStore.ts'
import { type AppDeps, demandDrafting } from '../authorize.ts'
import { writeOnText } from '../documents/writeOnText.ts'
import { inspectContent, ownWork } from '../sync/inspectContent.ts'
import { insertProposals, type ProposalRow, proposalsOf } from './proposalStore.ts'

export type Making = {
  documentId: string
  actor: Actor
  drafts: readonly ProposalDraft[]
  /** Said of all of them. */
  note: string | null
  batchId: string | null
}

/**
 * Rows of what somebody proposes, all or none, while the text stands still.
 * @returns their ids, in the order of the drafts
 * @throws {AppError} input/invalid, document/wrong-phase, clause/not-found, proposal/stale-base, content/refused
 */
export async function makeProposals(deps: AppDeps, making: Making): Promise<string[]> {
  const { clock, newId } = deps.platform
  const { documentId, actor, drafts } = making
  for (const draft of drafts) demandSound(draft)
  const ids = await writeOnText(deps, documentId, async (tx, { document, text }) => {
    demandDrafting(document)
    const names = uniqueIds(text.blocks)
    const blocks = new Map(names.map((id, index) => [id, text.blocks[index] as Block]))
    const known = await proposalsOf(tx, documentId)
    const insertions = known.filter(({ kind, status }) => kind === 'insert' && status === 'open')
    const taken = new Set(insertions.map(({ clause_id }) => clause_id))
    const places = new Set([
      ...names,
      ...insertions.flatMap((row) => (row.account_id === actor.userId ? row.clause_id : [])),
    ])
    const at = clock()
    const rows = drafts.map((draft, index): ProposalRow => {
      const block = blocks.get(draft.clauseId)
      if (draft.kind === 'insert') {
        if (block || taken.has(draft.clauseId))
          throw new AppError('proposal/stale-base', block ? { hash: clauseHash(block) } : {})
        taken.add(draft.clauseId)
      } else if (!block) throw new AppError('clause/not-found')
      const after = draft.afterClauseId ?? null
      if (after !== null && !places.has(after)) throw new AppError('clause/not-found')
      places.add(draft.clauseId)
      const said = { ...saidBy(draft, block), batch_id: making.batchId }
      const by = { account_id: actor.userId, agency_id: actor.agencyId ?? '' }
      const note = draft.note ?? making.note
      // A millisecond apart, so that lists keep the order of the text.
      return {
        ...NOTHING,
        ...said,
        ...by,
        note,
        id: newId(),
        document_id: documentId,
        at: at + index,
      }
    })
    await insertProposals(tx, rows)
    for (const { id, clause_id: clauseId, kind } of rows)
      await appendAudit(tx, {
        blocId: document.blocId,
        at,
        actor,
        event: 'proposal.made',
        subject: id,
        facts: { documentId, clauseId, kind },
      })
    return rows.map(({ id }) => id)
  })
  deps.rooms.notify(documentId, { type: 'proposal' })
  return ids
}

const NOTHING = {
  origin: 'suggestion',
  status: 'open',
  late_update_id: null,
  decided_by: null,
  decided_at: null,
  reason: null,
  accepted_revision: null,
} as const

function demandSound(draft: ProposalDraft): void {
  const field = draftProblem(draft)
  if (field) throw new AppError('input/invalid', { problems: [{ at: `body.${field}` }] })
  demandContent(draft)
}

/** What an editor would throw away on opening is refused at once, not when somebody accepts it. */
function demandContent({ content, clauseId, text }: ProposalDraft): void {
  if ((text?.length ?? 0) > CLAUSE_LIMIT) throw new AppError('input/too-large', { of: 'clause' })
  if (!content) return
  const doc = new Y.Doc()
  try {
    doc.transact((transaction) => {
      insertClause(doc, null, contentBlock(content, clauseId, 'text'))
      const problem = inspectContent(doc, transaction, ownWork(doc))
      if (problem) throw new AppError(problem.code, problem.details)
    })
  } finally {
    doc.destroy()
  }
}

type Said = Pick<
  ProposalRow,
  | 'clause_id'
  | 'kind'
  | 'after_clause_id'
  | 'base_hash'
  | 'base_text'
  | 'level'
  | 'text'
  | 'content'
>

/** @param block the clause as it stands; absent for an insertion */
function saidBy(draft: ProposalDraft, block: Block | undefined): Said {
  const { kind, clauseId, baseHash, content } = draft
  const hash = block && clauseHash(block)
  if (block && baseHash !== hash) throw new AppError('proposal/stale-base', { hash })
  const level = draft.level ?? null
  demandLevel(level, block, kind)
  const text = wordsOf(draft, block)
  const isChange =
    !block ||
    kind !== 'edit' ||
    text !== carriedText(block) ||
    (level ?? block.level) !== block.level
  if (!isChange) throw new AppError('input/invalid', { problems: [{ at: 'body.text' }] })
  return {
    clause_id: clauseId,
    kind,
    after_clause_id: draft.afterClauseId ?? null,
    base_hash: hash ?? null,
    base_text: block ? carriedText(block) : null,
    level: level === block?.level ? null : level,
    text,
    content: content ? JSON.stringify(content) : null,
  }
}

/** A clause never becomes a table, nor a table a clause. */
function demandLevel(level: BlockLevel | null, block: Block | undefined, kind: string): void {
  if (level === null || !block || kind === 'insert') return
  if ((level === 'table') !== isTable(block))
    throw new AppError('input/invalid', { problems: [{ at: 'body.level' }] })
}

function wordsOf({ kind, text, content, clauseId, level }: ProposalDraft, block?: Block): string {
  if (kind === 'delete') return ''
  const asTable = block ? isTable(block) : level === 'table'
  if (content) {
    if ('rows' in content !== asTable)
      throw new AppError('input/invalid', { problems: [{ at: 'body.content' }] })
    const words = carriedText(contentBlock(content, clauseId, 'text'))
    if (words.length > CLAUSE_LIMIT) throw new AppError('input/too-large', { of: 'clause' })
    return words
  }
  if (text === undefined) return block ? carriedText(block) : ''
  return carriedText({ id: clauseId, level: 'text', runs: [{ text, marks: [] }] })
}
