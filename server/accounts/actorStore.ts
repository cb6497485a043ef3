import type { Actor, BlocActor } from '../../shared/accounts/account.ts'
import { AgencyRole, PersonRole } from '../../shared/accounts/account.ts'
import type { AgencyId, BlocId, UserId } from '../../shared/base/ids.ts'
import { compileOnce } from '../platform/compileOnce.ts'
import type { Reader, Tx } from '../platform/database.ts'

const account = (db: Reader | Tx, accountId: string, now: number) =>
  db
    .selectFrom('account')
    .select(['account.id', 'account.name', 'account.agency_id', 'account.role'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('mandate')
            .select('mandate.id')
            .whereRef('mandate.account_id', '=', 'account.id')
            .where('starts_at', '<=', now)
            .where('ends_at', '>', now),
        )
        .as('mandated'),
    )
    .where('account.id', '=', accountId)
    .where('disabled_at', 'is', null)

const accountRow = compileOnce(account)
const accountInBloc = compileOnce(
  (db: Reader | Tx, accountId: string, blocId: string, now: number) =>
    account(db, accountId, now)
      .leftJoin('membership', (join) =>
        join
          .onRef('membership.agency_id', '=', 'account.agency_id')
          .on('membership.bloc_id', '=', blocId),
      )
      .select('membership.role as agency_role'),
)

type AccountRow = Awaited<ReturnType<typeof accountRow>>[number]

const actorOf = (row: AccountRow): Actor => ({
  userId: row.id as UserId,
  name: row.name,
  agencyId: row.agency_id as AgencyId | null,
  role: PersonRole.parse(row.role),
  mandated: Boolean(row.mandated),
})

/** Who this account is at `now`, from the rows; undefined once it is disabled or gone. */
export async function findActor(
  db: Reader | Tx,
  accountId: string,
  now: number,
): Promise<Actor | undefined> {
  const [row] = await accountRow(db, accountId, now)
  return row && actorOf(row)
}

const stampParts = (db: Reader | Tx, now: number) =>
  db
    .selectFrom('account')
    .leftJoin('agency', 'agency.id', 'account.agency_id')
    .leftJoin('membership', 'membership.agency_id', 'account.agency_id')
    .select(['account.id', 'account.name', 'account.role', 'account.disabled_at'])
    .select(['agency.short_name', 'membership.bloc_id', 'membership.role as agency_role'])
    .select((eb) =>
      eb
        .selectFrom('mandate')
        .select(eb.fn.countAll().as('n'))
        .whereRef('mandate.account_id', '=', 'account.id')
        .where('starts_at', '<=', now)
        .where('ends_at', '>', now)
        .as('mandates'),
    )
    .orderBy('membership.bloc_id')

const stampPartsOfOne = compileOnce((db: Reader | Tx, now: number, accountId: string) =>
  stampParts(db, now).where('account.id', '=', accountId),
)

/**
 * One text per account that changes whenever something does that its rights or its name hang on; absent for an
 * account that is gone.
 */
export async function rightsStamps(
  db: Reader,
  accountIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const [only = ''] = accountIds
  const rows =
    accountIds.length === 1
      ? await stampPartsOfOne(db, now, only)
      : await stampParts(db, now).where('account.id', 'in', accountIds).execute()
  const stamps = new Map<string, string>()
  for (const { id, ...rest } of rows)
    stamps.set(id, `${stamps.get(id) ?? ''}${JSON.stringify(Object.values(rest))}`)
  return stamps
}

/** The same person as seen from one bloc; `agencyRole` is null for an outsider, also for the operator. */
export async function findBlocActor(
  db: Reader | Tx,
  accountId: string,
  blocId: string,
  now: number,
): Promise<BlocActor | undefined> {
  const [row] = await accountInBloc(db, accountId, blocId, now)
  return (
    row && {
      ...actorOf(row),
      blocId: blocId as BlocId,
      agencyRole: row.agency_role === null ? null : AgencyRole.parse(row.agency_role),
    }
  )
}
