import type { Selectable } from 'kysely'
import type { Actor } from '../../shared/accounts/account.ts'
import type { AuditEntry } from '../../shared/audit/api.ts'
import { entryHash, FIRST_LINK } from '../../shared/audit/chain.ts'
import type { Json } from '../../shared/base/canonicalJson.ts'
import type { Sha256 } from '../../shared/base/ids.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Schema } from '../platform/schema.ts'

export type Act = {
  blocId: string
  /** Milliseconds since 1970. */
  at: number
  /** Null for an act of the server itself. */
  actor: Pick<Actor, 'userId' | 'name' | 'agencyId'> | null
  event: string
  subject: string
  facts: { [key: string]: Json }
}

/** Links one act to the bloc's chain, in the transaction of the act itself: neither stands without the other. */
export async function appendAudit(tx: Tx, act: Act): Promise<Sha256> {
  const last = await lastLink(tx, act.blocId)
  const { actor } = act
  const entry: Omit<AuditEntry, 'hash'> = {
    seq: last.seq + 1,
    at: new Date(act.at).toISOString(),
    actor: actor && { id: actor.userId, name: actor.name, agencyId: actor.agencyId },
    event: act.event,
    subject: act.subject,
    facts: act.facts,
    prev: last.hash,
  }
  const hash = entryHash(entry)
  await tx
    .insertInto('audit')
    .values({
      bloc_id: act.blocId,
      seq: entry.seq,
      at: act.at,
      actor: JSON.stringify(entry.actor),
      event: entry.event,
      subject: entry.subject,
      facts: JSON.stringify(entry.facts),
      prev: entry.prev,
      hash,
    })
    .execute()
  return hash
}

/** Head of the chain; seq 0 and 64 zeros while it is empty. */
export async function lastLink(
  db: Reader | Tx,
  blocId: string,
): Promise<{ seq: number; hash: Sha256 }> {
  const last = await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .where('bloc_id', '=', blocId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? { seq: last.seq, hash: last.hash as Sha256 } : { seq: 0, hash: FIRST_LINK }
}

export async function auditEntries(db: Reader | Tx, blocId: string): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('bloc_id', '=', blocId)
    .orderBy('seq')
    .execute()
  return rows.map(entryOf)
}

/** @throws when the row is no longer what was written */
export const entryOf = (row: Selectable<Schema['audit']>): AuditEntry => ({
  seq: row.seq,
  at: new Date(row.at).toISOString(),
  actor: JSON.parse(row.actor) as AuditEntry['actor'],
  event: row.event,
  subject: row.subject,
  facts: JSON.parse(row.facts) as AuditEntry['facts'],
  prev: row.prev as Sha256,
  hash: row.hash as Sha256,
})
