import * as z from 'zod'
import type { DocumentId } from '../../shared/base/ids.ts'
import { readCarried } from '../../shared/clauses/carriedText.ts'
import { type Block, referencesIn, type SayReference } from '../../shared/clauses/clause.ts'
import { placeBlocks, placeDescriber } from '../../shared/clauses/describePlace.ts'
import { targetOf } from '../../shared/clauses/reference.ts'
import {
  type Elsewhere,
  elsewhereFrom,
  nothingElsewhere,
  printSaid,
  sayReferences,
} from '../../shared/clauses/sayReferences.ts'
import { citeFrom, DocumentKind, numberingModel } from '../../shared/documents/document.ts'
import type { AppDeps } from '../authorize.ts'
import type { Reader, Tx } from '../platform/database.ts'

/** What of a document's row the sayings of its references depend on. */
export type Referring = { blocId: string; lockedVersion: string | null }

/** What the references of a text to other documents say. */
export type OtherTexts = {
  elsewhere: Elsewhere
  /** Another one whenever they may say something else. */
  stamp: string
  /** Whether they still say it, of these blocks, in this transaction. */
  isCurrent(tx: Tx, blocks: readonly Block[]): Promise<boolean>
}

export const NO_OTHER_TEXTS: OtherTexts = {
  elsewhere: nothingElsewhere,
  stamp: '',
  isCurrent: async (_, blocks) => documentsNamed(blocks).length === 0,
}

/** Other documents that a text refers to. */
export const documentsNamed = (blocks: readonly Block[]): DocumentId[] => [
  ...new Set(blocks.flatMap(referencesIn).flatMap(({ document }) => document ?? [])),
]

/** What each reference to another document says, as a locked version keeps it. */
export function sayingsOf(
  blocks: readonly Block[],
  elsewhere: Elsewhere,
): Record<string, string | null> {
  const said: Record<string, string | null> = {}
  for (const { document, clause } of blocks.flatMap(referencesIn)) {
    const words = document === null ? undefined : elsewhere(document, clause)
    if (words !== undefined) said[targetOf({ document, clause })] = words
  }
  return said
}

export const KeptSayings = z.record(z.string(), z.string().nullable())

/**
 * Reads the other documents as they are now; those of another bloc are as good as gone. What is locked goes on saying
 * what it said then. Not to be called while a text is kept still: two that read each other would wait for ever.
 * @param blocks the text of `document`
 * @throws {AppError} server/busy when a text cannot be loaded
 */
export async function otherTexts(
  deps: AppDeps,
  document: Referring,
  blocks: readonly Block[],
): Promise<OtherTexts> {
  const named = documentsNamed(blocks)
  if (named.length === 0) return NO_OTHER_TEXTS
  if (document.lockedVersion !== null) return asLocked(deps, document.lockedVersion)
  return liveTexts(deps, document.blocId, new Set(named))
}

/** The named ones of a bloc's documents as they are now; whatever else is named is as good as gone. */
async function liveTexts(
  deps: AppDeps,
  blocId: string,
  named: ReadonlySet<string>,
): Promise<OtherTexts> {
  const others = new Map<string, { describe: (clauseId: string) => string; at: string }>()
  for (const { id, kind } of await documentsOf(deps.platform.database.read, blocId)) {
    if (!named.has(id)) continue
    const text = await deps.rooms.read(id)
    others.set(id, { describe: citing(text.blocks, kind), at: pointOf(text) })
  }
  return {
    elsewhere: (id, clause) =>
      named.has(id) ? others.get(id)?.describe(clause) || null : undefined,
    stamp: JSON.stringify([...others].map(([id, { at }]) => [id, at])),
    async isCurrent(tx, now) {
      const rows = await documentsOf(tx, blocId)
      const points = new Map(rows.map((row) => [row.id, pointOf(row)]))
      return documentsNamed(now).every(
        (id) => named.has(id) && points.get(id) === others.get(id)?.at,
      )
    },
  }
}

/**
 * How references read by the numbers of now, also those of a proposal that nobody has put into the text yet: what it
 * names in other documents is read from there, never from what its author wrote.
 * @param proposed as `carriedText` makes them
 */
export async function sayNow(
  deps: AppDeps,
  document: Referring & { id: string; kind: DocumentKind },
  proposed: readonly string[],
): Promise<SayReference> {
  const named = proposed.flatMap(readCarried).flatMap(({ reference }) => reference?.document ?? [])
  const { elsewhere } = await liveTexts(deps, document.blocId, new Set(named))
  const { blocks } = await deps.rooms.read(document.id)
  const said = sayReferences(blocks, numberingModel(document.kind), elsewhere)
  return (reference) => printSaid(said(reference))
}

/** All in one query: a text may name as many ids as it has room for. */
const documentsOf = (db: Reader | Tx, blocId: string) =>
  db
    .selectFrom('document')
    .select(['id', 'kind', 'epoch', 'revision'])
    .where('bloc_id', '=', blocId)
    .orderBy('id')
    .execute()

const pointOf = ({ epoch, revision }: { epoch: string; revision: number }) => `${epoch} ${revision}`

const described = new WeakMap<readonly Block[], (clauseId: string) => string>()

/** How another document cites a clause of these blocks; empty for one that is not there. */
export function citing(blocks: readonly Block[], kind: string): (clauseId: string) => string {
  const ofKind = DocumentKind.parse(kind)
  const model = numberingModel(ofKind)
  const describe = described.get(blocks) ?? placeDescriber(placeBlocks(blocks, model), model)
  described.set(blocks, describe)
  return (clauseId) => {
    const place = describe(clauseId)
    return place === '' ? '' : citeFrom(ofKind, place)
  }
}

async function asLocked({ platform }: AppDeps, version: string): Promise<OtherTexts> {
  const { content } = await platform.database.read
    .selectFrom('version')
    .select('content')
    .where('id', '=', version)
    .executeTakeFirstOrThrow()
  const { elsewhere = {} } = JSON.parse(content) as { elsewhere?: unknown }
  return {
    elsewhere: elsewhereFrom(KeptSayings.parse(elsewhere)),
    stamp: version,
    isCurrent: async () => true,
  }
}
