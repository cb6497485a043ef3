import type { Router } from 'express'
import type { AgencyId } from '../../shared/base/ids.ts'
import { INBOX_LIMIT, type Inbox, type InboxItem, inboxRoutes } from '../../shared/inbox/api.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import { type AppDeps, requireActor } from '../authorize.ts'
import { type DocumentRecord, documentsOfBloc } from '../documents/documentStore.ts'
import { serve } from '../platform/http.ts'
import { type DueItem, dueItems } from './dueItems.ts'
import { choicesOf, choose, itemsOf, markRead, markSeen, seenOf } from './inboxStore.ts'
import { viewItems } from './viewItems.ts'

type Reading = { userId: string; agencyId: AgencyId | null }

/** Everybody has an inbox of their own, over all blocs of their agency; nobody asks for another's. */
export function serveInbox(router: Router, deps: AppDeps): void {
  const { database, clock } = deps.platform

  serve(router, inboxRoutes.get, async ({ req }) => view((await requireActor(deps, req)).actor))

  serve(router, inboxRoutes.read, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    const { due } = await gather(actor)
    const asked = new Set(body.ids)
    await database.write(async (tx) => {
      await markRead(tx, actor.userId, body.ids, clock())
      for (const { key, state } of due)
        if (asked.has(key)) await markSeen(tx, actor.userId, key, state)
    })
    return view(actor)
  })

  serve(router, inboxRoutes.choose, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    await database.write((tx) => choose(tx, actor.userId, body))
    return view(actor)
  })

  async function view(actor: Reading): Promise<Inbox> {
    const { due, stored } = await gather(actor)
    const choices = await choicesOf(database.read, actor.userId)
    const seen = await seenOf(database.read, actor.userId)
    const found = due.map(({ key, state, item }) => ({ ...item, read: seen.get(key) === state }))
    const items = [...found, ...stored]
      .filter(({ kind }) => kind === 'signature' || choices[kind])
      .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
      .slice(0, INBOX_LIMIT)
    return { unread: items.filter(({ read }) => !read).length, items, choices }
  }

  async function gather({ userId, agencyId }: Reading) {
    const due: DueItem[] = []
    const stored: InboxItem[] = []
    if (agencyId === null) return { due, stored }
    const blocs = await database.read
      .selectFrom('membership')
      .select('bloc_id')
      .where('agency_id', '=', agencyId)
      .execute()
    const documents = new Map<string, DocumentRecord>()
    for (const { bloc_id } of blocs) {
      const actor = await findBlocActor(database.read, userId, bloc_id, clock())
      for (const document of await documentsOfBloc(database.read, bloc_id)) {
        documents.set(document.id, document)
        if (actor) due.push(...(await dueItems(deps, actor, document)))
      }
    }
    const rows = await itemsOf(database.read, userId)
    stored.push(...(await viewItems(database.read, rows, documents, agencyId)))
    return { due, stored }
  }
}
