import type { AgencyRole, PersonRole } from '../../../shared/accounts/account.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import type { TestServer, Visitor } from '../../support/testServer.ts'

export const PARTIES = ['vpdbqh', 'snv', 'vpub', 'stc', 'stnmt', 'skhcn', 'skhdt'] as const

export type Clauses = {
  revision: number
  contentHash: string
  structureHash: string
  clauses: ClauseView[]
}

export const clausesOf = async (visitor: Visitor, documentId: string): Promise<Clauses> =>
  (await visitor.call<Clauses>('GET', `/api/documents/${documentId}/clauses`)).body

/** Everybody signed in, without the dear hashing of a password that other tests are about. */
export function crowd(server: TestServer): (account: string) => Promise<Visitor> {
  const known = new Map<string, Promise<Visitor>>()
  const enter = async (account: string) => {
    const { id } = await server.platform.database.read
      .selectFrom('account')
      .select('id')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
    const { cookie } = await server.app.deps.sessions.open(id)
    return server.visitor(cookie.split(';')[0])
  }
  return (account) => {
    const visitor = known.get(account) ?? enter(account)
    known.set(account, visitor)
    return visitor
  }
}

type Crowd = ReturnType<typeof crowd>

export async function allAgree(person: Crowd, documentId: string): Promise<void> {
  for (const agency of PARTIES) {
    const head = await person(`${agency}.head`)
    const { contentHash } = await clausesOf(head, documentId)
    const answer = await head.call('PUT', `/api/documents/${documentId}/positions`, {
      position: 'agreed',
      contentHash,
    })
    if (answer.status !== 200) throw new Error(`${agency} could not agree: ${answer.status}`)
  }
}

/** Everybody agrees and the lead locks. */
export async function lock(person: Crowd, documentId: string): Promise<DocumentView> {
  await allAgree(person, documentId)
  const lead = await person('vpdbqh.head')
  await lead.stepUp()
  const answer = await lead.call<DocumentView>('POST', `/api/documents/${documentId}/lock`)
  if (answer.status !== 200) throw new Error(`lock answered ${answer.status}`)
  return answer.body
}

export async function unlock(person: Crowd, documentId: string): Promise<void> {
  const lead = await person('vpdbqh.head')
  await lead.stepUp()
  const answer = await lead.call('POST', `/api/documents/${documentId}/unlock`, { reason: 'sửa' })
  if (answer.status !== 200) throw new Error(`unlock answered ${answer.status}`)
}

/** Puts an account into the rows, with the password of the sample accounts. @returns its id */
export async function addAccount(
  { platform }: TestServer,
  person: { account: string; agencyId: string | null; role: PersonRole; mandated?: boolean },
): Promise<string> {
  const { database, newId, clock } = platform
  const id = newId()
  await database.write(async (tx) => {
    const { password_hash } = await tx
      .selectFrom('account')
      .select('password_hash')
      .where('account', '=', 'operator')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('account')
      .values({
        id,
        account: person.account,
        name: `Người ${person.account}`,
        agency_id: person.agencyId,
        role: person.role,
        password_hash,
        created_at: clock(),
        disabled_at: null,
      })
      .execute()
    if (person.mandated)
      await tx
        .insertInto('mandate')
        .values({
          id: newId(),
          account_id: id,
          starts_at: clock() - 1000,
          ends_at: clock() + 3_600_000,
        })
        .execute()
  })
  return id
}

/** Another bloc of the same installation. @returns its id; the agency's id is `code` */
export async function addBloc(
  { platform }: TestServer,
  code: string,
  role: AgencyRole = 'lead',
): Promise<string> {
  const { database, newId } = platform
  const id = newId()
  await database.write(async (tx) => {
    await tx
      .insertInto('bloc')
      .values({ id, name: 'Khối khác', short_name: 'Khối', year: 2022, deputy_acts_until: null })
      .execute()
    await tx
      .insertInto('agency')
      .values({ id: code, code, name: `Cơ quan ${code}`, short_name: code })
      .execute()
    await tx
      .insertInto('membership')
      .values({ bloc_id: id, agency_id: code, role, rank: 0 })
      .execute()
  })
  return id
}

/** One more agency that takes positions, behind the others in protocol order. */
export const addParty = (
  { platform, blocId }: TestServer,
  agency: { id: string; name: string; shortName: string },
): Promise<void> =>
  platform.database.write(async (tx) => {
    const { id, name, shortName: short_name } = agency
    await tx.insertInto('agency').values({ id, code: id, name, short_name }).execute()
    const { rank } = await tx
      .selectFrom('membership')
      .select((eb) => eb.fn.max('rank').as('rank'))
      .where('bloc_id', '=', blocId)
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('membership')
      .values({ bloc_id: blocId, agency_id: id, role: 'member', rank: Number(rank) + 1 })
      .execute()
  })

export const delegateToDeputy = ({ platform, blocId }: TestServer, until: number | null) =>
  platform.database.write((tx) =>
    tx.updateTable('bloc').set({ deputy_acts_until: until }).where('id', '=', blocId).execute(),
  )
