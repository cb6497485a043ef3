import { randomBytes } from 'node:crypto'
import type { AgencyId } from '../../shared/base/ids.ts'
import type { PlaceKind } from '../../shared/signing/api.ts'
import { placeIdOf } from '../../shared/signing/places.ts'
import type { Reader, Tx } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import { TEST_LABEL } from './appearance.ts'
import { OIDS, readCertificate } from './certificateDer.ts'
import {
  createRoot,
  fromPem,
  issueLeaf,
  keyOfRequest,
  type Subject,
  toPem,
} from './issueCertificate.ts'

/**
 * The installation's own certificate authority. Whoever runs the server can read its key, so all that it certifies
 * calls itself a test signature, in the certificate and on the page.
 */
export type Authority = { certificate: Buffer; pem: string; privateKey: string }

const ONLY = 'root'
const DAY = 86_400_000
const ROOT_DAYS = 20 * 365
const LEAF_DAYS = 400
/** Clocks differ a little; a certificate made now is valid on all of them. */
const LEEWAY = 5 * 60_000

export async function findAuthority(db: Reader | Tx): Promise<Authority | undefined> {
  const row = await db.selectFrom('authority').selectAll().where('id', '=', ONLY).executeTakeFirst()
  return (
    row && {
      certificate: fromPem(row.certificate),
      pem: row.certificate,
      privateKey: row.private_key,
    }
  )
}

/** Made at its first use. */
export async function openAuthority(platform: Platform): Promise<Authority> {
  const { database, clock } = platform
  const existing = await findAuthority(database.read)
  if (existing) return existing
  const now = clock()
  const root = createRoot(
    [
      [OIDS.commonName, 'Nhất Trí - chứng thực nội bộ của khối thi đua'],
      [OIDS.unit, TEST_LABEL],
    ],
    { notBefore: now - LEEWAY, notAfter: now + ROOT_DAYS * DAY },
    newSerial(),
  )
  return database.write(async (tx) => {
    // Two first uses at once: the row that came first is the authority.
    await tx
      .insertInto('authority')
      .values({
        id: ONLY,
        certificate: toPem(root.certificate),
        private_key: root.privateKey,
        created_at: now,
      })
      .onConflict((c) => c.doNothing())
      .execute()
    const stored = await findAuthority(tx)
    if (!stored) throw new Error('the authority was not stored')
    return stored
  })
}

function newSerial(): Buffer {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

export type Holder = {
  name: string
  agencyId: AgencyId
  agency: string
  kind: PlaceKind
}

/**
 * A certificate for one place of one agency: the subject comes from our rows, whatever the request says.
 * @throws {DerError} when the request is not a signed request of a P-256 key
 */
export function certify(authority: Authority, csr: string, holder: Holder, now: number) {
  const spki = keyOfRequest(csr)
  const subject: Subject = [
    [OIDS.commonName, holder.kind === 'person' ? holder.name : holder.agency],
    [OIDS.organisation, holder.agency],
    [OIDS.unit, TEST_LABEL],
    // The place it may fill, so that a file alone shows whether the right one signed.
    [OIDS.serialNumber, placeIdOf(holder.agencyId, holder.kind)],
  ]
  const end = readCertificate(authority.certificate).notAfter
  const validity = { notBefore: now - LEEWAY, notAfter: Math.min(now + LEAF_DAYS * DAY, end) }
  const der = issueLeaf(authority, { spki, subject, validity, serial: newSerial() })
  return readCertificate(der)
}
