import type { BlocActor } from '../../shared/accounts/account.ts'
import { AppError } from '../../shared/base/errors.ts'
import { type Seen, settleIn } from '../../shared/brackets/bracketEdits.ts'
import { sayRuns } from '../../shared/clauses/clause.ts'
import type { AppDeps } from '../authorize.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import { endWords, renameWords } from './bracketStore.ts'
import { recordBracket } from './recordBracket.ts'

export type Settling = Seen & {
  document: DocumentRecord
  actor: BlocActor
  index: number
  option: string
}

/** What each option says by its hash: the row of who loses can name it, though the text has it no more. */
type Words = { text: string; options: Record<string, string> }

/**
 * Keeps one option. Text, decision and entry in the chain are one commit; whoever saw the same bracket and comes second
 * changes nothing and is put on record as having lost.
 * @throws {AppError} bracket/decided with what was `kept`, and as `settleIn` and `rooms.edit`
 */
export async function settleBracket(deps: AppDeps, settling: Settling): Promise<void> {
  const { platform, rooms } = deps
  const { document, actor, clauseId, hash, index, option } = settling
  const rowOf = (outcome: 'kept' | 'lost', words: Words, chosen: string) => ({
    id: platform.newId(),
    document_id: document.id,
    clause_id: clauseId,
    base_hash: hash,
    place: index,
    words: JSON.stringify(words),
    chosen,
    outcome,
    account_id: actor.userId,
    at: platform.clock(),
  })

  async function recordLoss(kept: { words: Words; chosen: string }): Promise<void> {
    const row = rowOf('lost', kept.words, kept.words.options[option] ?? '')
    await platform.database.write(async (tx) => {
      await tx.insertInto('bracket_decision').values(row).execute()
      const facts = { clauseId, bracket: kept.words.text, chosen: row.chosen }
      await recordBracket(tx, { document, actor, event: 'bracket.lost', at: row.at, facts })
    })
  }

  let settled: ReturnType<typeof settleIn> | null = null
  try {
    await rooms.edit(
      document.id,
      actor.userId,
      (doc) => {
        settled = settleIn(doc, { clauseId, hash }, { index, option })
      },
      async (tx) => {
        if (!settled) throw new Error('a bracket that was not settled in the text')
        const { bracket, option: chosen, renamed } = settled
        const said = bracket.options.map((each) => [each.hash, sayRuns(each.runs)])
        const words = { text: sayRuns(bracket.runs), options: Object.fromEntries(said) }
        const row = rowOf('kept', words, sayRuns(chosen.runs))
        await tx.insertInto('bracket_decision').values(row).execute()
        const place = { documentId: document.id, clauseId }
        await endWords(tx, place, bracket)
        await renameWords(tx, place, renamed)
        const facts = { clauseId, bracket: words.text, chosen: row.chosen }
        await recordBracket(tx, { document, actor, event: 'bracket.settled', at: row.at, facts })
      },
    )
  } catch (cause) {
    // The words have changed since they were seen: it may be somebody's decision that changed them.
    const isPast =
      cause instanceof AppError && ['clause/stale-hash', 'clause/not-found'].includes(cause.code)
    const before = isPast ? await decisionOn(deps, settling) : null
    if (!before) throw cause
    await recordLoss(before)
    throw new AppError('bracket/decided', { kept: before.chosen }, { cause })
  }
  rooms.notify(document.id, { type: 'position' })
}

/** The decision on this very bracket, if somebody was first. */
async function decisionOn(
  { platform }: AppDeps,
  { document, clauseId, hash, index }: Settling,
): Promise<{ words: Words; chosen: string } | null> {
  const found = await platform.database.read
    .selectFrom('bracket_decision')
    .select(['words', 'chosen'])
    .where('document_id', '=', document.id)
    .where('clause_id', '=', clauseId)
    .where('base_hash', '=', hash)
    .where('place', '=', index)
    .where('outcome', '=', 'kept')
    .orderBy('at', 'desc')
    .executeTakeFirst()
  return found ? { words: JSON.parse(found.words) as Words, chosen: found.chosen } : null
}
