import type { BlocActor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { keepOption } from '../../shared/brackets/bracket.ts'
import { blockSeen, changeParagraph, type Seen } from '../../shared/brackets/bracketEdits.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { AppDeps } from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'
import { findBracket, sayRuns } from './bracketStore.ts'

export type Settling = Seen & {
  document: DocumentRecord
  actor: BlocActor
  index: number
  option: string
}

/**
 * Keeping one option changes the text, which is the log, and leaves a decision, which is a row. So the row is claimed
 * first and becomes `kept` once the text has changed. Decisions on a document take turns: a claim that is found at the
 * beginning of one is what a crash left behind, and the text says which of the two it must become.
 * Whoever saw the same bracket and comes second changes nothing and is put on record as having lost.
 */
export function createSettling({ platform, rooms }: AppDeps) {
  const { database, clock, newId } = platform
  const turns = new Map<string, Promise<unknown>>()

  async function inTurn(documentId: string, work: () => Promise<void>): Promise<void> {
    const turn = (turns.get(documentId) ?? Promise.resolve()).then(work)
    // Its caller hears of a failure; the next in line goes on.
    const tail = turn.catch(() => undefined)
    turns.set(documentId, tail)
    void tail.then(() => {
      if (turns.get(documentId) === tail) turns.delete(documentId)
    })
    await turn
  }

  async function endClaims(document: DocumentRecord): Promise<void> {
    const claims = await database.read
      .selectFrom('bracket_decision')
      .select(['id', 'clause_id', 'base_hash'])
      .where('document_id', '=', document.id)
      .where('outcome', '=', 'claimed')
      .execute()
    if (claims.length === 0) return
    const { blocks } = await rooms.read(document.id)
    const ids = uniqueIds(blocks)
    for (const claim of claims) {
      const block = blocks[ids.indexOf(claim.clause_id)]
      if (block && clauseHash(block) === claim.base_hash)
        await database.write((tx) => drop(tx, claim.id))
      else await finish(document, claim.id)
    }
  }

  /** The claim says who and what; whoever finishes it only writes it down. */
  const finish = (document: DocumentRecord, id: string): Promise<void> =>
    database.write(async (tx) => {
      await tx
        .updateTable('bracket_decision')
        .set({ outcome: 'kept' })
        .where('id', '=', id)
        .execute()
      await record(tx, document, id, 'bracket.settled')
    })

  async function settle({ document, actor, ...seen }: Settling): Promise<void> {
    await endClaims(document)
    const { clauseId, hash, index } = seen
    const row = {
      id: newId(),
      document_id: document.id,
      clause_id: clauseId,
      base_hash: hash,
      place: index,
      account_id: actor.userId,
      at: clock(),
    }
    const before = await decided(seen, document.id)
    if (before) {
      const chosen = before.options[seen.option] ?? ''
      const { words } = before
      await database.write(async (tx) => {
        await tx
          .insertInto('bracket_decision')
          .values({ ...row, words, chosen, outcome: 'lost' })
          .execute()
        await record(tx, document, row.id, 'bracket.lost')
      })
      throw new AppError('bracket/decided', { kept: before.kept })
    }
    const block = blockSeen((await rooms.read(document.id)).blocks, seen)
    const bracket = findBracket(block, index)
    const option = bracket?.options.find((each) => each.hash === seen.option)
    if (!bracket || !option) throw new AppError('bracket/not-found')
    // What each option says: the rows of who loses can name it, though the text has it no more.
    const options = Object.fromEntries(
      bracket.options.map((each) => [each.hash, sayRuns(each.runs)]),
    )
    const words = JSON.stringify({ text: sayRuns(bracket.runs), options })
    const chosen = sayRuns(option.runs)
    await database.write((tx) =>
      tx
        .insertInto('bracket_decision')
        .values({ ...row, words, chosen, outcome: 'claimed' })
        .execute(),
    )
    try {
      await rooms.edit(document.id, actor.userId, (doc) => {
        blockSeen(readBody(doc), seen)
        const gone = keepOption(bracket, option.span).map((span) => ({ ...span, text: '' }))
        changeParagraph(doc, clauseId, bracket.paragraph, gone)
      })
    } catch (cause) {
      await database.write((tx) => drop(tx, row.id))
      throw cause
    }
    await finish(document, row.id)
    rooms.notify(document.id, { type: 'position' })
  }

  /** The decision on this very bracket, if somebody was first. */
  async function decided({ clauseId, hash, index }: Seen & { index: number }, documentId: string) {
    const found = await database.read
      .selectFrom('bracket_decision')
      .select(['words', 'chosen'])
      .where('document_id', '=', documentId)
      .where('clause_id', '=', clauseId)
      .where('base_hash', '=', hash)
      .where('place', '=', index)
      .where('outcome', '=', 'kept')
      .orderBy('at', 'desc')
      .executeTakeFirst()
    if (!found) return null
    const { blocks } = await rooms.read(documentId)
    const block = blocks[uniqueIds(blocks).indexOf(clauseId)]
    // Somebody has put the very same brackets back: they are open again.
    if (block && clauseHash(block) === hash) return null
    const { options } = JSON.parse(found.words) as { options: Record<string, string> }
    return { words: found.words, kept: found.chosen, options }
  }

  async function record(
    tx: Tx,
    document: DocumentRecord,
    id: string,
    event: string,
  ): Promise<void> {
    const row = await tx
      .selectFrom('bracket_decision')
      .innerJoin('account', 'account.id', 'bracket_decision.account_id')
      .select(['bracket_decision.clause_id', 'bracket_decision.words', 'bracket_decision.chosen'])
      .select(['bracket_decision.at', 'account.id', 'account.name', 'account.agency_id'])
      .where('bracket_decision.id', '=', id)
      .executeTakeFirstOrThrow()
    const { text } = JSON.parse(row.words) as { text: string }
    await appendAudit(tx, {
      blocId: document.blocId,
      at: row.at,
      actor: {
        userId: row.id as BlocActor['userId'],
        name: row.name,
        agencyId: row.agency_id as BlocActor['agencyId'],
      },
      event,
      subject: document.id,
      facts: { clauseId: row.clause_id, bracket: text, chosen: row.chosen },
    })
  }

  const drop = (tx: Tx, id: string) =>
    tx.deleteFrom('bracket_decision').where('id', '=', id).execute()

  return {
    /**
     * @throws {AppError} bracket/decided with what was `kept`, bracket/not-found, and as `blockSeen` and `rooms.edit`
     */
    settle: (settling: Settling): Promise<void> =>
      inTurn(settling.document.id, () => settle(settling)),
  }
}
