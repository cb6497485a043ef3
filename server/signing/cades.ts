import { verify } from 'node:crypto'
import { type Certificate, OIDS, readCertificate } from './certificateDer.ts'
import {
  childrenOf,
  type Der,
  DerError,
  der,
  derSetOf,
  fields,
  isOid,
  oid,
  readDer,
  TAG,
  unsignedBytes,
  unsignedInteger,
} from './der.ts'

/**
 * CMS signatures in the profile PAdES B-B (ETSI EN 319 142-1): contentType, messageDigest and
 * signing-certificate-v2 are signed, and no signingTime, since PAdES keeps the time in the PDF's `/M`.
 */
const ID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

/** Why a signature does not hold. */
export type CmsProblem =
  | 'cms/malformed'
  | 'cms/attributes'
  | 'cms/digest'
  | 'cms/certificate'
  | 'cms/spare-certificate'
  | 'cms/signature'

export class CmsError extends Error {
  readonly problem: CmsProblem
  constructor(problem: CmsProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

const sequence = (...parts: Uint8Array[]) => der(TAG.sequence, ...parts)
const attribute = (type: string, value: Buffer) => sequence(oid(type), der(TAG.set, value))
const sha256Algorithm = () => sequence(oid(ID.sha256))

/** DER of the signed attributes as SET OF: what the key signs. @param digest SHA-256 of the byte ranges */
export function signedAttributes(digest: Uint8Array, certificate: Certificate): Buffer {
  const certificateHash = Buffer.from(certificate.sha256, 'hex')
  // SHA-256 is the default of ESSCertIDv2, so DER leaves the algorithm out.
  const essCertificate = sequence(der(TAG.octetString, certificateHash))
  return derSetOf(TAG.set, [
    attribute(ID.contentType, oid(ID.data)),
    attribute(ID.messageDigest, der(TAG.octetString, digest)),
    attribute(ID.signingCertificateV2, sequence(sequence(essCertificate))),
  ])
}

/** WebCrypto answers r‖s of 32 bytes each; CMS wants SEQUENCE {r, s}. @throws {CmsError} for another length */
export function derSignature(raw: Uint8Array): Buffer {
  if (raw.length !== 64) throw new CmsError('cms/signature', 'r and s of 32 bytes each expected')
  return sequence(unsignedInteger(raw.subarray(0, 32)), unsignedInteger(raw.subarray(32)))
}

/** The CMS with the signer's certificate alone in it. @param signature ECDSA value in DER */
export function assembleCms(
  certificate: Certificate,
  attributes: Uint8Array,
  signature: Uint8Array,
): Buffer {
  const signer = sequence(
    unsignedInteger(Buffer.from([1])),
    sequence(certificate.issuer, certificate.serial),
    sha256Algorithm(),
    Buffer.concat([Buffer.from([TAG.context0]), attributes.subarray(1)]),
    sequence(oid(OIDS.ecdsaSha256)),
    der(TAG.octetString, signature),
  )
  const signedData = sequence(
    unsignedInteger(Buffer.from([1])),
    der(TAG.set, sha256Algorithm()),
    sequence(oid(ID.data)),
    der(TAG.context0, certificate.der),
    der(TAG.set, signer),
  )
  return sequence(oid(ID.signedData), der(TAG.context0, signedData))
}

/**
 * Takes a CMS apart and judges it against the digest of the file. Whoever signed is not judged here.
 * @throws {CmsError} on whatever is not exactly one signature of the profile above in DER
 */
export function verifyCms(cms: Uint8Array, digest: Uint8Array): Certificate {
  const { certificate, attributes, signature } = readCms(cms)
  judgeAttributes(attributes, digest, certificate)
  requireEcdsaDer(signature)
  if (!verify('sha256', attributes, certificate.key, signature))
    throw new CmsError('cms/signature', 'the signature does not fit the signed attributes')
  // One value, one encoding: whatever else could hide in the structure differs from what we would write.
  if (!assembleCms(certificate, attributes, signature).equals(Buffer.from(cms)))
    throw new CmsError('cms/malformed', 'not the one encoding of this signature')
  return certificate
}

type ReadCms = { certificate: Certificate; attributes: Buffer; signature: Buffer }

export function readCms(cms: Uint8Array): ReadCms {
  try {
    const [type, wrapped] = fields(readDer(cms), [TAG.oid, TAG.context0]) as [Der, Der]
    if (!isOid(type, ID.signedData)) throw new DerError('signed data expected')
    const [signedData] = fields(wrapped, [TAG.sequence]) as [Der]
    const [, , , certificates, signers] = fields(signedData, [
      TAG.integer,
      TAG.set,
      TAG.sequence,
      TAG.context0,
      TAG.set,
    ]) as [Der, Der, Der, Der, Der]
    const found = childrenOf(certificates)
    if (found.length !== 1 || !found[0])
      throw new CmsError('cms/spare-certificate', `${found.length} certificates instead of one`)
    const [signer] = fields(signers, [TAG.sequence]) as [Der]
    const [, , , attributes, , signature] = fields(signer, [
      TAG.integer,
      TAG.sequence,
      TAG.sequence,
      TAG.context0,
      TAG.sequence,
      TAG.octetString,
    ]) as [Der, Der, Der, Der, Der, Der]
    return {
      certificate: readCertificate(found[0].bytes),
      attributes: Buffer.concat([Buffer.from([TAG.set]), attributes.bytes.subarray(1)]),
      signature: signature.content,
    }
  } catch (cause) {
    if (cause instanceof DerError) throw new CmsError('cms/malformed', cause.message, { cause })
    throw cause
  }
}

function judgeAttributes(set: Buffer, digest: Uint8Array, certificate: Certificate): void {
  const values = new Map<string, Buffer>()
  try {
    for (const member of childrenOf(readDer(set), TAG.set)) {
      const [type, wrapped] = fields(member, [TAG.oid, TAG.set]) as [Der, Der]
      const inside = childrenOf(wrapped)
      const id = type.bytes.toString('hex')
      if (inside.length !== 1 || values.has(id))
        throw new CmsError('cms/attributes', 'a signed attribute stands twice')
      values.set(id, inside[0]?.bytes ?? Buffer.alloc(0))
    }
  } catch (cause) {
    if (cause instanceof DerError) throw new CmsError('cms/malformed', cause.message, { cause })
    throw cause
  }
  const value = (type: string) => values.get(oid(type).toString('hex'))
  if (values.size !== 3) throw new CmsError('cms/attributes', 'three signed attributes expected')
  if (!value(ID.contentType)?.equals(oid(ID.data)))
    throw new CmsError('cms/attributes', 'contentType')
  if (!value(ID.messageDigest)?.equals(der(TAG.octetString, digest)))
    throw new CmsError('cms/digest', 'the file is not the one that was signed')
  if (!signedAttributes(digest, certificate).equals(set))
    throw new CmsError('cms/certificate', 'signed for another certificate')
}

function requireEcdsaDer(signature: Buffer): void {
  try {
    for (const part of fields(readDer(signature), [TAG.integer, TAG.integer])) unsignedBytes(part)
  } catch (cause) {
    throw new CmsError('cms/signature', 'malformed signature value', { cause })
  }
}
