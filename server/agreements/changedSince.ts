import { agreedStructure } from '../../shared/agreements/agreedStructure.ts'
import type { ChangedSince } from '../../shared/agreements/api.ts'
import { structureChanges } from '../../shared/agreements/structureChanges.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { Sha256 } from '../../shared/base/ids.ts'
import type { Block, SayReference } from '../../shared/clauses/clause.ts'
import { nothingElsewhere, printSaid, sayReferences } from '../../shared/clauses/sayReferences.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { diffDocuments } from '../../shared/diff/diffDocuments.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import type { ClausesNow } from '../clauses/currentClauses.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Database } from '../platform/database.ts'
import type { CommittedText } from '../sync/rooms.ts'
import { findAgreedWords, recoverAgreedWords } from './agreedWords.ts'
import { authorsSince } from './authorsSince.ts'
import { agreedHashes } from './positionStore.ts'

type Sought = {
  document: DocumentRecord
  text: CommittedText
  now: ClausesNow
  clauseId: string
  since: string
}

/**
 * What has become of words that somebody took a position on (P13), and who changed them. References read on both sides
 * as they do now: another number is no change.
 * @throws {AppError} position/no-words where nobody has ever taken a position on such words
 */
export async function changedSince(database: Database, sought: Sought): Promise<ChangedSince> {
  const { document, text, now, clauseId, since } = sought
  const db = database.read
  const { id: documentId, epoch, revision } = document
  const words =
    (await findAgreedWords(db, documentId, clauseId, since)) ??
    (await recoverAgreedWords(database, { documentId, epoch, clauseId, hash: since }))
  if (!words) throw new AppError('position/no-words')
  const hash = agreedHashes(now).get(clauseId) ?? null
  const span = { from: words, to: { epoch, revision } }
  const base = {
    clauseId,
    since: since as Sha256,
    hash,
    authors: await authorsSince(db, { documentId, clauseId, hash: since, ...span }),
  }
  if ('structure' in words)
    return {
      ...base,
      structure: structureChanges(words.structure, agreedStructure(text.blocks, document)),
    }
  const current = text.blocks[uniqueIds(text.blocks).indexOf(clauseId)]
  const said = sayReferences(text.blocks, numberingModel(document.kind), nothingElsewhere)
  const say: SayReference = (reference) => printSaid(said(reference))
  const [diff] = diffDocuments(
    [{ ...words.block, id: clauseId } as Block],
    current ? [{ ...current, id: clauseId } as Block] : [],
    { sayBefore: say, sayAfter: say },
  )
  return { ...base, ...(diff?.table ? { table: diff.table } : { parts: diff?.parts ?? [] }) }
}
