import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { findBlock, insertClause, setClauseText } from '../../../shared/clauses/yjs.ts'
import { encodeAnchor, lettersOf, makeAnchor } from '../../../shared/comments/anchor.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import { clause } from '../../support/builders.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { crowd, lock, unlock } from '../support/people.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let documentId: string
let peer: TestPeer

const WORDS = 'Khối thi đua phấn đấu hoàn thành các chỉ tiêu được giao trong năm'

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  documentId = (await server.documentOf('plan')).id
  peer = await openDocument(server, await person('stc.officer'), documentId)
})
afterAll(async () => {
  await peer.leave()
  await server.close()
})

/** Two clauses of one's own at the end of the text. */
async function write(id: string): Promise<void> {
  peer.write((body, doc) => {
    const last = body.get(body.length - 1) as Y.XmlElement
    const after = String(last.getAttribute('id'))
    insertClause(doc, after, clause(`${id}-0`, 'paragraph', 'Đoạn đứng trước.'))
    insertClause(doc, `${id}-0`, clause(`${id}-1`, 'paragraph', WORDS))
  })
  await peer.saved()
}
async function open(clauseId: string, words: string | null): Promise<string> {
  const element = findBlock(peer.doc, clauseId)
  const from = element && words ? lettersOf(element).indexOf(words) : 0
  const made = element && words ? makeAnchor(element, from, from + words.length) : null
  const { status, body } = await (await person('stc.officer')).call<ThreadView>(
    'POST',
    `/api/documents/${documentId}/threads`,
    {
      clauseId,
      body: 'Đề nghị xem lại.',
      ...(made && { anchor: encodeAnchor(made), quote: words }),
    },
  )
  expect([status, body.detached, body.clauseId]).toEqual([201, false, clauseId])
  return body.id
}
async function now(id: string) {
  const { body } = await (await person('snv.head')).call<{ threads: ThreadView[] }>(
    'GET',
    `/api/documents/${documentId}/threads`,
  )
  const thread = body.threads.find((one) => one.id === id)
  return [thread?.detached, thread?.clauseId, thread?.openedOn]
}
const act = async (way: string, body: object = {}) => {
  const answer = await (await person('stc.officer')).call(
    'POST',
    `/api/documents/${documentId}/${way}`,
    body,
  )
  expect(answer.status).toBeLessThan(300)
}
const text = async (id: string, words: string) => {
  peer.write((_, doc) => setClauseText(doc, id, words))
  await peer.saved()
}

describe('[P10] a thread on words', () => {
  test('[B47] is detached with its quote once they are deleted, and on its place again when they come back', async () => {
    await write('xoa')
    const id = await open('xoa-1', 'hoàn thành')
    await text('xoa-1', WORDS.replace('hoàn thành ', ''))
    expect(await now(id)).toEqual([true, 'xoa-1', undefined])
    await text('xoa-1', WORDS)
    expect(await now(id)).toEqual([false, 'xoa-1', undefined])
  })

  test('[B46] [B49] of three that overlap, one closed or gone leaves the others', async () => {
    await write('ba')
    const outer = await open('ba-1', WORDS)
    const first = await open('ba-1', 'thi đua phấn đấu hoàn')
    const second = await open('ba-1', 'phấn đấu hoàn thành các')
    const stc = await person('stc.officer')
    await stc.call('DELETE', `/api/threads/${outer}`)
    expect((await now(outer))[0]).toBeUndefined()
    await stc.call('POST', `/api/threads/${first}/resolve`)
    expect([await now(first), await now(second)]).toEqual([
      [false, 'ba-1', undefined],
      [false, 'ba-1', undefined],
    ])
  })

  test('goes with a clause that the server moves', async () => {
    await write('chuyen')
    const id = await open('chuyen-1', 'hoàn thành')
    await act('clauses/chuyen-1/move', { afterClauseId: 'xoa-0' })
    expect(await now(id)).toEqual([false, 'chuyen-1', undefined])
  })

  test('goes into the clause that its own is merged into, and back', async () => {
    await write('gop')
    const id = await open('gop-1', 'hoàn thành')
    const name = 'b'.repeat(21)
    await act('clauses/gop-1/merge', { act: name })
    expect(await now(id)).toEqual([false, 'gop-0', 'gop-1'])
    await act(`acts/${name}/undo`)
    expect(await now(id)).toEqual([false, 'gop-1', undefined])
  })

  test('goes into the half of a split clause that has them', async () => {
    await write('tach')
    const id = await open('tach-1', 'hoàn thành')
    const at = WORDS.indexOf('phấn đấu')
    peer.write((_, doc) => {
      setClauseText(doc, 'tach-1', WORDS.slice(0, at))
      insertClause(doc, 'tach-1', clause('tach-2', 'paragraph', WORDS.slice(at)))
    })
    await peer.saved()
    expect(await now(id)).toEqual([false, 'tach-2', 'tach-1'])
  })

  test('stays where it is when the text is locked and opened again', async () => {
    await write('khoa')
    const id = await open('khoa-1', 'hoàn thành')
    await lock(person, documentId)
    expect(await now(id)).toEqual([false, 'khoa-1', undefined])
    await unlock(person, documentId)
    expect(await now(id)).toEqual([false, 'khoa-1', undefined])
  })
})

test('[P10] a thread whose place is no place stands on its clause, and everybody goes on reading the list', async () => {
  await write('hong')
  const { status, body } = await (await person('stc.officer')).call<ThreadView>(
    'POST',
    `/api/documents/${documentId}/threads`,
    // To Yjs a position, of nothing.
    { clauseId: 'hong-1', body: 'Đề nghị xem lại.', anchor: 'BQ==', quote: 'lời khác' },
  )
  expect([status, body.clauseId]).toEqual([201, 'hong-1'])
  expect(await now(body.id)).toEqual([false, 'hong-1', undefined])
})

describe('[P10] a thread on a clause', () => {
  test('goes into the clause that its own is merged into, and comes back when that is undone', async () => {
    await write('gopca')
    const id = await open('gopca-1', null)
    const name = 'c'.repeat(21)
    await act('clauses/gopca-1/merge', { act: name })
    expect(await now(id)).toEqual([false, 'gopca-0', 'gopca-1'])
    await act(`acts/${name}/undo`)
    expect(await now(id)).toEqual([false, 'gopca-1', undefined])
  })

  test('is detached with what the clause said once that is deleted', async () => {
    await write('xoaca')
    const id = await open('xoaca-1', null)
    await act('clauses/xoaca-1/delete')
    expect(await now(id)).toEqual([true, 'xoaca-1', undefined])
    const { body } = await (await person('snv.head')).call<{ threads: ThreadView[] }>(
      'GET',
      `/api/documents/${documentId}/threads`,
    )
    expect(body.threads.find((one) => one.id === id)?.excerpt).toContain(WORDS)
  })
})
