import type { Reader, Tx } from '../platform/database.ts'
import { type Grave, PLOTS, type Plot } from './Graveyard.ts'

export type DocumentPlace = { documentId: string; epoch: string }
/** `seq`: the row of the log that these come with. */
export type LogPlace = DocumentPlace & { seq: number }

/**
 * Writes where deleted parts of the text have been. Yjs does not remember it, and who comes back after a night offline
 * must still hear where the clause stood that he was writing in.
 */
export async function keepGraves(
  tx: Tx,
  { documentId, epoch, seq }: LogPlace,
  graves: readonly Grave[],
  plots: readonly Plot[],
): Promise<void> {
  const place = { document_id: documentId, epoch }
  for (const { root, clauseId, place: where, joinedTo, after, by } of graves)
    await tx
      .insertInto('grave')
      .values({
        ...place,
        root_client: root.client,
        root_clock: root.from,
        root_end: root.to,
        clause_id: clauseId,
        place: where,
        joined_to: joinedTo,
        after_clause_id: after,
        by_account_id: by,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  for (const { client, from, to, grave } of plots)
    await tx
      .insertInto('grave_plot')
      .values({
        ...place,
        seq,
        client,
        from_clock: from,
        to_clock: to,
        root_client: grave.root.client,
        root_clock: grave.root.from,
      })
      .execute()
}

/** The last of them, the oldest first. */
export async function loadPlots(db: Reader, { documentId, epoch }: DocumentPlace): Promise<Plot[]> {
  const rows = await db
    .selectFrom('grave_plot')
    .innerJoin('grave', (join) =>
      join
        .onRef('grave.document_id', '=', 'grave_plot.document_id')
        .onRef('grave.epoch', '=', 'grave_plot.epoch')
        .onRef('grave.root_client', '=', 'grave_plot.root_client')
        .onRef('grave.root_clock', '=', 'grave_plot.root_clock'),
    )
    .selectAll('grave')
    .select(['grave_plot.client', 'grave_plot.from_clock', 'grave_plot.to_clock'])
    .where('grave_plot.document_id', '=', documentId)
    .where('grave_plot.epoch', '=', epoch)
    .orderBy('grave_plot.seq', 'desc')
    .limit(PLOTS)
    .execute()
  const graves = new Map<string, Grave>()
  return rows.reverse().map((row) => {
    const key = `${row.root_client} ${row.root_clock}`
    const grave = graves.get(key) ?? {
      root: { client: row.root_client, from: row.root_clock, to: row.root_end },
      clauseId: row.clause_id,
      place: row.place,
      joinedTo: row.joined_to,
      after: row.after_clause_id,
      by: row.by_account_id,
    }
    graves.set(key, grave)
    return { client: row.client, from: row.from_clock, to: row.to_clock, grave }
  })
}
