import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChangedSince } from '../../../shared/agreements/api.ts'
import { setTableText } from '../../../shared/clauses/tables/setTableText.ts'
import { deleteClause, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { openDocument } from '../support/peers.ts'
import { allAgree, clausesOf, crowd } from '../support/people.ts'

let server: TestServer
let person: (account: string) => Promise<Visitor>
let id: string
let writers: Record<'stc' | 'snv', TestPeer>

beforeAll(async () => {
  server = await startTestServer()
  person = crowd(server)
  id = (await server.documentOf('regulation')).id
  writers = {
    stc: await openDocument(server, await person('stc.officer'), id),
    snv: await openDocument(server, await person('snv.officer'), id),
  }
  await allAgree(person, id)
})
afterAll(async () => {
  for (const peer of Object.values(writers)) await peer.leave()
  await server.close()
})

const clauses = async () => clausesOf(await person('stc.officer'), id)
const clauseBy = async (level: string) => {
  const found = (await clauses()).clauses.find((clause) => clause.level === level && clause.text)
  if (!found) throw new Error(level)
  return found
}
const rewrite = async (agency: 'stc' | 'snv', clauseId: string, text: string) => {
  writers[agency].write((_, doc) => setClauseText(doc, clauseId, text))
  await writers[agency].saved()
}
const changes = async (clauseId: string, since: string, account = 'bantdkt.observer') =>
  (await person(account)).call<ChangedSince & { code: string }>(
    'GET',
    `/api/documents/${id}/clauses/${clauseId}/changes?since=${since}`,
  )
const agencies = ({ authors }: ChangedSince) => authors.map(({ agencyId }) => agencyId)
const marked = (parts: ChangedSince['parts']) =>
  (parts ?? [])
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`,
    )
    .join('')

test('[P13] agreed at A, edits by two agencies: the diff is that of the words, and names both', async () => {
  const { id: clauseId, text, hash } = await clauseBy('paragraph')
  const [first, ...rest] = text.split(' ')
  await rewrite('stc', clauseId, `${text} và công khai`)
  await rewrite('snv', clauseId, `Nay ${first} ${rest.join(' ')} và công khai`)
  await rewrite('stc', clauseId, `Nay ${first} ${rest.join(' ')} và minh bạch`)
  const { status, body } = await changes(clauseId, hash)
  expect(status).toBe(200)
  const side = (kind: 'added' | 'removed') =>
    body.parts
      ?.flatMap((part) => (part.kind === kind || part.kind === 'same' ? part.text : []))
      .join('')
  expect(side('removed')).toBe(text)
  expect(side('added')).toBe(`Nay ${first} ${rest.join(' ')} và minh bạch`)
  expect(marked(body.parts)).toContain('và minh bạch]')
  expect(agencies(body)).toEqual(['stc', 'snv'])
  expect(body.authors[0]?.name).toMatch(/Sở Tài chính/)
  // Another clause has not changed, and nobody is named.
  const other = (await clauses()).clauses.find(
    ({ level, id }) => level === 'paragraph' && id !== clauseId,
  )
  const same = (await changes(other?.id ?? '', other?.hash ?? '')).body
  expect([same.authors, same.hash]).toEqual([[], other?.hash])
  expect(same.parts?.every(({ kind }) => kind === 'same')).toBe(true)
  await rewrite('stc', clauseId, text)
  const back = (await changes(clauseId, hash)).body
  expect([back.hash, marked(back.parts)]).toEqual([hash, text])
})

test('[P13] a table is told by its rows and cells', async () => {
  const { id: clauseId, text, hash } = await clauseBy('table')
  writers.snv.write((_, doc) => setTableText(doc, clauseId, text.replace('I.1.b', 'I.1.bb')))
  await writers.snv.saved()
  const { body } = await changes(clauseId, hash)
  const changed = body.table?.rows.filter(({ kind }) => kind !== 'same')
  expect(changed).toHaveLength(1)
  expect(changed?.[0]?.cells.map(({ parts }) => marked(parts)).join('|')).toContain('I.1.[-b][+bb]')
  expect(agencies(body)).toEqual(['snv'])
})

test('[P13] the structure names what has come and gone, the printed fields, and who did it', async () => {
  const { structureHash, clauses: list } = await clauses()
  const gone = list.filter(({ level }) => level === 'paragraph').at(-1)
  writers.stc.write((_, doc) => deleteClause(doc, gone?.id ?? ''))
  await writers.stc.saved()
  const lead = await person('vpdbqh.head')
  await lead.call('PATCH', `/api/documents/${id}`, { place: 'Phan Rang' })
  const { body } = await changes('structure', structureHash)
  expect(body.structure).toMatchObject([
    { kind: 'field', field: 'place' },
    { kind: 'removed', clauseId: gone?.id },
  ])
  expect(agencies(body)).toEqual(['stc', 'vpdbqh'])
  // The clause that is gone still says what was agreed to.
  const removed = (await changes(gone?.id ?? '', gone?.hash ?? '')).body
  expect([removed.hash, marked(removed.parts)]).toEqual([null, `[-${gone?.text}]`])
  expect(agencies(removed)).toEqual(['stc'])
})

test('[P13] the words of a position that is older than their keeping are found in the log, and kept from then on', async () => {
  const { id: clauseId, text, hash } = await clauseBy('article')
  await rewrite('snv', clauseId, `${text} ngay`)
  const { database } = server.platform
  const kept = () =>
    database.read
      .selectFrom('agreed_words')
      .select('hash')
      .where('document_id', '=', id)
      .where('clause_id', '=', clauseId)
      .execute()
  await database.write((tx) =>
    tx
      .deleteFrom('agreed_words')
      .where('document_id', '=', id)
      .where('clause_id', '=', clauseId)
      .execute(),
  )
  const { status, body } = await changes(clauseId, hash)
  expect(status).toBe(200)
  expect(marked(body.parts)).toMatch(/\[\+[^[\]]*ngay\]/)
  expect(agencies(body)).toEqual(['snv'])
  expect(await kept()).toEqual([{ hash }])
  await rewrite('snv', clauseId, text)
})

test('words that nobody took a position on, a foreign document and nonsense are refused', async () => {
  const { id: clauseId, hash } = await clauseBy('article')
  expect((await changes(clauseId, 'a'.repeat(64))).body.code).toBe('position/no-words')
  expect((await changes('khong-co', hash)).body.code).toBe('position/no-words')
  expect((await changes(clauseId, 'x')).body.code).toBe('input/invalid')
  const stranger = await changes(clauseId, hash, 'operator')
  expect([stranger.status, stranger.body.code]).toEqual([404, 'document/not-found'])
})
