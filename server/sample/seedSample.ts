import * as Y from 'yjs'
import { ClauseId } from '../../shared/base/ids.ts'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { viewClauses } from '../../shared/clauses/viewClauses.ts'
import { writeBody } from '../../shared/clauses/yjs.ts'
import { numberingModel, SCHEMA_VERSION } from '../../shared/documents/document.ts'
import { hashPassword } from '../accounts/password.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { Tx } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { SAMPLE_ACCOUNTS, SAMPLE_AGENCIES, SAMPLE_BLOC } from './bloc.ts'
import { covenant } from './covenant.ts'
import { plan } from './plan.ts'
import { regulation } from './regulation.ts'
import type { SampleDocument } from './sampleDocument.ts'
import { SAMPLE_THREADS, type SampleThread } from './threads.ts'

/** Wrote the templates; an account that nobody can sign in to, since it has no row. */
const SYSTEM = 'system'
/** Its Yjs clientID in every document, claimed so that nobody else can write under it. */
const SYSTEM_CLIENT = 2_022_022_801

/** Creates the sample bloc where there is none yet, all of it or nothing. */
export async function seedSample(platform: Platform): Promise<void> {
  const { config, database, log } = platform
  const isSettled = (db: Tx | typeof database.read) =>
    db.selectFrom('bloc').select('id').limit(1).executeTakeFirst()
  if (await isSettled(database.read)) return
  // One hash serves all: the password is one, and public.
  const passwordHash = await hashPassword(config.demoPassword)
  const seeded = await database.write(async (tx) => {
    if (await isSettled(tx)) return false
    await seedBloc(tx, platform, passwordHash)
    return true
  })
  if (seeded) log.info('sample.seeded')
}

async function seedBloc(tx: Tx, platform: Platform, passwordHash: string): Promise<void> {
  const { newId, clock } = platform
  const now = clock()
  const blocId = newId()
  const { name, shortName, year } = SAMPLE_BLOC
  await tx
    .insertInto('bloc')
    .values({ id: blocId, name, short_name: shortName, year, deputy_acts_until: null })
    .execute()
  await tx
    .insertInto('agency')
    .values(
      SAMPLE_AGENCIES.map(({ id, code, name, shortName }) => ({
        id,
        code,
        name,
        short_name: shortName,
      })),
    )
    .execute()
  await tx
    .insertInto('membership')
    .values(
      SAMPLE_AGENCIES.map(({ id, role }, rank) => ({ bloc_id: blocId, agency_id: id, role, rank })),
    )
    .execute()
  const accounts = SAMPLE_ACCOUNTS.map(({ account, name, agencyId, role }) => ({
    id: newId(),
    account,
    name,
    agency_id: agencyId,
    role,
    password_hash: passwordHash,
    created_at: now,
    disabled_at: null,
  }))
  await tx.insertInto('account').values(accounts).execute()
  const server = { blocId, actor: null, at: now }
  await appendAudit(tx, { ...server, event: 'bloc.created', subject: blocId, facts: { year } })

  const people = new Map(accounts.map(({ account, id, agency_id }) => [account, { id, agency_id }]))
  const newClauseId = () => ClauseId.parse(newId())
  for (const [index, sample] of [covenant, plan, regulation].entries()) {
    const document = sample(newClauseId)
    const documentId = await seedDocument(tx, platform, blocId, document, now + index)
    const { kind } = document
    const facts = { kind, edition: 1 }
    await appendAudit(tx, { ...server, event: 'document.created', subject: documentId, facts })
    const { clauses } = viewClauses(document.blocks, document, numberingModel(kind))
    for (const thread of SAMPLE_THREADS.filter((thread) => thread.document === kind)) {
      const clauseId = clauses.find(
        ({ id }) => describePlace(clauses, id, numberingModel(kind)) === thread.place,
      )?.id
      if (!clauseId)
        throw new Error(`the sample speaks of a place that is not there: ${thread.place}`)
      await seedThread(tx, platform, { thread, documentId, clauseId, people, at: now })
    }
  }
}

async function seedDocument(
  tx: Tx,
  { newId }: Platform,
  blocId: string,
  sample: SampleDocument,
  at: number,
): Promise<string> {
  const id = newId()
  const epoch = newId()
  await tx
    .insertInto('document')
    .values({
      id,
      bloc_id: blocId,
      kind: sample.kind,
      edition: 1,
      epoch,
      schema_version: SCHEMA_VERSION,
      agreement_policy: sample.agreementPolicy,
      title: sample.title,
      place: sample.place,
      recipients: JSON.stringify(sample.recipients),
      signing_titles: JSON.stringify(sample.signingTitles),
      issuer: JSON.stringify(sample.issuer),
      signers: JSON.stringify(sample.signers),
      number: sample.number,
      date: sample.date,
      revision: 1,
      phase: 'drafting',
      locked_at: null,
      locked_content: null,
      locked_structure: null,
      locked_version: null,
      seal_attempt: null,
      last_failure: null,
      current_file: null,
      completed_at: null,
      created_at: at,
    })
    .execute()
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT
  writeBody(doc, sample.blocks)
  await tx
    .insertInto('client_claim')
    .values({ document_id: id, client_id: SYSTEM_CLIENT, account_id: SYSTEM, at })
    .execute()
  await tx
    .insertInto('document_update')
    .values({
      document_id: id,
      epoch,
      seq: 1,
      bytes: Buffer.from(Y.encodeStateAsUpdate(doc)),
      account_id: SYSTEM,
      client_id: SYSTEM_CLIENT,
      at,
    })
    .execute()
  doc.destroy()
  return id
}

type SeedThread = {
  thread: SampleThread
  documentId: string
  clauseId: string
  people: ReadonlyMap<string, { id: string; agency_id: string | null }>
  at: number
}

async function seedThread(
  tx: Tx,
  { newId }: Platform,
  { thread, documentId, clauseId, people, at }: SeedThread,
): Promise<void> {
  const author = (account: string) => {
    const person = people.get(account)
    if (!person?.agency_id) throw new Error(`the sample speaks of an unknown account: ${account}`)
    return { id: person.id, agencyId: person.agency_id }
  }
  const threadId = newId()
  const opener = author(thread.by)
  await tx
    .insertInto('thread')
    .values({
      id: threadId,
      document_id: documentId,
      clause_id: clauseId,
      audience: 'all',
      status: 'open',
      agency_id: opener.agencyId,
      account_id: opener.id,
      at,
      body: thread.body,
      quote: thread.quote ?? null,
      anchor: null,
      excerpt: null,
      edited_at: null,
      deleted_at: null,
      resolved_by: null,
      resolved_at: null,
      reason: null,
      proposal_id: null,
    })
    .execute()
  for (const [index, reply] of thread.replies.entries())
    await tx
      .insertInto('thread_reply')
      .values({
        id: newId(),
        thread_id: threadId,
        account_id: author(reply.by).id,
        at: at + index + 1,
        body: reply.body,
        edited_at: null,
        deleted_at: null,
      })
      .execute()
}
