import { describe, expect, test } from 'vitest'
import { allowedOrigins, isReachable, readConfig } from '../../../server/platform/config.ts'

test('without settings: the sample bloc on loopback, in ./data', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    demo: true,
    publicUrl: null,
    mail: null,
  })
  expect(isReachable(config)).toBe(false)
})

test('the public password is refused wherever others could reach it', () => {
  for (const open of [{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://nhat-tri.example' }]) {
    expect(() => readConfig(open)).toThrow(/DEMO_PASSWORD/)
    expect(isReachable(readConfig({ ...open, DEMO_PASSWORD: 'of-our-own' }))).toBe(true)
    expect(isReachable(readConfig({ ...open, DEMO: '0' }))).toBe(true)
  }
})

test('every problem is listed at once', () => {
  expect(() => readConfig({ PORT: 'many', LOG_LEVEL: 'loud' })).toThrow(/PORT[\s\S]*LOG_LEVEL/)
})

test('a setting that nothing answers yet stops the start instead of being believed', () => {
  expect(() => readConfig({ DATABASE_URL: 'postgres://localhost/x' })).toThrow(/DATABASE_URL/)
})

test('both names of loopback are our origin at the port that is listened on, and the public address', () => {
  const config = readConfig({ PUBLIC_URL: 'http://localhost:8080/' })
  expect([...allowedOrigins(config, 4000)]).toEqual([
    'http://localhost:4000',
    'http://127.0.0.1:4000',
    'http://localhost:8080',
  ])
})

describe('mail', () => {
  const SMTP_URL = 'smtp://nhat-tri:bi-mat@mail.example:587'
  const open = { DEMO: '0', PUBLIC_URL: 'https://nhat-tri.example/', SMTP_URL }

  test('comes from the public name, or from the address that is set', () => {
    const { mail } = readConfig(open)
    expect(mail).toEqual({
      url: SMTP_URL,
      from: 'nhat-tri@nhat-tri.example',
      publicUrl: 'https://nhat-tri.example',
    })
    expect(readConfig({ ...open, MAIL_FROM: 'vp@tinh.gov.vn' }).mail?.from).toBe('vp@tinh.gov.vn')
    expect(readConfig({ ...open, PUBLIC_URL: 'http://127.0.0.1:3000' }).mail?.from).toBe(
      'nhat-tri@localhost',
    )
  })

  test.each([
    ['without an address to read on', { SMTP_URL }],
    ['by another protocol', { ...open, SMTP_URL: 'https://nhat-tri:bi-mat@mail.example' }],
    ['with two senders', { ...open, MAIL_FROM: 'a@b.vn, c@d.vn' }],
    ['with a header in the sender', { ...open, MAIL_FROM: 'a@b.vn\r\nBcc: c@d.vn' }],
  ])('is refused %s, and the password is not told', (_, settings) => {
    expect(() => readConfig(settings)).toThrow(/SMTP_URL|MAIL_FROM/)
    try {
      readConfig(settings)
    } catch (cause) {
      expect(String(cause)).not.toContain('bi-mat')
    }
  })
})
