import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assembleCms,
  CmsError,
  derSignature,
  signedAttributes,
  verifyCms,
} from '../../../server/signing/cades.ts'
import { OIDS, readCertificate } from '../../../server/signing/certificateDer.ts'
import { DerError, der, derSetOf, oid, readDer, TAG } from '../../../server/signing/der.ts'
import { createRoot, issueLeaf, keyOfRequest } from '../../../server/signing/issueCertificate.ts'

const validity = { notBefore: Date.parse('2022-01-01'), notAfter: Date.parse('2055-01-01') }
const root = createRoot([[OIDS.commonName, 'Gốc']], validity, Buffer.from([1]))
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
const certify = (name: string, serial: number) =>
  readCertificate(
    issueLeaf(root, {
      spki,
      subject: [[OIDS.commonName, name]],
      validity,
      serial: Buffer.from([serial]),
    }),
  )
const certificate = certify('Một', 2)
const digest = createHash('sha256').update('nội dung').digest()
const value = (attributes: Buffer) =>
  derSignature(sign('sha256', attributes, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }))

function expectProblem(cms: Buffer, problem: CmsError['problem']): void {
  let thrown: unknown
  try {
    verifyCms(cms, digest)
  } catch (cause) {
    thrown = cause
  }
  expect(thrown).toBeInstanceOf(CmsError)
  expect((thrown as CmsError).problem).toBe(problem)
}

const good = () => {
  const attributes = signedAttributes(digest, certificate)
  return assembleCms(certificate, attributes, value(attributes))
}
/** Signed anew over other attributes, so that only the rule on attributes can refuse it. */
const withAttributes = (attributes: Buffer) =>
  assembleCms(certificate, attributes, value(attributes))

const members = () => {
  const found: Buffer[] = []
  let rest = readDer(signedAttributes(digest, certificate)).content
  while (rest.length > 0) {
    const length = 2 + (rest[1] ?? 0)
    found.push(rest.subarray(0, length))
    rest = rest.subarray(length)
  }
  return found
}

test('what we write, we accept', () => {
  expect(verifyCms(good(), digest).sha256).toBe(certificate.sha256)
})

describe('attributes are signed, each exactly once', () => {
  test('one left out', () => {
    for (let i = 0; i < 3; i += 1)
      expectProblem(withAttributes(derSetOf(TAG.set, members().toSpliced(i, 1))), 'cms/attributes')
  })

  test('one twice', () => {
    for (const member of members())
      expectProblem(withAttributes(derSetOf(TAG.set, [...members(), member])), 'cms/attributes')
  })

  test('a signing time, which PAdES forbids', () => {
    const time = der(
      TAG.sequence,
      oid('1.2.840.113549.1.9.5'),
      der(TAG.set, der(TAG.utcTime, Buffer.from('220228080405Z'))),
    )
    expectProblem(withAttributes(derSetOf(TAG.set, [...members(), time])), 'cms/attributes')
  })

  test('in another order than DER wants', () => {
    const wrong = der(TAG.set, ...members().reverse())
    expectProblem(withAttributes(wrong), 'cms/certificate')
  })

  test('the digest of another file', () => {
    const other = createHash('sha256').update('khác').digest()
    expectProblem(withAttributes(signedAttributes(other, certificate)), 'cms/digest')
  })
})

describe('one certificate, the one that was signed for', () => {
  test('another certificate of the same key', () => {
    const attributes = signedAttributes(digest, certificate)
    const swapped = assembleCms(certify('Hai', 3), attributes, value(attributes))
    expectProblem(swapped, 'cms/certificate')
  })

  test('a spare certificate beside it', () => {
    const attributes = signedAttributes(digest, certificate)
    const both = Buffer.concat([certificate.der, certify('Hai', 3).der])
    const cms = assembleCms({ ...certificate, der: both }, attributes, value(attributes))
    expectProblem(cms, 'cms/spare-certificate')
  })
})

describe('one encoding', () => {
  test('bytes behind it, BER lengths, a wrong value', () => {
    expectProblem(Buffer.concat([good(), Buffer.from([0])]), 'cms/malformed')
    const ber = Buffer.concat([Buffer.from([0x30, 0x80]), good().subarray(4), Buffer.from([0, 0])])
    expectProblem(ber, 'cms/malformed')
    const attributes = signedAttributes(digest, certificate)
    const forged = value(Buffer.from('other'))
    expectProblem(assembleCms(certificate, attributes, forged), 'cms/signature')
    const padded = Buffer.concat([value(attributes), Buffer.from([0])])
    expectProblem(assembleCms(certificate, attributes, padded), 'cms/signature')
    expect(() => derSignature(new Uint8Array(63))).toThrow(CmsError)
  })

  test('any one byte changed: refused', () => {
    const cms = good()
    fc.assert(
      fc.property(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Buffer.from(cms)
        broken[at] = (broken[at] ?? 0) ^ change
        expect(() => verifyCms(broken, digest)).toThrow()
      }),
      { seed: 2022, numRuns: 200 },
    )
  })

  test('lengths that are not minimal are no DER', () => {
    expect(readDer(Buffer.from([4, 1, 7])).content).toEqual(Buffer.from([7]))
    for (const bytes of [
      [4, 0x81, 1, 7],
      [4, 0x82, 0, 1, 7],
      [4, 0x80],
      [4, 2, 7],
      [0x1f, 1, 7],
    ])
      expect(() => readDer(Buffer.from(bytes))).toThrow(DerError)
  })
})

test('a request that was changed, or is none, gives no key', () => {
  const request = (name: string) => {
    const info = der(
      TAG.sequence,
      Buffer.from([TAG.integer, 1, 0]),
      der(TAG.sequence),
      spki,
      Buffer.from([TAG.context0, 0]),
    )
    const signed = sign('sha256', Buffer.from(info), pair.privateKey)
    const wrong = name === 'wrong' ? sign('sha256', Buffer.from('x'), pair.privateKey) : signed
    const whole = der(
      TAG.sequence,
      info,
      der(TAG.sequence, oid(OIDS.ecdsaSha256)),
      der(TAG.bitString, Buffer.from([0]), wrong),
    )
    const body = whole.toString('base64').replace(/(.{64})/g, '$1\n')
    return `-----BEGIN CERTIFICATE REQUEST-----\n${body}\n-----END CERTIFICATE REQUEST-----\n`
  }
  expect(keyOfRequest(request('right'))).toEqual(spki)
  expect(() => keyOfRequest(request('wrong'))).toThrow(DerError)
  expect(() => keyOfRequest('hello')).toThrow(DerError)
})
