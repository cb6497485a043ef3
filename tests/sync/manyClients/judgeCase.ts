import * as Y from 'yjs'
import { applyStored } from '../../../server/sync/updateLog.ts'
import { blockText } from '../../../shared/clauses/clause.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { readBody } from '../../../shared/clauses/yjs.ts'
import { fields } from '../../support/builders.ts'
import { accountId, type TestRooms } from '../testRooms.ts'
import type { HonestClient } from './HonestClient.ts'
import { EVIL } from './Hostile.ts'
import type { HiddenWord, Ledger } from './Ledger.ts'

/** What else must hold of words that a concurrent act has hidden. @returns problems */
export type JudgeHidden = (
  hidden: readonly HiddenWord[],
  documentId: string,
) => Promise<readonly string[]>

export type Evidence = {
  world: TestRooms
  documentId: string
  /** All are connected; the last has just come for the first time. */
  clients: readonly HonestClient[]
  /** Those whose machines are lost. */
  gone: readonly HonestClient[]
  ledger: Ledger
  /** What is found is added here. */
  problems: string[]
  judgeHidden?: JudgeHidden
}

const PATIENCE_MS = 20_000

/** @returns whether the fact came about within twenty seconds */
export async function comesAbout(fact: () => boolean): Promise<boolean> {
  const started = performance.now()
  while (!fact()) {
    if (performance.now() - started > PATIENCE_MS) return false
    await new Promise((go) => setTimeout(go, 2))
  }
  return true
}

/** Everything that is stored of a document's text, and the revision its row has. */
export async function revisionAndBytes({ database: { read } }: TestRooms, documentId: string) {
  const { revision } = await read
    .selectFrom('document')
    .select('revision')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  const rows = await read
    .selectFrom('document_update')
    .select('bytes')
    .where('document_id', '=', documentId)
    .orderBy('seq')
    .execute()
  return { revision, rows: rows.map((row) => row.bytes) }
}

/** The text as the rows make it, whatever the rooms think. */
export async function seenOnDisk(world: TestRooms, documentId: string) {
  const { revision, rows } = await revisionAndBytes(world, documentId)
  const doc = new Y.Doc()
  // Without the clean-up of marks that a client does on the way: that is no part of the log.
  applyStored(doc, rows)
  const blocks = readBody(doc)
  const { contentHash, clauses } = viewClauses(blocks, fields(), 'articles')
  const text = blocks.map(blockText).join('\n')
  return { hash: contentHash, body: JSON.stringify(blocks), revision, clauses, text, doc }
}

/** Looks at a case that has come to rest. */
export async function judgeCase(evidence: Evidence): Promise<void> {
  const { world, documentId, clients, ledger, problems, judgeHidden } = evidence
  // Before it answers, the room has mended what it has to mend.
  let server = await world.rooms.read(documentId)
  let disk = await seenOnDisk(world, documentId)
  // Yjs's clients clear idle marks away after the last edit: a row may come between the two looks.
  for (let look = 0; look < 20 && server.revision !== disk.revision; look += 1) {
    server = await world.rooms.read(documentId)
    disk = await seenOnDisk(world, documentId)
  }
  const bodyOf = ({ doc }: HonestClient) => JSON.stringify(readBody(doc))
  const isEqual = await comesAbout(
    () =>
      clients.at(-1)?.isSaved === true && clients.every((client) => bodyOf(client) === disk.body),
  )
  if (server.revision !== disk.revision || JSON.stringify(server.blocks) !== disk.body)
    problems.push('the room is not what the disk is')
  for (const { author, doc } of clients) {
    const { contentHash } = viewClauses(readBody(doc), fields(), 'articles')
    if (contentHash !== disk.hash) problems.push(`client ${author} has another text`)
    if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
      problems.push(`client ${author} was given something with a gap`)
  }
  if (!isEqual && problems.length === 0) problems.push('marks or structure differ')
  if (disk.doc.store.pendingStructs !== null) problems.push('something with a gap is on disk')

  const ids = disk.clauses.map(({ id }) => id)
  if (new Set(ids).size !== ids.length || ids.includes('')) problems.push('clause ids repeat')
  if (disk.text.includes(EVIL)) problems.push('forged words are in the text')
  const found = ledger.judge(
    disk.text,
    ({ client, clock }) => clock < Y.getState(disk.doc.store, client),
  )
  problems.push(...found.problems)
  if (judgeHidden) problems.push(...(await judgeHidden(found.hidden, documentId)))
  judgePresence(evidence)
  await judgeLate(evidence)
}

function judgePresence({ clients, gone, problems }: Evidence): void {
  const owners = new Map<number, string>()
  for (const { clientIds, place } of [...gone, ...clients])
    for (const id of clientIds) owners.set(id, accountId(place.account))
  for (const client of clients)
    for (const [clientId, user] of client.presence) {
      if (user.name === EVIL) problems.push('a forged name is shown')
      const owner = owners.get(clientId)
      if (owner !== undefined && user.id !== owner)
        problems.push(`client ${clientId} is shown as ${user.id}`)
    }
}

/** What was refused for the lock was kept first. */
async function judgeLate({ world, documentId, clients, gone, problems }: Evidence): Promise<void> {
  const rows = await world.database.read
    .selectFrom('late_update')
    .select(['id', 'bytes'])
    .where('document_id', '=', documentId)
    .execute()
  const kept = new Map(rows.map(({ id, bytes }) => [id as unknown, bytes]))
  for (const client of [...gone, ...clients])
    for (const { token, lateId } of client.kept)
      if (!kept.get(lateId)?.includes(token))
        problems.push(`${token} came after the lock and was not kept`)
}
