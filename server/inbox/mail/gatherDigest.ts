import { LANGUAGES, type Language } from '../../../shared/base/dictionary.ts'
import type { InboxItem } from '../../../shared/inbox/api.ts'
import { findActor } from '../../accounts/actorStore.ts'
import type { AppDeps } from '../../authorize.ts'
import type { Reader } from '../../platform/database.ts'
import { readInbox } from '../readInbox.ts'
import { findAddress, type Mailed, mailedStates, mailKindsOf } from './mailStore.ts'
import type { Digest, DigestGroup } from './writeLetters.ts'

/** Items written out in one letter; the rest is counted. */
const WRITTEN = 50

export type GatheredDigest = {
  to: string
  language: Language
  digest: Digest
  items: readonly Mailed[]
}

/**
 * What goes to somebody now: unread, of the kinds he wants by mail, and not mailed before as it is. Account, address and
 * rights are read here, at the last moment.
 * @returns null for whoever gets no mail any more; no items when nothing is new
 */
export async function gatherDigest(
  deps: AppDeps,
  accountId: string,
): Promise<GatheredDigest | null> {
  const { clock, database } = deps.platform
  const { read } = database
  const actor = await findActor(read, accountId, clock())
  const row = await findAddress(read, accountId)
  if (!actor || row?.frequency !== 'daily') return null
  const kinds = await mailKindsOf(read, accountId)
  const mailed = await mailedStates(read, accountId)
  const told = (await readInbox(deps, actor)).filter(
    ({ item, state }) =>
      !item.read &&
      (item.kind === 'signature' || kinds[item.kind]) &&
      mailed.get(item.id) !== state,
  )
  const items = told.map(({ item }) => item)
  const written = items.slice(0, WRITTEN)
  return {
    to: row.address,
    language: LANGUAGES.find((one) => one === row.language) ?? 'vi',
    digest: {
      groups: await groupsOf(read, written),
      own: await ownWords(read, written),
      count: items.length,
    },
    items: told.map(({ item, state }) => ({ key: item.id, state })),
  }
}

/** By document, the one with the newest first. */
async function groupsOf(read: Reader, items: readonly InboxItem[]): Promise<DigestGroup[]> {
  const byDocument = new Map<string, InboxItem[]>()
  for (const item of items)
    byDocument.set(item.documentId, [...(byDocument.get(item.documentId) ?? []), item])
  const groups: DigestGroup[] = []
  for (const own of byDocument.values()) {
    const [first] = own
    if (!first) continue
    const bloc = await read
      .selectFrom('bloc')
      .select(['short_name', 'year'])
      .where('id', '=', first.blocId)
      .executeTakeFirstOrThrow()
    groups.push({ document: first.document, bloc: bloc.short_name, year: bloc.year, items: own })
  }
  return groups
}

/**
 * Items whose words are not known to be for the whole bloc. An agency's own talk stays in the house: mail passes through
 * other people's servers.
 */
async function ownWords(read: Reader, items: readonly InboxItem[]): Promise<Set<string>> {
  const spoken = items.flatMap((item) => ('threadId' in item ? [item] : []))
  if (spoken.length === 0) return new Set()
  const open = await read
    .selectFrom('thread')
    .select('id')
    .where(
      'id',
      'in',
      spoken.map(({ threadId }) => threadId),
    )
    .where('audience', '=', 'all')
    .execute()
  const known = new Set(open.map(({ id }) => id))
  return new Set(spoken.filter(({ threadId }) => !known.has(threadId)).map(({ id }) => id))
}
