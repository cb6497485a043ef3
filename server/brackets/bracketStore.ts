import type { AgencyId, Sha256 } from '../../shared/base/ids.ts'
import type { BracketDecision, Brackets, BracketView } from '../../shared/brackets/api.ts'
import { blockBrackets, type PlacedBracket } from '../../shared/brackets/bracket.ts'
import type { Renamed } from '../../shared/brackets/bracketEdits.ts'
import { type Block, sayRuns } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** All brackets of a text with who says what of them, and what has been decided so far, the last decision first. */
export async function viewBrackets(
  db: Reader | Tx,
  documentId: string,
  blocks: readonly Block[],
): Promise<Brackets> {
  const words = await db
    .selectFrom('bracket_word')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('at')
    .orderBy('agency_id')
    .execute()
  const decisions = await db
    .selectFrom('bracket_decision')
    .selectAll()
    .where('document_id', '=', documentId)
    .orderBy('at', 'desc')
    .limit(200)
    .execute()
  const person = await findPeople(
    db,
    [...words, ...decisions].map(({ account_id }) => account_id),
  )
  const bySubject = new Map<string, typeof words>()
  for (const row of words) {
    const subject = subjectOf(row.clause_id, row.option_hash, row.word)
    const rows = bySubject.get(subject)
    if (rows) rows.push(row)
    else bySubject.set(subject, [row])
  }
  const said = (clauseId: string, hash: string, word: string) =>
    (bySubject.get(subjectOf(clauseId, hash, word)) ?? []).map((row) => ({
      agencyId: row.agency_id as AgencyId,
      by: person(row.account_id),
      at: new Date(row.at).toISOString(),
    }))
  const ids = uniqueIds(blocks)
  return {
    brackets: blocks.flatMap((block, at) => {
      const clauseId = ids[at] ?? ''
      const ofClause = { clauseId, hash: clauseHash(block) }
      return blockBrackets(block).map(
        ({ index, runs, options }): BracketView => ({
          ...ofClause,
          index,
          text: sayRuns(runs),
          options: options.map(({ hash, runs: option }) => {
            const [proposedBy] = said(clauseId, hash, 'proposes')
            const supportedBy = said(clauseId, hash, 'supports')
            return { hash, text: sayRuns(option), ...(proposedBy && { proposedBy }), supportedBy }
          }),
        }),
      )
    }),
    decisions: decisions.map((row) => ({
      clauseId: row.clause_id,
      text: (JSON.parse(row.words) as { text: string }).text,
      chosen: row.chosen,
      outcome: row.outcome as BracketDecision['outcome'],
      by: person(row.account_id),
      at: new Date(row.at).toISOString(),
    })),
  }
}

const subjectOf = (clauseId: string, hash: string, word: string) =>
  JSON.stringify([clauseId, hash, word])

export type Word = {
  documentId: string
  clauseId: string
  agencyId: string
  accountId: string
  at: number
}

/** Also where the agency has said so before: the later time counts. */
export async function say(
  tx: Tx,
  { documentId, clauseId, agencyId, accountId, at }: Word,
  word: 'proposes' | 'supports',
  option: Sha256,
): Promise<void> {
  await unsay(tx, { documentId, clauseId, agencyId }, word, [option])
  await tx
    .insertInto('bracket_word')
    .values({
      document_id: documentId,
      clause_id: clauseId,
      option_hash: option,
      agency_id: agencyId,
      word,
      account_id: accountId,
      at,
    })
    .execute()
}

/** @param options those of one bracket at most. @returns whether it had said so of any of them */
export async function unsay(
  tx: Tx,
  { documentId, clauseId, agencyId }: Pick<Word, 'documentId' | 'clauseId' | 'agencyId'>,
  word: 'proposes' | 'supports',
  options: readonly Sha256[],
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('bracket_word')
    .where('document_id', '=', documentId)
    .where('clause_id', '=', clauseId)
    .where('agency_id', '=', agencyId)
    .where('word', '=', word)
    .where('option_hash', 'in', options)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

type Place = Pick<Word, 'documentId' | 'clauseId'>

/** What was said of a bracket goes with it. */
export async function endWords(
  tx: Tx,
  { documentId, clauseId }: Place,
  { options }: PlacedBracket,
): Promise<void> {
  const hashes = options.map(({ hash }) => hash)
  await tx
    .deleteFrom('bracket_word')
    .where('document_id', '=', documentId)
    .where('clause_id', '=', clauseId)
    .where('option_hash', 'in', hashes)
    .execute()
}

/** What was said of the same words in other brackets goes on to be said of those. */
export async function renameWords(
  tx: Tx,
  { documentId, clauseId }: Place,
  renamed: readonly Renamed[],
): Promise<void> {
  for (const { from, to } of renamed)
    await tx
      .updateTable('bracket_word')
      .set({ option_hash: to })
      .where('document_id', '=', documentId)
      .where('clause_id', '=', clauseId)
      .where('option_hash', '=', from)
      .execute()
}

export const findBracket = (block: Block, index: number): PlacedBracket | undefined =>
  blockBrackets(block)[index]
