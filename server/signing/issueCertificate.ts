import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { OIDS, p256Key, readCertificate } from './certificateDer.ts'
import {
  childrenOf,
  type Der,
  DerError,
  der,
  fields,
  isOid,
  oid,
  readDer,
  TAG,
  unsignedInteger,
} from './der.ts'

const ID = {
  ...OIDS,
  subjectKeyId: '2.5.29.14',
  authorityKeyId: '2.5.29.35',
} as const

/** Subject attributes in the order they are written. */
export type Subject = readonly (readonly [oid: string, value: string])[]

type Validity = { notBefore: number; notAfter: number }

const sequence = (...parts: Uint8Array[]) => der(TAG.sequence, ...parts)
const ecdsaSha256 = () => sequence(oid(ID.ecdsaSha256))
const bitString = (unused: number, bytes: Uint8Array) =>
  der(TAG.bitString, Buffer.from([unused]), bytes)

function nameDer(subject: Subject): Buffer {
  return sequence(
    ...subject.map(([type, value]) => {
      const tag = type === ID.serialNumber ? TAG.printableString : TAG.utf8String
      return der(TAG.set, sequence(oid(type), der(tag, Buffer.from(value, 'utf8'))))
    }),
  )
}

/** X.509 writes years from 2050 on with four digits and earlier ones with two. */
function timeDer(at: number): Buffer {
  const digits = new Date(at).toISOString().slice(0, 19).replace(/[-T:]/g, '')
  return digits < '2050'
    ? der(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : der(TAG.generalizedTime, Buffer.from(`${digits}Z`))
}

const extension = (type: string, critical: boolean, value: Buffer) =>
  sequence(
    oid(type),
    critical ? der(TAG.boolean, Buffer.from([0xff])) : Buffer.alloc(0),
    der(TAG.octetString, value),
  )

/** RFC 5280 4.2.1.2 (1): SHA-1 of the key's bits; an identifier, not a protection. */
function keyId(spki: Uint8Array): Buffer {
  const [, bits] = fields(readDer(spki), [TAG.sequence, TAG.bitString]) as [Der, Der]
  return createHash('sha1').update(bits.content.subarray(1)).digest()
}

type Issued = {
  serial: Uint8Array
  issuer: Buffer
  subject: Buffer
  validity: Validity
  spki: Uint8Array
  extensions: Buffer[]
}

function signed(content: Issued, key: KeyObject): Buffer {
  const tbs = sequence(
    der(TAG.context0, unsignedInteger(Buffer.from([2]))),
    unsignedInteger(content.serial),
    ecdsaSha256(),
    content.issuer,
    sequence(timeDer(content.validity.notBefore), timeDer(content.validity.notAfter)),
    content.subject,
    content.spki,
    der(TAG.context3, sequence(...content.extensions)),
  )
  return sequence(tbs, ecdsaSha256(), bitString(0, sign('sha256', tbs, key)))
}

/** A new authority: its self-signed certificate (DER) and its key (PKCS #8, PEM). */
export function createRoot(
  subject: Subject,
  validity: Validity,
  serial: Uint8Array,
): { certificate: Buffer; privateKey: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
  const name = nameDer(subject)
  const certificate = signed(
    {
      serial,
      issuer: name,
      subject: name,
      validity,
      spki,
      extensions: [
        extension(ID.basicConstraints, true, sequence(der(TAG.boolean, Buffer.from([0xff])))),
        // keyCertSign and cRLSign.
        extension(ID.keyUsage, true, bitString(1, Buffer.from([0x06]))),
        extension(ID.subjectKeyId, false, der(TAG.octetString, keyId(spki))),
      ],
    },
    pair.privateKey,
  )
  const privateKey = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return { certificate, privateKey }
}

/** A certificate for signing documents and nothing else. */
export function issueLeaf(
  authority: { certificate: Uint8Array; privateKey: string },
  leaf: { spki: Uint8Array; subject: Subject; validity: Validity; serial: Uint8Array },
): Buffer {
  const issuer = readCertificate(authority.certificate)
  const issuerSpki = issuer.key.export({ format: 'der', type: 'spki' })
  return signed(
    {
      serial: leaf.serial,
      issuer: issuer.subject,
      subject: nameDer(leaf.subject),
      validity: leaf.validity,
      spki: leaf.spki,
      extensions: [
        extension(ID.basicConstraints, true, sequence()),
        // digitalSignature and nonRepudiation.
        extension(ID.keyUsage, true, bitString(6, Buffer.from([0xc0]))),
        extension(ID.subjectKeyId, false, der(TAG.octetString, keyId(leaf.spki))),
        extension(ID.authorityKeyId, false, sequence(der(0x80, keyId(issuerSpki)))),
      ],
    },
    createPrivateKey(authority.privateKey),
  )
}

/**
 * The public key of a certificate request whose signature proves that the sender holds the private one. What the
 * request says of its subject counts for nothing.
 * @throws {DerError} when it is malformed, not self-signed, or its key not on P-256
 */
export function keyOfRequest(pem: string): Buffer {
  const body =
    /^-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/.exec(
      pem.trim(),
    )?.[1]
  if (!body) throw new DerError('a certificate request in PEM expected')
  const [info, algorithm, signature] = fields(readDer(Buffer.from(body, 'base64')), [
    TAG.sequence,
    TAG.sequence,
    TAG.bitString,
  ]) as [Der, Der, Der]
  const [version, , spki] = childrenOf(info)
  if (!version?.content.equals(Buffer.from([0])) || !spki) throw new DerError('malformed request')
  if (!isOid(childrenOf(algorithm)[0], ID.ecdsaSha256))
    throw new DerError('ECDSA with SHA-256 expected')
  const key = p256Key(spki)
  if (!verify('sha256', info.bytes, key, signature.content.subarray(1)))
    throw new DerError('the request is not signed with its own key')
  return spki.bytes
}

export function toPem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** @throws {DerError} */
export function fromPem(pem: string): Buffer {
  const body = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(
    pem,
  )?.[1]
  if (!body) throw new DerError('a certificate in PEM expected')
  return Buffer.from(body, 'base64')
}
