import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedText } from '../../../server/versions/attribution.ts'
import { paragraphsOf } from '../../../shared/clauses/clause.ts'
import { deleteClause, insertClause, readBody, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { SignedRun } from '../../../shared/diff/wordTokens.ts'
import type { VersionView } from '../../../shared/versions/api.ts'
import { clause } from '../../support/builders.ts'
import { seeded } from '../../support/seeded.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { crowd } from '../support/people.ts'

/**
 * A scripted session: every word tells who typed it (`stc17z`), so that whatever was parted, joined, moved, restored or
 * compacted since, each letter of it must be signed by that agency's officer.
 */
const PEOPLE = ['stc', 'snv', 'vpub'] as const
type Person = (typeof PEOPLE)[number]
const WORD = /(stc|snv|vpub)\d+z/g

let server: TestServer
let visitors: Record<Person, Visitor>
let peers: Record<Person, TestPeer>
const accounts = new Map<string, Person>()
let id: string

beforeAll(async () => {
  server = await startTestServer()
  id = (await server.documentOf('plan')).id
  const person = crowd(server)
  const all = await Promise.all(
    PEOPLE.map(async (who) => [who, await person(`${who}.officer`)] as const),
  )
  visitors = Object.fromEntries(all) as Record<Person, Visitor>
  for (const who of PEOPLE) {
    const { body } = await visitors[who].call<{ user: { id: string } }>('GET', '/api/session')
    accounts.set(body.user.id, who)
  }
  await open()
})
afterAll(async () => {
  await close()
  await server.close()
})

async function open() {
  const joined = await Promise.all(
    PEOPLE.map(async (who) => [who, await openDocument(server, visitors[who], id)] as const),
  )
  peers = Object.fromEntries(joined) as Record<Person, TestPeer>
}
const close = () => Promise.all(PEOPLE.map((who) => peers[who].leave()))

type Words = { id: string; words: string[] }
const own = (peer: TestPeer): Words[] =>
  readBody(peer.doc)
    .filter((block) => block.id.startsWith('k'))
    .map((block) => ({
      id: block.id,
      words: paragraphsOf(block)
        .flat()
        .map((run) => run.text)
        .join('')
        .split(' ')
        .filter(Boolean),
    }))
const said = (peer: TestPeer) => JSON.stringify(readBody(peer.doc))

/** Everybody has everything. */
async function settled(first: Person) {
  await peers[first].saved()
  const { body } = await visitors[first].call<{ revision: number; contentHash: string }>(
    'GET',
    `/api/documents/${id}/clauses`,
  )
  for (const who of PEOPLE) {
    const other = peers[who]
    await other.until(
      () => said(other) === said(peers[first]) && other.revision <= body.revision,
      'settled',
    )
  }
}

/** Whose each word is, by what it says and by the log. */
async function signatures(revision?: number): Promise<[says: string, log: string][]> {
  const { epoch, revision: last } = await server.documentOf('plan')
  const blocks = await signedText(server.platform.database, {
    documentId: id,
    epoch,
    revision: revision ?? last,
  })
  return blocks.flatMap((block) => {
    const runs = paragraphsOf(block).flat() as SignedRun[]
    const text = runs.map((run) => run.text).join('')
    const signs = runs.flatMap((run) =>
      Array.from({ length: run.text.length }, () => accounts.get(run.by ?? '') ?? '?'),
    )
    return [...text.matchAll(WORD)].map((match): [string, string] => [
      `${match[0]}: ${match[1]}`,
      `${match[0]}: ${[...new Set(signs.slice(match.index, match.index + match[0].length))].join()}`,
    ])
  })
}
const expectTruth = async (revision?: number) => {
  const found = await signatures(revision)
  expect(found.map(([, log]) => log)).toEqual(found.map(([says]) => says))
  return found.length
}

test.each([5, 6, 7, 8, 9, 10, 11, 12])(
  '[P16] the log says who wrote each word, as the script of the session does: seed %i',
  async (seed) => {
    const { pick, below } = seeded(seed)
    let count = seed * 1_000
    const fresh = (who: Person) => Array.from({ length: 1 + below(3) }, () => `${who}${count++}z`)
    const kept: VersionView[] = []
    peers.stc.write((_, doc) => {
      for (let i = 0; i < 3; i += 1)
        insertClause(
          doc,
          readBody(doc)[0]?.id ?? null,
          clause(`k${seed}x${i}`, 'text', fresh('stc').join(' ')),
        )
    })
    await settled('stc')
    for (let step = 0; step < 30; step += 1) {
      const who = pick(PEOPLE)
      const peer = peers[who]
      const clauses = own(peer)
      const index = below(Math.max(1, clauses.length))
      const { id: clauseId, words } = clauses[index] ?? { id: '', words: [] }
      const at = below(words.length + 1)
      const write = (list: string[]) =>
        peer.write((_, doc) => void setClauseText(doc, clauseId, list.join(' ')))
      const kind = pick([
        'type',
        'type',
        'type',
        'delete',
        'split',
        'merge',
        'move',
        'keep',
        'restore',
      ] as const)
      if (clauses.length === 0 || kind === 'type') write(words.toSpliced(at, 0, ...fresh(who)))
      else if (kind === 'delete') write(words.toSpliced(at, 2))
      else if (kind === 'split')
        // As Enter does: the second half is taken out and written into a new clause.
        peer.write((_, doc) => {
          setClauseText(doc, clauseId, words.slice(0, at).join(' '))
          insertClause(doc, clauseId, clause(`k${count++}`, 'text', words.slice(at).join(' ')))
        })
      else if (kind === 'merge' && index > 0)
        await visitors[who].call('POST', `/api/documents/${id}/clauses/${clauseId}/merge`, {})
      else if (kind === 'move' && index > 0)
        await visitors[who].call('POST', `/api/documents/${id}/clauses/${clauseId}/move`, {
          afterClauseId: null,
        })
      else if (kind === 'keep') {
        const { body } = await visitors[who].call<VersionView>(
          'POST',
          `/api/documents/${id}/versions`,
          { name: `Bước ${step}` },
        )
        kept.push(body)
      } else if (kind === 'restore' && kept.length > 0)
        await visitors[who].call('POST', `/api/versions/${pick(kept).id}/restore`, {})
      await settled(who)
    }
    expect(await expectTruth()).toBeGreaterThan(0)
    for (const { revision } of kept) await expectTruth(revision)
    // The room goes, its log is put together, and it comes again.
    await close()
    await open()
    await expectTruth()
  },
)

test('[P16] what one takes out and puts back by undo stays whose it was', async () => {
  peers.snv.write(
    (_, doc) => void insertClause(doc, null, clause('k9x', 'text', 'snv901z snv902z snv903z')),
  )
  await settled('snv')
  peers.stc.write((_, doc) => void deleteClause(doc, 'k9x'))
  await settled('stc')
  peers.stc.write(
    (_, doc) => void insertClause(doc, null, clause('k9x', 'text', 'snv901z snv902z snv903z')),
  )
  await settled('stc')
  await expectTruth()
})
