import type { AppDeps } from '../authorize.ts'

/** Open editors of the bloc's other documents ask again what their references to this one say. */
export async function tellReferring(
  { platform, rooms }: AppDeps,
  documentId: string,
): Promise<void> {
  const others = await platform.database.read
    .selectFrom('document as other')
    .innerJoin('document as own', 'own.bloc_id', 'other.bloc_id')
    .select('other.id')
    .where('own.id', '=', documentId)
    .where('other.id', '!=', documentId)
    .execute()
  for (const { id } of others) rooms.notify(id, { type: 'reference' })
}
