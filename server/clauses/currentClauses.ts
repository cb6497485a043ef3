import { type ClausesView, viewClauses } from '../../shared/clauses/viewClauses.ts'
import {
  type DocumentKind,
  numberingModel,
  type RecordFields,
} from '../../shared/documents/document.ts'
import type { AppDeps } from '../authorize.ts'
import type { CommittedText } from '../sync/rooms.ts'
import {
  documentsNamed,
  NO_OTHER_TEXTS,
  type OtherTexts,
  otherTexts,
  type Referring,
} from './otherTexts.ts'

/** What of a document's row its clauses and hashes depend on. */
export type PrintedRecord = RecordFields & {
  id: string
  kind: DocumentKind
  epoch: string
  revision: number
}

export type ClausesNow = ClausesView & { revision: number }

/** A row of the log never changes, so neither does what is seen at it, but for what other documents say. */
const REMEMBERED = 64
const remembered = new Map<
  string,
  { key: string; stamp: string; standsAlone: boolean; now: ClausesNow }
>()

const keyOf = ({ title, place, recipients, signingTitles }: PrintedRecord, at: Point) =>
  JSON.stringify([at.epoch, at.revision, title, place, recipients, signingTitles])

type Point = { epoch: string; revision: number }

/**
 * Clauses, labels and hashes of a text with the record printed around it.
 * @param others without them, references to other documents read as when somebody last looked, or when they were made:
 * no hash depends on it
 */
export function clausesAt(
  record: PrintedRecord,
  text: Pick<CommittedText, 'blocks' | 'epoch' | 'revision'>,
  others: OtherTexts | null = null,
): ClausesNow {
  const key = keyOf(record, text)
  const known = remembered.get(record.id)
  if (known?.key === key && (others === null || known.stamp === others.stamp)) return known.now
  const { elsewhere, stamp } = others ?? NO_OTHER_TEXTS
  const view = viewClauses(text.blocks, record, numberingModel(record.kind), elsewhere)
  const now = { ...view, revision: text.revision }
  const standsAlone = documentsNamed(text.blocks).length === 0
  if (others === null && !standsAlone) return now
  remembered.delete(record.id)
  remembered.set(record.id, { key, stamp, standsAlone, now })
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break
    remembered.delete(oldest)
  }
  return now
}

/** The clauses as they are on disk now. @throws {AppError} server/busy when the text cannot be loaded */
export async function currentClauses(
  deps: AppDeps,
  record: PrintedRecord & Referring,
): Promise<ClausesNow> {
  const known = remembered.get(record.id)
  if (known?.standsAlone && known.key === keyOf(record, record)) return known.now
  const text = await deps.rooms.read(record.id)
  return clausesAt(record, text, await otherTexts(deps, record, text.blocks))
}
