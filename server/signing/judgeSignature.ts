import type { z } from 'zod'
import type { VerifiedSignature } from '../../shared/signing/api.ts'
import { CmsError, verifyCms } from './cades.ts'
import { type Certificate, isIssuedBy, OIDS } from './certificateDer.ts'
import { DerError, readDerPrefix } from './der.ts'
import type { SignedRevision } from './judgeRevision.ts'
import { readTextString } from './pdfIncrement.ts'
import { byteRange, digestAround } from './signatureRevision.ts'
import { VerifyError, type VerifyProblem } from './verifyProblem.ts'

export type SignatureFacts = {
  roots: readonly Certificate[]
  now: number
  /** Name of the agency whose place it is; null for a place that the source does not name. */
  agency: string | null
  personSigned: boolean
}

/** Two computers may differ that much. */
const CLOCK_LEEWAY = 10 * 60_000

/** @param end where the revision ends, which is where the signature must reach */
export function judgeSignature(
  bytes: Uint8Array,
  revision: SignedRevision,
  end: number,
  facts: SignatureFacts,
): z.infer<typeof VerifiedSignature> {
  const { placeId } = revision.field
  const at = claimedTime(revision.time)
  const problems: VerifyProblem[] = []
  let certificate: Certificate | undefined
  try {
    certificate = verifyCms(cmsOf(bytes, revision), rangeDigest(bytes, revision, end))
    problems.push(...certificateProblems(certificate, at, facts))
    problems.push(...signerProblems(certificate, revision, facts))
  } catch (cause) {
    if (cause instanceof CmsError) problems.push(cause.problem)
    else if (cause instanceof VerifyError) problems.push(cause.code)
    else throw cause
  }
  const parts = certificate?.subjectParts
  return {
    placeId,
    agency: parts?.get(OIDS.organisation) ?? null,
    person: (placeId.endsWith(':person') && parts?.get(OIDS.commonName)) || null,
    at: at === null ? null : new Date(at).toISOString(),
    timeSource: 'clock',
    level: 'PAdES B-B',
    valid: problems.length === 0,
    problems,
  }
}

/** The range must be the whole revision around exactly this signature's own value. */
function rangeDigest(bytes: Uint8Array, revision: SignedRevision, end: number): Buffer {
  const { contents, range } = revision
  const expected = byteRange({ start: contents.start, end: contents.end }, end)
  if (range.join() !== expected.join()) throw new VerifyError('signature/range', '')
  return digestAround(bytes.subarray(0, end), contents)
}

/** The CMS, behind which only zeros may stand: more would be a place to hide things in. */
function cmsOf(bytes: Uint8Array, { contents }: SignedRevision): Buffer {
  if (bytes[contents.start] !== 0x3c || bytes[contents.end - 1] !== 0x3e)
    throw new VerifyError('signature/padding', '')
  try {
    const { element, next } = readDerPrefix(contents.bytes)
    if (contents.bytes.subarray(next).some((byte) => byte !== 0))
      throw new VerifyError('signature/padding', '')
    return element.bytes
  } catch (cause) {
    if (cause instanceof DerError) throw new VerifyError('cms/malformed', '', { cause })
    throw cause
  }
}

function certificateProblems(
  certificate: Certificate,
  at: number | null,
  { roots, now }: SignatureFacts,
): VerifyProblem[] {
  const root = roots.find((candidate) => isIssuedBy(certificate, candidate))
  if (!root) return ['signature/untrusted']
  const problems: VerifyProblem[] = []
  const valid = (c: Certificate) => at !== null && at >= c.notBefore && at <= c.notAfter
  if (!valid(certificate) || !valid(root)) problems.push('signature/not-valid-then')
  if (at !== null && at > now + CLOCK_LEEWAY) problems.push('signature/future')
  // digitalSignature and nonRepudiation, and no authority of its own.
  if (certificate.keyUsage !== 0xc0 || certificate.isAuthority) problems.push('signature/key-usage')
  return problems
}

function signerProblems(
  { subjectParts }: Certificate,
  { field, name }: SignedRevision,
  { agency, personSigned }: SignatureFacts,
): VerifyProblem[] {
  const fits =
    agency !== null &&
    subjectParts.get(OIDS.serialNumber) === field.placeId &&
    subjectParts.get(OIDS.organisation)?.normalize('NFC') === agency &&
    subjectParts.get(OIDS.commonName) === readTextString(name)
  return [
    ...(fits ? [] : (['signature/other-signer'] as const)),
    ...(personSigned ? [] : (['signature/order'] as const)),
  ]
}

function claimedTime(text: string): number | null {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at) ? null : at
}
