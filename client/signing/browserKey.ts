import { signingRoutes } from '../../shared/signing/api.ts'
import { call } from '../base/api.ts'
import { fetchPart } from '../base/fetchPart.ts'
import { forgetKey, readKey, type SigningKey, writeKey } from './keyStore.ts'

/** Why this browser cannot sign at all. */
export class CannotSign extends Error {
  readonly reason: 'insecure' | 'noStore'
  constructor(reason: 'insecure' | 'noStore', options?: ErrorOptions) {
    super(reason, options)
    this.name = 'CannotSign'
    this.reason = reason
  }
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
/** A certificate that ends while its owner reads the consent is of no use. */
const LEFT_MS = 10 * 60_000

export const keyName = (accountId: string, kind: 'person' | 'seal') => `${accountId}:${kind}`

/**
 * The key of this account on this device: the one kept, or a new one with a certificate of the bloc's authority.
 * @throws {CannotSign} where the browser makes or keeps no keys
 * @throws {ApiError} of the enrolment, such as `auth/step-up-required`, or of `fetchPart`
 */
export async function signingKey(name: string, now: number): Promise<SigningKey> {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) throw new CannotSign('insecure')
  const kept = await stored(() => readKey(name))
  if (kept && kept.notAfter > now + LEFT_MS) return kept
  const fresh = await enrol()
  await stored(() => writeKey(name, fresh))
  return fresh
}

export const dropSigningKey = (name: string): Promise<undefined> => stored(() => forgetKey(name))

async function enrol(): Promise<SigningKey> {
  // Big and needed once a year: fetched when somebody signs. The polyfill has to be there first.
  await fetchPart(() => import('reflect-metadata'))
  const x509 = await fetchPart(() => import('@peculiar/x509'))
  const keys = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    // The server takes the subject from the session; a request has to carry some name.
    name: 'CN=Nhat Tri',
    keys,
    signingAlgorithm: SIGNING,
  })
  const answer = await call(signingRoutes.enrol, { body: { csr: request.toString('pem') } })
  const { notAfter } = new x509.X509Certificate(answer.certificate)
  return {
    keys,
    certificate: derOfPem(answer.certificate),
    chain: answer.chain.map(derOfPem),
    notAfter: notAfter.getTime(),
  }
}

async function stored<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw new CannotSign('noStore', { cause })
  }
}

/** The base64 inside a PEM block is its DER. */
export const derOfPem = (pem: string): string =>
  pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
