import { expect } from 'vitest'
import type { TestServer } from '../../support/testServer.ts'

const TABLES = [
  'account',
  'bloc',
  'membership',
  'document',
  'document_update',
  'client_claim',
  'late_update',
  'swallowed_text',
  'proposal',
  'proposal_support',
  'thread',
  'thread_reply',
  'inbox_item',
  'inbox_seen',
  'inbox_choice',
  'mail_address',
  'mail_code',
  'mail_letter',
  'mail_off',
  'mailed_item',
  'position',
  'personal_view',
  'agreed_words',
  'bracket_word',
  'bracket_decision',
  'version',
  'seal_attempt',
  'sealed_revision',
  'signing_place',
  'signing_preparation',
  'certificate',
  'audit',
] as const

/** Every row that an act could change; sessions and snapshots are nobody's act. */
export async function allRows({ platform }: TestServer): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of TABLES)
    rows[table] = (await platform.database.read.selectFrom(table).selectAll().execute()).map(
      (row) => JSON.stringify(row),
    )
  return rows
}

/** Runs what must be refused, and looks whether it left anything behind. */
export async function changesNothing<T>(server: TestServer, act: () => Promise<T>): Promise<T> {
  const before = await allRows(server)
  const answer = await act()
  expect(await allRows(server)).toEqual(before)
  return answer
}

export const auditEvents = async ({ platform }: TestServer): Promise<string[]> =>
  (await platform.database.read.selectFrom('audit').select('event').orderBy('seq').execute()).map(
    ({ event }) => event,
  )
