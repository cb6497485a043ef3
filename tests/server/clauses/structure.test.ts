import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { subtreeHash } from '../../../shared/clauses/subtree.ts'
import { deleteClause, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { SwallowedView } from '../../../shared/sync/api.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { clausesOf, crowd } from '../support/people.ts'
import { changesNothing } from '../support/rows.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('covenant')).id
})
afterAll(() => server.close())

const now = async () => (await clausesOf(await person('stc.officer'), id)).clauses
const act = async (what: string, clauseId: string, body: object = {}, account = 'stc.officer') =>
  (await person(account)).call<ClauseView & { code: string }>(
    'POST',
    `/api/documents/${id}/clauses/${clauseId}/${what}`,
    body,
  )
const passages = async (account: string) =>
  (
    await (
      await person(account)
    ).call<{ swallowed: SwallowedView[] }>('GET', `/api/documents/${id}/swallowed`)
  ).body.swallowed

/** An article with khoản, its first khoản, and where the article ends. */
async function anArticle() {
  const clauses = await now()
  const at = clauses.findIndex(
    ({ level, id: own }, i) =>
      level === 'article' && clauses[i + 1]?.parentId === own && clauses[i + 2]?.parentId === own,
  )
  const article = clauses[at] as ClauseView
  const parents = new Map(clauses.map((clause) => [clause.id, clause.parentId]))
  const isUnder = (clause: ClauseView) => {
    for (let up = clause.parentId; up; up = parents.get(up) ?? null)
      if (up === article.id) return true
    return false
  }
  const inside = clauses.filter(isUnder)
  return { clauses, at, article, inside, first: inside[0] as ClauseView }
}

describe('moving, merging and deleting clauses', () => {
  test('an Điều moves with all under it, and every id stays', async () => {
    const { clauses, article, inside } = await anArticle()
    const rest = clauses.filter(
      ({ id: one }) => one !== article.id && !inside.some((c) => c.id === one),
    )
    const last = rest.at(-1)?.id ?? ''
    const moved = await act('move', article.id, { afterClauseId: last })
    expect(moved).toMatchObject({ status: 200, body: { id: article.id, text: article.text } })
    const order = [...rest, article, ...inside]
    expect((await now()).map(({ id: one, text }) => [one, text])).toEqual(
      order.map(({ id: one, text }) => [one, text]),
    )
    const back = await act('move', article.id, {
      afterClauseId: clauses[clauses.indexOf(article) - 1]?.id ?? null,
    })
    expect(back.status).toBe(200)
    expect((await now()).map(({ hash }) => hash)).toEqual(clauses.map(({ hash }) => hash))
  })

  test('it cannot move into itself, between the khoản of another Điều, behind nothing, or for somebody who sees older words', async () => {
    const { clauses, article, inside, first } = await anArticle()
    const other = clauses.findLast(({ level }) => level === 'article') as ClauseView
    const seen = subtreeHash([article, ...inside])
    await changesNothing(server, async () => {
      for (const [what, clauseId, body, answer] of [
        ['move', article.id, { afterClauseId: first.id }, '400 input/invalid'],
        // Its own second khoản would come under whatever Điều went between.
        ['move', other.id, { afterClauseId: first.id }, '400 input/invalid'],
        ['move', article.id, { afterClauseId: 'khong-co' }, '404 clause/not-found'],
        ['move', article.id, { afterClauseId: null, hash: article.hash }, '409 clause/stale-hash'],
        ['delete', article.id, { hash: article.hash }, '409 clause/stale-hash'],
        ['merge', first.id, { hash: seen }, '409 clause/stale-hash'],
      ] as const) {
        const { status, body: said } = await act(what, clauseId, body)
        expect([what, `${status} ${said.code}`]).toEqual([what, answer])
      }
    })
    const [top] = await now()
    expect((await act('merge', top?.id ?? '')).body.code).toBe('content/refused')
  })

  test('merging puts a clause’s words behind those of the one before it', async () => {
    const { inside } = await anArticle()
    const [above, below] = inside as [ClauseView, ClauseView]
    const { status, body } = await act('merge', below.id, { hash: below.hash })
    expect([status, body.id, body.text]).toEqual([200, above.id, `${above.text} ${below.text}`])
    expect((await now()).some(({ id: one }) => one === below.id)).toBe(false)
  })

  test('a clause is deleted with all under it, by whoever has it on screen as it is', async () => {
    const { clauses, article, inside } = await anArticle()
    const hash = subtreeHash([article, ...inside])
    expect((await act('delete', article.id, { hash })).status).toBe(204)
    const gone = new Set([article, ...inside].map(({ id: one }) => one))
    expect((await now()).map(({ id: one }) => one)).toEqual(
      clauses.map(({ id: one }) => one).filter((one) => !gone.has(one)),
    )
  })
})

describe('[P04] what others were typing there', () => {
  test.each(['delete', 'merge', 'move'])('comes back to them after: %s', async (what) => {
    const { inside, clauses } = await anArticle()
    const target = inside[1] as ClauseView
    const author = await openDocument(server, await person('snv.officer'), id)
    const before = (await passages('snv.officer')).length
    const late = author.change((_, doc) =>
      setClauseText(doc, target.id, `${target.text} ${what} đúng lúc`),
    )
    const afterClauseId = clauses.at(-1)?.id ?? null
    const acted = await act(what, target.id, what === 'move' ? { afterClauseId } : {})
    expect(acted.status).toBeLessThan(300)
    author.sendUpdate(late)
    await hears(author, 'swallowed')
    const found = await passages('snv.officer')
    expect(found).toHaveLength(before + 1)
    const officer = (
      await (await person('stc.officer')).call<{ user: { id: string } }>('GET', '/api/session')
    ).body
    expect(found.at(-1)).toMatchObject({
      text: `${what} đúng lúc`,
      clauseId: what === 'merge' ? inside[0]?.id : target.id,
      by: { id: officer.user.id },
    })
    expect(await passages('stc.officer')).toEqual([])
    await author.leave()
  })

  test('is theirs alone to see and to dismiss', async () => {
    const [passage] = await passages('snv.officer')
    const place = `/api/swallowed/${passage?.id}/dismiss`
    const stranger = await person('snv.head')
    expect((await stranger.call('POST', place)).status).toBe(404)
    const author = await person('snv.officer')
    const count = (await passages('snv.officer')).length
    for (let twice = 0; twice < 2; twice += 1)
      expect((await author.call('POST', place)).status).toBe(204)
    expect(await passages('snv.officer')).toHaveLength(count - 1)
  })

  test('also when the server’s own move is hidden by somebody who has not seen it', async () => {
    const { inside } = await anArticle()
    const [above, below] = inside as [ClauseView, ClauseView]
    const other = await openDocument(server, await person('vpub.officer'), id)
    const late = other.change((_, doc) => deleteClause(doc, above.id))
    expect((await act('merge', below.id)).status).toBe(200)
    const mover = await openDocument(server, await person('stc.officer'), id)
    other.sendUpdate(late)
    await hears(mover, 'swallowed')
    expect((await passages('stc.officer')).map(({ text }) => text)).toEqual([below.text])
    await mover.leave()
    await other.leave()
  })
})
