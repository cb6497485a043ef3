import type { AgencyId, Sha256 } from '../../shared/base/ids.ts'
import type { BracketDecision, Brackets, BracketView } from '../../shared/brackets/api.ts'
import { blockBrackets, optionHash, type PlacedBracket } from '../../shared/brackets/bracket.ts'
import type { Block, Run } from '../../shared/clauses/clause.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** How runs read, references as when they were made. */
export const sayRuns = (runs: readonly Run[]): string =>
  runs.map(({ text, reference }) => reference?.was ?? text).join('')

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
    .where('outcome', '!=', 'claimed')
    .orderBy('at', 'desc')
    .limit(200)
    .execute()
  const person = await findPeople(
    db,
    [...words, ...decisions].map(({ account_id }) => account_id),
  )
  const said = (clauseId: string, hash: string, word: string) =>
    words
      .filter((row) => row.clause_id === clauseId && row.option_hash === hash && row.word === word)
      .map((row) => ({
        agencyId: row.agency_id as AgencyId,
        by: person(row.account_id),
        at: new Date(row.at).toISOString(),
      }))
  const ids = uniqueIds(blocks)
  return {
    brackets: blocks.flatMap((block, at) => {
      const clauseId = ids[at] ?? ''
      return blockBrackets(block).map(
        ({ index, runs, options }): BracketView => ({
          clauseId,
          index,
          hash: clauseHash(block),
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

export async function unsay(
  tx: Tx,
  { documentId, clauseId, agencyId }: Pick<Word, 'documentId' | 'clauseId' | 'agencyId'>,
  word: 'proposes' | 'supports',
  options: readonly Sha256[],
): Promise<void> {
  await tx
    .deleteFrom('bracket_word')
    .where('document_id', '=', documentId)
    .where('clause_id', '=', clauseId)
    .where('agency_id', '=', agencyId)
    .where('word', '=', word)
    .where('option_hash', 'in', options)
    .execute()
}

export const findBracket = (block: Block, index: number): PlacedBracket | undefined =>
  blockBrackets(block)[index]

/** The option of a clause that says these words, as somebody has just put them there. */
export function findOption(
  blocks: readonly Block[],
  clauseId: string,
  words: string,
): Sha256 | undefined {
  const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
  const wanted = optionHash([{ text: words, marks: [] }])
  const options = block ? blockBrackets(block).flatMap((bracket) => bracket.options) : []
  return options.find(({ hash }) => hash === wanted)?.hash
}
