import { afterEach, expect, test, vi } from 'vitest'
import { askWhyRefused } from '../../../client/sync/askWhyRefused.ts'
import type { DocumentId } from '../../../shared/base/ids.ts'

const id = (name: string) => name.padEnd(21, '0')
const GONE = { type: '', title: '', status: 404, code: 'document/not-found', details: {} }
const asked: string[] = []
/** Somebody is signed in; the documents cannot be had. */
function signedIn(userId: string) {
  asked.length = 0
  const user = {
    id: userId,
    account: 'stc.officer',
    name: 'Cán bộ',
    agencyId: null,
    role: 'officer',
  }
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return url === '/api/session'
      ? Response.json({ user, stepUpUntil: null })
      : Response.json(GONE, { status: 404 })
  })
}
const ask = () => askWhyRefused(id('d') as DocumentId, 'e1', id('one'))
afterEach(() => vi.unstubAllGlobals())

test('[B53] a session of somebody else is none for this connection', async () => {
  signedIn(id('two'))
  expect(await ask()).toBe('auth/required')
  expect(asked).toEqual(['/api/session'])
})

test('with a session of one’s own the document says why', async () => {
  signedIn(id('one'))
  expect(await ask()).toBe('document/not-found')
  expect(asked).toEqual(['/api/session', `/api/documents/${id('d')}`])
})
