import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { childrenOf, type Der, DerError, fields, isOid, readDer, TAG } from './der.ts'

/** What a certificate says, as far as a signature depends on it. */
export type Certificate = {
  der: Buffer
  sha256: string
  /** DER of issuer, serial number and subject. */
  issuer: Buffer
  serial: Buffer
  subject: Buffer
  /** Subject attributes by OID; empty where one stands twice. */
  subjectParts: ReadonlyMap<string, string>
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
  key: KeyObject
  isAuthority: boolean
  /** First byte of KeyUsage: 0x80 digitalSignature, 0x40 nonRepudiation, 0x04 keyCertSign. */
  keyUsage: number | null
}

export const OIDS = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  p256Key: ['1.2.840.10045.2.1', '1.2.840.10045.3.1.7'],
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
} as const

/** Extensions that we understand; another critical one makes the certificate unusable. */
const UNDERSTOOD: readonly string[] = [OIDS.basicConstraints, OIDS.keyUsage]

/** @throws {DerError} for anything but a version 3 certificate of a P-256 key, signed by ECDSA with SHA-256 */
export function readCertificate(bytes: Uint8Array): Certificate {
  const whole = readDer(bytes)
  const [tbs, algorithm] = signedParts(whole)
  const [version, serial, inner, issuer, validity, subject, spki, extensions] = fields(tbs, [
    TAG.context0,
    TAG.integer,
    TAG.sequence,
    TAG.sequence,
    TAG.sequence,
    TAG.sequence,
    TAG.sequence,
    TAG.context3,
  ]) as [Der, Der, Der, Der, Der, Der, Der, Der]
  if (!version.content.equals(Buffer.from([TAG.integer, 1, 2])))
    throw new DerError('version 3 expected')
  if (!inner.bytes.equals(algorithm.bytes)) throw new DerError('two signature algorithms')
  const [from, to] = childrenOf(validity).map(readTime)
  if (from === undefined || to === undefined) throw new DerError('validity expected')
  return {
    der: whole.bytes,
    sha256: createHash('sha256').update(whole.bytes).digest('hex'),
    issuer: issuer.bytes,
    serial: serial.bytes,
    subject: subject.bytes,
    subjectParts: nameParts(subject),
    notBefore: from,
    notAfter: to,
    key: p256Key(spki),
    ...usage(extensions),
  }
}

function signedParts(whole: Der): [Der, Der, Der] {
  const parts = fields(whole, [TAG.sequence, TAG.sequence, TAG.bitString]) as [Der, Der, Der]
  const algorithm = fields(parts[1], [TAG.oid])
  if (!isOid(algorithm[0], OIDS.ecdsaSha256)) throw new DerError('ECDSA with SHA-256 expected')
  return parts
}

/** Whether the issuer's key signed this certificate and the issuer may issue at all. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const [tbs, , signature] = signedParts(readDer(certificate.der))
  if (!issuer.isAuthority || !((issuer.keyUsage ?? 0) & 0x04)) return false
  if (!certificate.issuer.equals(issuer.subject) || signature.content[0] !== 0) return false
  return verify('sha256', tbs.bytes, issuer.key, signature.content.subarray(1))
}

/** @throws {DerError} for any other kind of key */
export function p256Key(spki: Der): KeyObject {
  const [algorithm] = fields(spki, [TAG.sequence, TAG.bitString]) as [Der, Der]
  const [type, curve] = fields(algorithm, [TAG.oid, TAG.oid])
  if (!isOid(type, OIDS.p256Key[0]) || !isOid(curve, OIDS.p256Key[1]))
    throw new DerError('a key on P-256 expected')
  try {
    return createPublicKey({ key: spki.bytes, format: 'der', type: 'spki' })
  } catch (cause) {
    throw new DerError('not a point of the curve', { cause })
  }
}

function usage(wrapped: Der): Pick<Certificate, 'isAuthority' | 'keyUsage'> {
  const [list] = fields(wrapped, [TAG.sequence]) as [Der]
  const seen = new Set<string>()
  let isAuthority = false
  let keyUsage: number | null = null
  for (const extension of childrenOf(list)) {
    const parts = childrenOf(extension, TAG.sequence)
    const id = parts[0] ? dottedOid(parts[0]) : ''
    const value = parts.at(-1)
    if (seen.has(id) || value?.tag !== TAG.octetString) throw new DerError('malformed extension')
    seen.add(id)
    if (parts.length === 3 && !UNDERSTOOD.includes(id))
      throw new DerError(`critical extension ${id} is not understood`)
    if (id === OIDS.basicConstraints) {
      const [ca] = childrenOf(readDer(value.content), TAG.sequence)
      isAuthority = ca?.tag === TAG.boolean && ca.content[0] === 0xff
    }
    if (id === OIDS.keyUsage) {
      const bits = readDer(value.content)
      if (bits.tag !== TAG.bitString) throw new DerError('malformed key usage')
      keyUsage = bits.content[1] ?? 0
    }
  }
  return { isAuthority, keyUsage }
}

function nameParts(name: Der): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const rdn of childrenOf(name, TAG.sequence)) {
    const [attribute] = fields(rdn, [TAG.sequence]) as [Der]
    const [type, value] = childrenOf(attribute)
    if (!type || (value?.tag !== TAG.utf8String && value?.tag !== TAG.printableString))
      throw new DerError('a name that is no UTF-8')
    const id = dottedOid(type)
    parts.set(id, parts.has(id) ? '' : value.content.toString('utf8'))
  }
  return parts
}

export function dottedOid(element: Der): string {
  if (element.tag !== TAG.oid) throw new DerError('object identifier expected')
  const [first = 0, ...rest] = element.content
  const numbers = [
    Math.min(2, Math.floor(first / 40)),
    first - 40 * Math.min(2, Math.floor(first / 40)),
  ]
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    numbers.push(value)
    value = 0
  }
  return numbers.join('.')
}

function readTime(element: Der): number {
  const text = element.content.toString('latin1')
  const match = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
  const long = element.tag === TAG.generalizedTime
  if (!match || (match[1]?.length === 4) !== long || (!long && element.tag !== TAG.utcTime))
    throw new DerError('malformed time')
  const [, year = '', ...rest] = match
  const century = long ? '' : Number(year) < 50 ? '20' : '19'
  const [month, day, hour, minute, second] = rest
  return Date.parse(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
