import type { AppDeps } from '../authorize.ts'
import { findDocument } from '../documents/documentStore.ts'
import { keepVersion } from './keepVersion.ts'
import { revisionBefore } from './versionStore.ts'

/** Nobody has written for so long: the session is over. */
const QUIET_MS = 5 * 60_000
/** Of people who never rest, an hour's work is a version. */
const LONG_MS = 60 * 60_000
const LOOK_MS = 60_000

/**
 * Keeps a version at the end of each session of writing. The log itself says when that was, so none is missed when the
 * server has been down.
 * @returns stops it; resolves when it looks no more
 */
export function watchSessions(deps: AppDeps): () => Promise<void> {
  let looking: Promise<void> | undefined
  const look = () => {
    looking ??= keepSessions(deps)
      .catch((cause) => deps.platform.log.error({ err: cause }, 'sessions.failed'))
      .finally(() => {
        looking = undefined
      })
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await looking
  }
}

/** Keeps a version of every document whose last session is over, in the name of who wrote last. */
export async function keepSessions(deps: AppDeps): Promise<void> {
  const { database, clock } = deps.platform
  for (const { id } of await unkept(deps)) {
    const document = await findDocument(database.read, id)
    if (!document) continue
    const { epoch, revision } = document
    const newest = { document_id: id, epoch, revision: revision + 1 }
    const kept = await revisionBefore(database.read, newest)
    const rows = database.read
      .selectFrom('document_update')
      .innerJoin('account', 'account.id', 'document_update.account_id')
      .select(['document_update.account_id', 'document_update.at'])
      .where('document_id', '=', id)
      .where('epoch', '=', epoch)
      .where('seq', '>', kept)
    const first = await rows.orderBy('seq').executeTakeFirst()
    const last = await rows.orderBy('seq', 'desc').executeTakeFirst()
    // Nobody's edits, those of the server itself, are no session.
    if (!first || !last) continue
    const isOver = last.at <= clock() - QUIET_MS || first.at <= clock() - LONG_MS
    if (isOver) await keepVersion(deps, document, { kind: 'session', accountId: last.account_id })
  }
}

const unkept = ({ platform: { database } }: AppDeps) =>
  database.read
    .selectFrom('document')
    .select('id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('version')
            .select('version.id')
            .whereRef('version.document_id', '=', 'document.id')
            .whereRef('version.epoch', '=', 'document.epoch')
            .whereRef('version.revision', '=', 'document.revision'),
        ),
      ),
    )
    .execute()
