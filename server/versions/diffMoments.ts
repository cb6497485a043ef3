import type { Block, SayReference } from '../../shared/clauses/clause.ts'
import { placeBlocks } from '../../shared/clauses/describePlace.ts'
import { elsewhereFrom, printSaid, sayReferences } from '../../shared/clauses/sayReferences.ts'
import { readBody } from '../../shared/clauses/yjs.ts'
import { diffDocuments } from '../../shared/diff/diffDocuments.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import type { ClauseDiffView, DiffView } from '../../shared/versions/api.ts'
import { findPeople } from '../accounts/accountStore.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Database } from '../platform/database.ts'
import { type Moment, textAt } from '../sync/pastText.ts'
import { signedPair } from './attribution.ts'

/** Rows of the log between two texts up to which it is looked up who took out what. */
const SIGNED_ROWS = 20_000

/** What changed between two moments of a text, and who did it. */
export async function diffMoments(
  database: Database,
  document: DocumentRecord,
  from: Moment,
  to: Moment,
): Promise<DiffView> {
  const { before, after } = await pairOf(database, from, to)
  const model = numberingModel(document.kind)
  const say = (blocks: readonly Block[]): SayReference => {
    const said = sayReferences(blocks, model, elsewhereFrom({}))
    return (reference) => printSaid(said(reference))
  }
  const labels = (blocks: readonly Block[]) =>
    new Map(placeBlocks(blocks, model).map(({ id, label }) => [id, label]))
  const [was, now] = [labels(before), labels(after)]
  const items = diffDocuments(before, after, {
    sayBefore: say(before),
    sayAfter: say(after),
  }).map(
    (item): ClauseDiffView => ({
      ...item,
      label: (item.kind === 'removed' ? was : now).get(item.clauseId) ?? '',
    }),
  )
  const person = await findPeople(database.read, signersOf(items))
  return {
    from: { revision: from.revision },
    to: { revision: to.revision },
    people: [...signersOf(items)].map(person),
    items,
  }
}

async function pairOf(database: Database, from: Moment, to: Moment) {
  const isNear = from.epoch === to.epoch && to.revision - from.revision <= SIGNED_ROWS
  if (isNear) return signedPair(database, from, to)
  const [before, after] = [await blocksAt(database, from), await blocksAt(database, to)]
  return { before, after }
}

export async function blocksAt({ read }: Database, moment: Moment): Promise<Block[]> {
  const doc = await textAt(read, moment)
  const blocks = readBody(doc)
  doc.destroy()
  return blocks
}

function signersOf(items: readonly ClauseDiffView[]): Set<string> {
  const cells = items.flatMap(({ table }) => table?.rows.flatMap((row) => row.cells) ?? [])
  const parts = [
    ...items.flatMap(({ parts }) => parts ?? []),
    ...cells.flatMap(({ parts }) => parts),
  ]
  return new Set(parts.flatMap(({ by }) => by ?? []))
}
