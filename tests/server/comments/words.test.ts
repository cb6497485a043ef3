import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { mentionNames } from '../../../server/accounts/mentionNames.ts'
import type { Tx } from '../../../server/platform/database.ts'
import type { ReplyView, ThreadView } from '../../../shared/comments/api.ts'
import { withTokens } from '../../../shared/comments/mentions.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { addAccount, addBloc, clausesOf, crowd } from '../support/people.ts'
import { auditEvents, changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let documentId: string
let clauseId: string

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  documentId = (await server.documentOf('covenant')).id
  clauseId = (await clausesOf(await person('stc.officer'), documentId)).clauses[3]?.id ?? ''
})
afterAll(() => server.close())

type Refused = { code: string }
const call = async <T>(account: string, method: string, path: string, body?: object) =>
  (await person(account)).call<T & Refused>(method, path, body)
const open = async (account: string, body: string, more: object = {}) =>
  call<ThreadView>(account, 'POST', `/api/documents/${documentId}/threads`, {
    clauseId,
    body,
    ...more,
  })
const reply = async (account: string, threadId: string, body: string) =>
  (await call<ReplyView>(account, 'POST', `/api/threads/${threadId}/replies`, { body })).body
const seen = async (account: string, id: string) =>
  (
    await call<{ threads: ThreadView[] }>(account, 'GET', `/api/documents/${documentId}/threads`)
  ).body.threads.find((thread) => thread.id === id)
const idOf = async (account: string) =>
  (
    await server.platform.database.read
      .selectFrom('account')
      .select('id')
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
  ).id

describe('[UX-47] one’s own words', () => {
  test('are changed by their author alone, and say so', async () => {
    const { id } = (await open('stc.officer', 'Đề nghị sửa.')).body
    const answer = await reply('snv.officer', id, 'Đồng ý.')
    for (const account of ['stc.head', 'vpdbqh.head', 'snv.officer']) {
      const refused = await changesNothing(server, () =>
        call(account, 'PATCH', `/api/threads/${id}`, { body: 'Khác' }),
      )
      expect([account, refused.status, refused.body.code]).toEqual([account, 403, 'auth/forbidden'])
    }
    const edited = await call<ThreadView>('stc.officer', 'PATCH', `/api/threads/${id}`, {
      body: 'Đề nghị bỏ.',
    })
    expect(edited.body).toMatchObject({ body: 'Đề nghị bỏ.', editedAt: expect.any(String) })
    const way = `/api/threads/${id}/replies/${answer.id}`
    const other = await changesNothing(server, () =>
      call('stc.officer', 'PATCH', way, { body: 'Khác' }),
    )
    expect(other.status).toBe(403)
    const own = await call<ReplyView>('snv.officer', 'PATCH', way, { body: 'Nhất trí.' })
    expect(own.body).toMatchObject({ body: 'Nhất trí.', editedAt: expect.any(String) })
    expect(await seen('vpub.head', id)).toMatchObject({
      body: 'Đề nghị bỏ.',
      replies: [{ body: 'Nhất trí.', editedAt: expect.any(String) }],
    })
    expect((await auditEvents(server)).slice(-2)).toEqual(['thread.edited', 'thread.edited'])
  })

  test('are taken back by their author alone; what others answered stays', async () => {
    const { id } = (await open('stc.officer', 'Nhầm chỗ.')).body
    const answer = await reply('snv.officer', id, 'Vì sao?')
    expect((await call('stc.officer', 'DELETE', `/api/threads/${id}`)).status).toBe(204)
    expect(await seen('snv.officer', id)).toMatchObject({
      body: '',
      deleted: true,
      replies: [{ body: 'Vì sao?', deleted: false }],
    })
    const rows = await server.platform.database.read.selectFrom('thread').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('Nhầm chỗ.')
    const again = await changesNothing(server, () =>
      call('stc.officer', 'PATCH', `/api/threads/${id}`, { body: 'x' }),
    )
    expect([again.status, again.body.code]).toEqual([409, 'thread/words-deleted'])
    const way = `/api/threads/${id}/replies/${answer.id}`
    expect((await call('stc.officer', 'DELETE', way)).status).toBe(403)
    expect((await call('snv.officer', 'DELETE', way)).status).toBe(204)
    expect(await seen('snv.officer', id)).toBeUndefined()
    expect((await call('snv.officer', 'POST', `/api/threads/${id}/resolve`)).status).toBe(404)
  })

  test('an answer to what has just been taken back is refused, and is in no row', async () => {
    const { id } = (await open('stc.officer', 'Đề nghị')).body
    await person('snv.officer')
    const { database } = server.platform
    // In the very moment between the route's look at the thread and its transaction.
    const write = vi
      .spyOn(database, 'write')
      .mockImplementationOnce(async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
        write.mockRestore()
        await call('stc.officer', 'DELETE', `/api/threads/${id}`)
        return database.write(work)
      })
    const path = `/api/threads/${id}/replies`
    const answer = await call('snv.officer', 'POST', path, { body: 'Đồng ý.' })
    expect([answer.status, answer.body.code]).toEqual([404, 'thread/not-found'])
    const left = database.read.selectFrom('thread_reply').select('id').where('thread_id', '=', id)
    expect(await left.execute()).toEqual([])
  })

  test('a reply of another thread is none of this one', async () => {
    const one = (await open('stc.officer', 'Một')).body.id
    const other = (await open('stc.officer', 'Hai')).body.id
    const mine = await reply('stc.officer', one, 'Của tôi')
    const refused = await changesNothing(server, () =>
      call('stc.officer', 'DELETE', `/api/threads/${other}/replies/${mine.id}`),
    )
    expect([refused.status, refused.body.code]).toEqual([404, 'thread/not-found'])
  })
})

describe('[UX-43] a mention', () => {
  test('is kept as an id and read as a name, the one of now', async () => {
    const stc = await idOf('stc.head')
    const body = `Nhờ @[person:${stc}] và @[agency:snv] xem giúp.`
    const { id } = (await open('vpub.officer', body)).body
    const now = await seen('stc.head', id)
    const [first, second] = now?.mentions ?? []
    const words = (mention: typeof first) => now?.body.slice(mention?.from, mention?.to)
    expect([first, words(first)]).toMatchObject([{ kind: 'person', id: stc }, /^@/])
    expect([second, words(second)]).toMatchObject([{ kind: 'agency', id: 'snv' }, '@Sở Nội vụ'])
    expect(now && withTokens(now.body, now.mentions)).toBe(body)
    await server.platform.database.write((tx) =>
      tx.updateTable('account').set({ name: '<b>Tên mới</b>' }).where('id', '=', stc).execute(),
    )
    const later = await seen('vpub.head', id)
    expect(later?.body).toBe('Nhờ @<b>Tên mới</b> và @Sở Nội vụ xem giúp.')
  })

  test('of one agency may stand in the threads of a document however often', async () => {
    const bodies = Array.from({ length: 100 }, () => '@[agency:stc] '.repeat(400))
    const nameOf = await mentionNames(server.platform.database.read, bodies)
    expect(nameOf({ kind: 'agency', id: 'stc' })).toBe('Sở Tài chính')
  })

  test('reaches nobody who may not read it: strangers, unknown ids, others in an agency’s own thread', async () => {
    await addBloc(server, 'khoikhac')
    const stranger = await addAccount(server, {
      account: 'nguoi.la',
      agencyId: 'khoikhac',
      role: 'head',
    })
    const other = await idOf('snv.head')
    const own = await idOf('stc.head')
    const answers = [
      await changesNothing(server, () => open('stc.officer', `@[person:${stranger}]`)),
      await changesNothing(server, () => open('stc.officer', `@[person:${'a'.repeat(21)}]`)),
      await changesNothing(server, () => open('stc.officer', '@[agency:khoikhac]')),
      await changesNothing(server, () =>
        open('stc.officer', `@[person:${other}]`, { audience: 'agency' }),
      ),
      await changesNothing(server, () =>
        open('stc.officer', '@[agency:snv]', { audience: 'agency' }),
      ),
    ]
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([400, 'input/invalid'])
      expect(body).toEqual(answers[0]?.body)
    }
    const inside = await open('stc.officer', `@[person:${own}] @[agency:stc]`, {
      audience: 'agency',
    })
    expect(inside.status).toBe(201)
    const edited = await changesNothing(server, () =>
      call('stc.officer', 'PATCH', `/api/threads/${inside.body.id}`, { body: '@[agency:snv]' }),
    )
    expect(edited.status).toBe(400)
  })
})

test('a comment of a megabyte is refused unread', async () => {
  const refused = await changesNothing(server, () => open('stc.officer', 'x'.repeat(1024 * 1024)))
  expect([refused.status, refused.body.code]).toEqual([413, 'input/too-large'])
})

describe('many resolved at once', () => {
  const resolve = (account: string, threadIds: (string | undefined)[], reason?: string) =>
    call<{ resolved: string[]; refused: { threadId: string; code: string }[] }>(
      account,
      'POST',
      '/api/threads/resolve',
      { threadIds, ...(reason && { reason }) },
    )

  test('each by the rights held for it; what may not be is named', async () => {
    const own = (await open('stc.officer', 'Một')).body.id
    const foreign = (await open('snv.officer', 'Hai')).body.id
    const hidden = (await open('vpub.officer', 'Ba', { audience: 'agency' })).body.id
    const done = (await open('stc.officer', 'Bốn')).body.id
    await call('stc.officer', 'POST', `/api/threads/${done}/resolve`)
    const unknown = 'a'.repeat(21)
    const { status, body } = await resolve('stc.head', [own, own, foreign, hidden, done, unknown])
    expect([status, body.resolved]).toEqual([200, [own]])
    expect(Object.fromEntries(body.refused.map(({ threadId, code }) => [threadId, code]))).toEqual({
      [foreign]: 'auth/forbidden',
      [hidden]: 'thread/not-found',
      [done]: 'thread/wrong-status',
      [unknown]: 'thread/not-found',
    })
    expect((await seen('stc.head', own))?.status).toBe('resolved')
    expect((await seen('stc.head', foreign))?.status).toBe('open')
    expect((await auditEvents(server)).at(-1)).toBe('thread.resolved')
  })

  test('the lead says why, once for all', async () => {
    const [one, two] = [
      (await open('stc.officer', '1')).body.id,
      (await open('snv.officer', '2')).body.id,
    ]
    const bare = await changesNothing(server, () => resolve('vpdbqh.head', [one, two]))
    expect(bare.body.refused.map(({ code }) => code)).toEqual(['input/invalid', 'input/invalid'])
    const { body } = await resolve('vpdbqh.head', [one, two], 'đã tiếp thu')
    expect(body).toEqual({ resolved: [one, two], refused: [] })
    expect((await seen('snv.head', two))?.reason).toBe('đã tiếp thu')
  })

  test('of too many or of none is refused', async () => {
    for (const ids of [[], Array.from({ length: 201 }, () => 'a'.repeat(21))])
      expect((await resolve('stc.head', ids)).status).toBe(400)
  })
})
