import { afterEach, expect, test, vi } from 'vitest'
import { CannotSign, derOfPem, signingKey } from '../../../client/signing/browserKey.ts'
import { base64Of, bytesOf } from '../../../client/signing/signPlace.ts'

afterEach(() => vi.unstubAllGlobals())

test('bytes survive base64 in both directions', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
  expect(bytesOf(base64Of(bytes))).toEqual(bytes)
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})

test('a PEM block gives its DER', () => {
  expect(derOfPem('-----BEGIN CERTIFICATE-----\nMIIB\nAQ==\n-----END CERTIFICATE-----\n')).toBe(
    'MIIBAQ==',
  )
})

test('over an insecure connection no key is made, and the reason is told', async () => {
  vi.stubGlobal('isSecureContext', false)
  await expect(signingKey('u:person', 0)).rejects.toMatchObject({ reason: 'insecure' })
})

test('a browser that keeps no keys is told apart', async () => {
  vi.stubGlobal('isSecureContext', true)
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  await expect(signingKey('u:person', 0)).rejects.toBeInstanceOf(CannotSign)
  await expect(signingKey('u:person', 0)).rejects.toMatchObject({ reason: 'noStore' })
})
