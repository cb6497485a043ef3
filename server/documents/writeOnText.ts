import { AppError } from '../../shared/base/errors.ts'
import type { AppDeps } from '../authorize.ts'
import { type ClausesNow, clausesAt } from '../clauses/currentClauses.ts'
import type { Tx } from '../platform/database.ts'
import type { CommittedText } from '../sync/rooms.ts'
import { type DocumentRecord, findDocument } from './documentStore.ts'

export type Standing = {
  document: DocumentRecord
  text: CommittedText
  /** Worked out when it is asked for; not every act is about hashes. */
  readonly now: ClausesNow
}

/**
 * One transaction on a document whose text stands still meanwhile: what is written about hashes is true of the row and
 * the text together. Await nothing in `work` but the database.
 * @throws {AppError} server/busy when the text on disk has moved on, as another node could do
 */
export function writeOnText<T>(
  { platform, rooms }: AppDeps,
  documentId: string,
  work: (tx: Tx, standing: Standing) => Promise<T>,
): Promise<T> {
  return rooms.exclusive(documentId, (text) =>
    platform.database.write(async (tx) => {
      const document = await findDocument(tx, documentId)
      if (!document) throw new AppError('document/not-found')
      if (document.revision !== text.revision || document.epoch !== text.epoch)
        throw new AppError('server/busy')
      let seen: ClausesNow | null = null
      return work(tx, {
        document,
        text,
        get now() {
          seen ??= clausesAt(document, text)
          return seen
        },
      })
    }),
  )
}
