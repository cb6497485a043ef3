import { accountId, DOCUMENT, type TestRooms } from '../testRooms.ts'

/** Parties of the test bloc, whose people may write. */
const AGENCIES = ['vpdbqh', 'snv', 'stc'] as const

/** A document of its own in the shared test server, and people who work on nothing else. */
export type Case = { documentId: string; accounts: readonly string[] }

const letters = (n: number) =>
  [...n.toString().padStart(7, '0')].map((digit) => 'qwertyuiop'[Number(digit)]).join('')

/** @param people how many accounts, spread over the agencies */
export async function openCase(world: TestRooms, seed: number, people: number): Promise<Case> {
  const { read, write } = world.database
  const documentId = `case${seed}x`.padEnd(21, '0')
  const template = await read
    .selectFrom('document')
    .selectAll()
    .where('id', '=', DOCUMENT)
    .executeTakeFirstOrThrow()
  const rows = await read
    .selectFrom('document_update')
    .selectAll()
    .where('document_id', '=', DOCUMENT)
    .execute()
  const sample = await read
    .selectFrom('account')
    .selectAll()
    .where('id', '=', accountId('stc.officer'))
    .executeTakeFirstOrThrow()
  const accounts = Array.from({ length: people }, (_, i) => `${letters(seed)}.${'abcdefgh'[i]}`)
  await write(async (tx) => {
    await tx
      .insertInto('document')
      // One edition each: a bloc has one covenant an edition.
      .values({ ...template, id: documentId, edition: seed + 1000 })
      .execute()
    for (const row of rows)
      await tx
        .insertInto('document_update')
        .values({ ...row, document_id: documentId })
        .execute()
    for (const [i, account] of accounts.entries())
      await tx
        .insertInto('account')
        .values({
          ...sample,
          id: accountId(account),
          account,
          name: `Người ${account}`,
          agency_id: AGENCIES[i % AGENCIES.length] as string,
        })
        .execute()
  })
  return { documentId, accounts }
}

export async function setRole(
  world: TestRooms,
  account: string,
  change: { role?: string; disabled_at?: number | null },
): Promise<void> {
  await world.database.write((tx) =>
    tx.updateTable('account').set(change).where('id', '=', accountId(account)).execute(),
  )
}
