import { type ClausesView, viewClauses } from '../../shared/clauses/viewClauses.ts'
import {
  type DocumentKind,
  numberingModel,
  type RecordFields,
} from '../../shared/documents/document.ts'
import type { AppDeps } from '../authorize.ts'
import type { CommittedText } from '../sync/rooms.ts'

/** What of a document's row its clauses and hashes depend on. */
export type PrintedRecord = RecordFields & {
  id: string
  kind: DocumentKind
  epoch: string
  revision: number
}

export type ClausesNow = ClausesView & { revision: number }

/** A row of the log never changes, so neither does what is seen at it. */
const REMEMBERED = 64
const remembered = new Map<string, { key: string; now: ClausesNow }>()

const keyOf = ({ title, place, recipients, signingTitles }: PrintedRecord, at: Point) =>
  JSON.stringify([at.epoch, at.revision, title, place, recipients, signingTitles])

type Point = { epoch: string; revision: number }

/** Clauses, labels and hashes of a text with the record printed around it. */
export function clausesAt(
  record: PrintedRecord,
  text: Pick<CommittedText, 'blocks' | 'epoch' | 'revision'>,
): ClausesNow {
  const key = keyOf(record, text)
  const known = remembered.get(record.id)
  if (known?.key === key) return known.now
  const view = viewClauses(text.blocks, record, numberingModel(record.kind))
  const now = { ...view, revision: text.revision }
  remembered.delete(record.id)
  remembered.set(record.id, { key, now })
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break
    remembered.delete(oldest)
  }
  return now
}

/** The clauses as they are on disk now. @throws {AppError} server/busy when the text cannot be loaded */
export async function currentClauses(
  { rooms }: AppDeps,
  record: PrintedRecord,
): Promise<ClausesNow> {
  const known = remembered.get(record.id)
  if (known?.key === keyOf(record, record)) return known.now
  return clausesAt(record, await rooms.read(record.id))
}
