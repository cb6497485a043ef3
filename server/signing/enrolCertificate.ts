import type { BlocActor } from '../../shared/accounts/account.ts'
import { can } from '../../shared/accounts/permissions.ts'
import { AppError } from '../../shared/base/errors.ts'
import type { PlaceKind } from '../../shared/signing/api.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { Reader } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { certify, openAuthority } from './authority.ts'
import type { Certificate } from './certificateDer.ts'
import { DerError } from './der.ts'
import { toPem } from './issueCertificate.ts'

export type Enrolment = { actor: BlocActor; kind: PlaceKind }

/**
 * As whom an account may have a key certified: heads and mandated delegates for themselves, clerks for the seal.
 * @throws {AppError} auth/forbidden
 */
export async function enrolmentOf(
  read: Reader,
  accountId: string,
  now: number,
): Promise<Enrolment> {
  const blocs = await read
    .selectFrom('account')
    .innerJoin('membership', 'membership.agency_id', 'account.agency_id')
    .innerJoin('bloc', 'bloc.id', 'membership.bloc_id')
    .select('bloc.id')
    .where('account.id', '=', accountId)
    .orderBy('bloc.year', 'desc')
    .execute()
  for (const { id } of blocs) {
    const actor = await findBlocActor(read, accountId, id, now)
    if (actor && can(actor, 'certificate.person')) return { actor, kind: 'person' }
    if (actor && can(actor, 'certificate.seal')) return { actor, kind: 'seal' }
  }
  throw new AppError('auth/forbidden')
}

/** @throws {AppError} input/invalid for a request that is no signed request of a P-256 key */
export async function enrolCertificate(
  platform: Platform,
  { actor, kind }: Enrolment,
  csr: string,
): Promise<{ certificate: string; chain: string[] }> {
  const { database, clock } = platform
  const authority = await openAuthority(platform)
  const at = clock()
  const { agencyId } = actor
  const agency = await database.read
    .selectFrom('agency')
    .select('name')
    .where('id', '=', agencyId)
    .executeTakeFirst()
  if (!agencyId || !agency) throw new AppError('auth/forbidden')
  const holder = { name: actor.name, agencyId, agency: agency.name, kind }
  const certificate = certified(() => certify(authority, csr, holder, at))
  await database.write(async (tx) => {
    await tx
      .insertInto('certificate')
      .values({
        sha256: certificate.sha256,
        serial: certificate.serial.toString('hex'),
        account_id: actor.userId,
        agency_id: agencyId,
        kind,
        der: certificate.der,
        not_before: certificate.notBefore,
        not_after: certificate.notAfter,
        revoked_at: null,
      })
      .execute()
    const facts = { sha256: certificate.sha256, kind, agencyId }
    await appendAudit(tx, {
      blocId: actor.blocId,
      at,
      actor,
      event: 'certificate.issued',
      subject: actor.userId,
      facts,
    })
  })
  return { certificate: toPem(certificate.der), chain: [authority.pem] }
}

function certified(make: () => Certificate): Certificate {
  try {
    return make()
  } catch (cause) {
    if (cause instanceof DerError)
      throw new AppError(
        'input/invalid',
        { problems: [{ at: 'body.csr', message: cause.message }] },
        { cause },
      )
    throw cause
  }
}
