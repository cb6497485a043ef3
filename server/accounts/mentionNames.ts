import { type Mention, mentionsIn } from '../../shared/comments/mentions.ts'
import type { Reader, Tx } from '../platform/database.ts'
import { findPeople } from './accountStore.ts'

/** Names, as they are now, of whoever is mentioned in these words. */
export async function mentionNames(
  db: Reader | Tx,
  bodies: readonly string[],
): Promise<(mention: Mention) => string> {
  const mentions = bodies.flatMap(mentionsIn)
  // Each once: one thread may call the same agency thousands of times, and a question takes so many values only.
  const ids = (kind: string) => [
    ...new Set(mentions.filter((one) => one.kind === kind).map(({ id }) => id)),
  ]
  const person = await findPeople(db, ids('person'))
  const wanted = ids('agency')
  const rows =
    wanted.length === 0
      ? []
      : await db.selectFrom('agency').select(['id', 'name']).where('id', 'in', wanted).execute()
  const agencies = new Map(rows.map(({ id, name }) => [id, name]))
  return ({ kind, id }) => (kind === 'person' ? person(id).name : (agencies.get(id) ?? id))
}
