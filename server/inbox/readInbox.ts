import type { Actor } from '../../shared/accounts/account.ts'
import { INBOX_LIMIT, type InboxItem } from '../../shared/inbox/api.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import type { AppDeps } from '../authorize.ts'
import { type DocumentRecord, documentsOfBloc } from '../documents/documentStore.ts'
import { type DueItem, dueItems } from './dueItems.ts'
import { choicesOf, itemsOf, seenOf } from './inboxStore.ts'
import { viewItems } from './viewItems.ts'

/** `state`: an item that was dealt with once is new again when this has changed. */
export type Told = { item: InboxItem; state: string; isDue: boolean }

/**
 * What somebody is told of, as the rows stand now: what he may read, of the kinds he wants, over all blocs of his
 * agency, the newest first.
 */
export async function readInbox(
  deps: AppDeps,
  { userId, agencyId }: Pick<Actor, 'userId' | 'agencyId'>,
): Promise<Told[]> {
  if (agencyId === null) return []
  const { read } = deps.platform.database
  const { documents, due } = await gather(deps, userId, agencyId)
  const seen = await seenOf(read, userId)
  const found = due.map(({ key, state, item }) => ({
    item: { ...item, read: seen.get(key) === state },
    state,
    isDue: true,
  }))
  const items = await viewItems(read, await itemsOf(read, userId), documents, agencyId)
  const stored = items.map((item) => ({ item, state: item.at, isDue: false }))
  const choices = await choicesOf(read, userId)
  return [...found, ...stored]
    .filter(({ item: { kind } }) => kind === 'signature' || choices[kind])
    .sort(({ item: a }, { item: b }) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, INBOX_LIMIT)
}

async function gather(deps: AppDeps, userId: string, agencyId: string) {
  const { clock, database } = deps.platform
  const due: DueItem[] = []
  const documents = new Map<string, DocumentRecord>()
  const blocs = await database.read
    .selectFrom('membership')
    .select('bloc_id')
    .where('agency_id', '=', agencyId)
    .execute()
  for (const { bloc_id } of blocs) {
    const actor = await findBlocActor(database.read, userId, bloc_id, clock())
    for (const document of await documentsOfBloc(database.read, bloc_id)) {
      documents.set(document.id, document)
      if (actor) due.push(...(await dueItems(deps, actor, document)))
    }
  }
  return { documents, due }
}
