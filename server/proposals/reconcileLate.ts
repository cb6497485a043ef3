import { carriedText } from '../../shared/clauses/carriedText.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import type { BlockChange } from '../../shared/proposals/diffBlocks.ts'
import type { Tx } from '../platform/database.ts'
import type { LateRow } from './lateUpdateStore.ts'
import { type ProposalRow, proposalsOf } from './proposalStore.ts'

type Said = Pick<
  ProposalRow,
  'clause_id' | 'kind' | 'after_clause_id' | 'base_hash' | 'base_text' | 'level' | 'text'
>

/** What a proposal row says of a change. */
export const saidBy = (change: BlockChange): Said => ({
  clause_id: change.clauseId,
  kind: change.kind,
  after_clause_id: change.kind === 'insert' || change.kind === 'move' ? change.afterClauseId : null,
  base_hash: change.kind === 'insert' ? null : clauseHash(change.before),
  base_text: change.kind === 'insert' ? null : carriedText(change.before),
  level: change.kind === 'delete' ? null : change.level,
  text: change.kind === 'delete' ? '' : change.text,
})

/**
 * Brings the open late proposals of a tab up to what it has sent by now: those of the same clause and kind get the
 * new words, those that it no longer says are withdrawn. Decided ones and those of other tabs stay as they are.
 * @returns `fresh`: changes that no proposal of this person says yet; ids of the others
 */
export async function reconcileLate(
  tx: Tx,
  late: LateRow,
  changes: readonly BlockChange[],
  now: number,
): Promise<{ fresh: BlockChange[]; replaced: string[]; withdrawn: string[] }> {
  const rows = (await proposalsOf(tx, late.document_id)).filter(
    ({ account_id, origin }) => account_id === late.account_id && origin === 'late',
  )
  const open = await openOfTab(tx, late, rows)
  const others = rows.filter((row) => !open.includes(row))
  const dropped = await droppedBySilence(tx, others)
  const known = new Set(others.filter(({ id }) => !dropped.has(id)).map(wordsOf))
  const set = (id: string, change: Partial<ProposalRow>) =>
    tx
      .updateTable('proposal')
      .set({ ...change, late_update_id: late.id })
      .where('id', '=', id)
      .execute()

  const fresh: BlockChange[] = []
  const replaced: string[] = []
  const still = new Set<string>()
  for (const change of changes) {
    const said = saidBy(change)
    const row = open.find((each) => each.clause_id === said.clause_id && each.kind === said.kind)
    if (row) {
      still.add(row.id)
      if (wordsOf(row) !== wordsOf(said)) replaced.push(row.id)
      await set(row.id, said)
    } else if (!known.has(wordsOf(said))) fresh.push(change)
  }
  const withdrawn = open.map(({ id }) => id).filter((id) => !still.has(id))
  const decision = { status: 'withdrawn', decided_by: late.account_id, decided_at: now }
  for (const id of withdrawn) await set(id, decision)
  return { fresh, replaced, withdrawn }
}

async function openOfTab(
  tx: Tx,
  late: LateRow,
  rows: readonly ProposalRow[],
): Promise<ProposalRow[]> {
  if (late.client_id === null) return []
  const updates = await tx
    .selectFrom('late_update')
    .select('id')
    .where('document_id', '=', late.document_id)
    .where('epoch', '=', late.epoch)
    .where('base_revision', '=', late.base_revision)
    .where('account_id', '=', late.account_id)
    .where('client_id', '=', late.client_id)
    .execute()
  const ids = new Set(updates.map(({ id }) => id))
  return rows.filter(
    ({ status, late_update_id }) => status === 'open' && ids.has(late_update_id ?? ''),
  )
}

/** Withdrawn because the tab no longer said them, not by a person's word: said again, they count again. */
async function droppedBySilence(tx: Tx, rows: readonly ProposalRow[]): Promise<Set<string>> {
  const withdrawn = rows.filter(({ status }) => status === 'withdrawn').map(({ id }) => id)
  if (withdrawn.length === 0) return new Set()
  const byWord = await tx
    .selectFrom('audit')
    .select('subject')
    .where('event', '=', 'proposal.withdrawn')
    .where('subject', 'in', withdrawn)
    .execute()
  const spoken = new Set(byWord.map(({ subject }) => subject))
  return new Set(withdrawn.filter((id) => !spoken.has(id)))
}

/** A tab that reconnects sends again what it could not save, often together with more. */
const wordsOf = (row: Omit<Said, 'base_text'>): string =>
  JSON.stringify([row.kind, row.clause_id, row.after_clause_id, row.base_hash, row.level, row.text])
