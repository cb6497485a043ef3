import { expect, test } from 'vitest'
import { allowedOrigins, isReachable, readConfig } from '../../../server/platform/config.ts'

test('without settings: the sample bloc on loopback, in ./data', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', demo: true, publicUrl: null })
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
