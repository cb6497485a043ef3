import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AGENCY_ROLES,
  type AgencyRole,
  type BlocActor,
  PERSON_ROLES,
  type PersonRole,
} from '../../../shared/accounts/account.ts'
import { ACTIONS, type Action, can, type Scene } from '../../../shared/accounts/permissions.ts'
import type { AgencyId, BlocId, UserId } from '../../../shared/base/ids.ts'
import { setClauseText } from '../../../shared/clauses/yjs.ts'
import type { ThreadView } from '../../../shared/comments/api.ts'
import type { ProposalView } from '../../../shared/proposals/api.ts'
import { UpgradeRefused } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { hears, openDocument } from '../support/peers.ts'
import { addAccount, addBloc, clausesOf, crowd, delegateToDeputy, lock } from '../support/people.ts'

/**
 * Every role × every action of the law, against the running server. Each call is one that the next judge behind the
 * role refuses (a stale hash, a missing password, a decided proposal), so that the table leaves the bloc as it was;
 * `past` is what that judge says.
 */
type Who = { label: string; visitor: Visitor; actor: BlocActor }
type Row = {
  /** Says `status code`, or what the socket did. */
  act(who: Who): Promise<string>
  /** Answer to whoever may. */
  past: string
  /** Answer to whoever may not, where it is not the usual one. */
  short?: string
  /** Answer to whoever may not even know. */
  hidden?: string
  isHidden?(who: Who): boolean
  scene?(who: Who): Partial<Scene>
}

const AGENCY: Record<AgencyRole, string> = {
  lead: 'vpdbqh',
  deputy: 'snv',
  member: 'stc',
  observer: 'bantdkt',
}
const NO_DOCUMENT = '404 document/not-found'
const HASH = 'a'.repeat(64)

let server: TestServer
let everybody: Who[]
let drafting: string
let locked: string
let clauseId: string
let threadId: string
let versionId: string
/** Its opener's reply to it, taken back already. */
let replyId: string
/** Decided already: one made by a member's officer, one by the lead's own head. */
let proposals: { id: string; proposerId: string }[]

beforeAll(async () => {
  // Nothing here comes so far as to send a mail.
  const mail = { url: 'smtp://127.0.0.1:1', from: 'a@b.vn', publicUrl: 'https://b.vn' }
  server = await startTestServer({ config: { mail } })
  const person = crowd(server)
  const enter = async (
    agencyRole: AgencyRole | null,
    agencyId: string | null,
    role: PersonRole,
    mandated = false,
  ): Promise<Who> => {
    const account = `${agencyId ?? 'no'}.${role}${mandated ? '+' : ''}.test`
    const userId = (await addAccount(server, { account, agencyId, role, mandated })) as UserId
    const actor: BlocActor = {
      userId,
      name: account,
      agencyId: agencyId as AgencyId | null,
      role,
      mandated,
      blocId: server.blocId as BlocId,
      agencyRole,
    }
    return {
      label: `${agencyRole ?? 'outside'}: ${account}`,
      visitor: await person(account),
      actor,
    }
  }
  everybody = []
  for (const agencyRole of AGENCY_ROLES)
    for (const role of PERSON_ROLES.filter((each) => each !== 'operator'))
      for (const mandated of role === 'delegate' ? [false, true] : [false])
        everybody.push(await enter(agencyRole, AGENCY[agencyRole], role, mandated))
  everybody.push(await enter(null, null, 'operator'))
  await addBloc(server, 'khoikhac')
  for (const role of ['head', 'officer', 'clerk'] as const)
    everybody.push(await enter(null, 'khoikhac', role))

  drafting = (await server.documentOf('plan')).id
  locked = (await server.documentOf('covenant')).id
  const lead = await person('vpdbqh.head')
  clauseId = (await clausesOf(lead, drafting)).clauses[1]?.id ?? ''
  const officer = await person('stc.officer')
  const opened = await officer.call<ThreadView>('POST', `/api/documents/${drafting}/threads`, {
    clauseId,
    body: 'Xong',
  })
  threadId = opened.body.id
  await officer.call('POST', `/api/threads/${threadId}/resolve`)
  const named = await officer.call<{ id: string }>('POST', `/api/documents/${drafting}/versions`, {
    name: 'Bản đầu',
  })
  versionId = named.body.id
  const author = find('member: stc.officer.test').visitor
  const reply = await author.call<{ id: string }>('POST', `/api/threads/${threadId}/replies`, {
    body: 'Rõ',
  })
  replyId = reply.body.id
  await author.call('DELETE', `/api/threads/${threadId}/replies/${replyId}`)
  await lock(person, locked)
  for (const label of ['member: stc.officer.test', 'lead: vpdbqh.head.test']) await writeLate(label)
  const { body } = await lead.call<{ proposals: ProposalView[] }>(
    'GET',
    `/api/documents/${locked}/proposals`,
  )
  const deputy = await person('snv.head')
  for (const { id } of body.proposals) await deputy.call('POST', `/api/proposals/${id}/reject`)
  proposals = body.proposals.map(({ id, author }) => ({ id, proposerId: author.id }))
  expect(proposals).toHaveLength(2)
})
afterAll(() => server.close())

const find = (label: string) => {
  const who = everybody.find((each) => each.label === label)
  if (!who) throw new Error(label)
  return who
}

async function writeLate(label: string): Promise<void> {
  const witness = await openDocument(server, find('lead: vpdbqh.clerk.test').visitor, locked)
  await write(locked)(find(label))
  await hears(witness, 'proposal')
  await witness.leave()
}

const call = async (who: Who, method: string, path: string, body?: unknown): Promise<string> => {
  const answer = await who.visitor.call<{ code?: string }>(method, path, body)
  const isProblem = answer.headers.get('content-type')?.includes('problem')
  return isProblem ? `${answer.status} ${answer.body.code}` : String(answer.status)
}
const http =
  (method: string, path: () => string, body?: () => unknown): Row['act'] =>
  (who) =>
    call(who, method, path(), body?.())

/** What becomes of a word typed into the document: saved, or the code that closes the connection. */
const write = (documentId: string) => async (who: Who) => {
  try {
    const peer = await openDocument(server, who.visitor, documentId)
    const { clauses } = await clausesOf(who.visitor, documentId)
    const target = clauses[1]
    peer.write((_, doc) => setClauseText(doc, target?.id ?? '', `${target?.text} ${who.label}`))
    const end = await Promise.race([
      peer.saved().then(
        () => 'saved',
        () => 'closed',
      ),
      peer.closed.then(({ code }) => String(code)),
    ])
    if (end !== 'saved') return String((await peer.closed).code)
    await peer.leave()
    return end
  } catch (cause) {
    if (cause instanceof UpgradeRefused) return `${cause.status} upgrade`
    throw cause
  }
}

const ofDrafting = (path: string) => () => `/api/documents/${drafting}${path}`
const ofLocked = (path: string) => () => `/api/documents/${locked}${path}`
const onProposals = (what: string): Row[] =>
  [0, 1].map((index) => {
    const proposal = () => proposals[index] as (typeof proposals)[number]
    const scene = () => ({ proposerId: proposal().proposerId })
    return {
      act: (who) => call(who, 'POST', `/api/proposals/${proposal().id}/${what}`),
      past: '409 proposal/decided',
      hidden: '404 proposal/not-found',
      isHidden: ({ actor }) =>
        actor.agencyRole === null ||
        !can(actor, 'proposal.readLate', { deputyActs: false, ...scene() }),
      scene,
    }
  })
const onPlaces = (kind: 'person' | 'seal'): Row[] =>
  ['vpdbqh', 'snv', 'stc'].map((agency) => ({
    act: http('POST', ofLocked('/signing/prepare'), () => ({
      placeId: `${agency}:${kind}`,
      certificate: 'AAAA',
    })),
    past: '403 auth/step-up-required',
    scene: () => ({ placeAgencyId: agency as AgencyId }),
  }))
/** One route for both kinds of certificate: who has either right comes past the role. */
const certificate: Row = {
  act: http(
    'POST',
    () => '/api/certificates',
    () => ({ csr: 'x' }),
  ),
  past: '403 auth/step-up-required',
}

const TABLE: Record<Action, Row[]> = {
  'bloc.read': [
    {
      act: http('GET', () => `/api/blocs/${server.blocId}`),
      past: '200',
      hidden: '404 bloc/not-found',
    },
  ],
  'document.read': [
    '',
    '/clauses',
    '/references',
    '/citations',
    '/threads',
    '/positions',
    '/views',
    '/brackets',
    '/readiness',
    '/proposals',
    '/signing',
    '/swallowed',
    '/versions',
    '/diff?from=0&to=now',
    '/visit',
  ]
    .map((part): Row => ({ act: http('GET', ofDrafting(part)), past: '200' }))
    .concat(
      {
        act: (who) => call(who, 'GET', `/api/documents/${drafting}/clauses/${clauseId}/origin`),
        past: '200',
      },
      {
        act: http('GET', () => `/api/versions/${versionId}`),
        past: '200',
        hidden: '404 version/not-found',
      },
      {
        act: http('GET', ofDrafting(`/clauses/structure/changes?since=${HASH}`)),
        past: '404 position/no-words',
      },
    ),
  'document.write': [
    { act: (who) => write(drafting)(who), past: 'saved', short: '4403', hidden: '404 upgrade' },
    ...[
      ['move', { afterClauseId: null }] as const,
      ['merge', {}] as const,
      ['delete', {}] as const,
    ].map(([what, body]) => ({
      act: http('POST', ofDrafting(`/clauses/khong-co/${what}`), () => body),
      past: '404 clause/not-found',
    })),
    {
      act: http('POST', ofDrafting('/clauses/khong-co/brackets'), () => ({
        hash: HASH,
        words: 'x',
      })),
      past: '404 clause/not-found',
    },
    {
      act: http('POST', ofDrafting(`/acts/${'a'.repeat(21)}/undo`), () => ({})),
      past: '409 act/gone',
    },
    {
      act: http('POST', ofDrafting('/replace'), () => ({
        text: 'khong co',
        matchCase: true,
        by: '',
      })),
      past: '200',
    },
  ],
  'document.describe': [
    { act: http('PATCH', ofDrafting(''), () => ({ place: 'Ninh Thuận' })), past: '200' },
  ],
  'document.number': [
    { act: http('PATCH', ofDrafting(''), () => ({ number: null })), past: '200' },
  ],
  'thread.open': [
    {
      act: http('POST', ofDrafting('/threads'), () => ({ clauseId: 'khong-co', body: 'x' })),
      past: '404 clause/not-found',
    },
  ],
  'thread.reply': [
    {
      act: http(
        'POST',
        () => `/api/threads/${threadId}/replies`,
        () => ({ body: 'x' }),
      ),
      past: '201',
      hidden: '404 thread/not-found',
    },
  ],
  'thread.close': [
    {
      act: http(
        'POST',
        () => `/api/threads/${threadId}/resolve`,
        () => ({ reason: 'x' }),
      ),
      past: '409 thread/wrong-status',
      hidden: '404 thread/not-found',
      scene: () => ({ threadAgencyId: 'stc' as AgencyId }),
    },
    {
      act: async (who) => {
        const answer = await who.visitor.call<{ code: string; refused: { code: string }[] }>(
          'POST',
          '/api/threads/resolve',
          { threadIds: [threadId], reason: 'x' },
        )
        if (answer.status !== 200) return `${answer.status} ${answer.body.code}`
        return answer.body.refused[0]?.code ?? 'resolved'
      },
      past: 'thread/wrong-status',
      short: 'auth/forbidden',
      hidden: 'thread/not-found',
      scene: () => ({ threadAgencyId: 'stc' as AgencyId }),
    },
  ],
  'thread.amend': [
    ...(['PATCH', 'DELETE'] as const).map((method) => ({
      act: http(
        method,
        () => `/api/threads/${threadId}/replies/${replyId}`,
        () => (method === 'PATCH' ? { body: 'x' } : undefined),
      ),
      past: '409 thread/words-deleted',
      hidden: '404 thread/not-found',
      scene: () => ({ authorId: find('member: stc.officer.test').actor.userId }),
    })),
    // Of nobody in this table.
    ...(['PATCH', 'DELETE'] as const).map((method) => ({
      act: http(
        method,
        () => `/api/threads/${threadId}`,
        () => (method === 'PATCH' ? { body: 'x' } : undefined),
      ),
      past: '200',
      hidden: '404 thread/not-found',
      scene: () => ({ authorId: 'somebody else' }),
    })),
  ],
  'position.take': [
    {
      act: http('PUT', ofDrafting('/positions'), () => ({ position: 'agreed', contentHash: HASH })),
      past: '409 position/stale-hash',
    },
    {
      act: http('PUT', ofDrafting('/clauses/structure/position'), () => ({
        position: 'agreed',
        hash: HASH,
      })),
      past: '409 position/stale-hash',
    },
    {
      act: http('PUT', ofDrafting('/clauses/khong-co/brackets/0/support'), () => ({
        hash: HASH,
        option: HASH,
        supports: true,
      })),
      past: '404 clause/not-found',
    },
  ],
  'bracket.settle': [
    {
      act: http('POST', ofDrafting('/clauses/khong-co/brackets/0/settle'), () => ({
        hash: HASH,
        option: HASH,
      })),
      past: '404 clause/not-found',
    },
  ],
  'view.leave': [
    {
      act: http('PUT', ofDrafting('/clauses/structure/view'), () => ({
        view: 'agreed',
        hash: HASH,
      })),
      past: '409 position/stale-hash',
    },
  ],
  'proposal.make': [
    {
      act: http('POST', ofDrafting('/proposals'), () => ({
        clauseId: 'khong-co',
        baseHash: HASH,
        text: 'x',
      })),
      past: '404 clause/not-found',
    },
    {
      act: http('POST', ofDrafting('/proposals/batch'), () => ({
        items: [{ kind: 'delete', clauseId: 'khong-co', baseHash: HASH }],
      })),
      past: '404 clause/not-found',
    },
    // What is written after the lock is one too.
    { act: (who) => write(locked)(who), past: '4423', short: '4403', hidden: '404 upgrade' },
  ],
  'proposal.decide': [...onProposals('reject')],
  'proposal.support': [...onProposals('support'), ...onProposals('unsupport')],
  'proposal.withdraw': [...onProposals('withdraw')],
  'proposal.readLate': [0, 1].map((index) => ({
    act: async (who) => {
      const answer = await who.visitor.call<{ code: string; proposals: ProposalView[] }>(
        'GET',
        ofLocked('/proposals')(),
      )
      if (answer.status !== 200) return `${answer.status} ${answer.body.code}`
      return answer.body.proposals.some(({ id }) => id === proposals[index]?.id) ? 'shown' : 'not'
    },
    past: 'shown',
    short: 'not',
    scene: () => ({ proposerId: proposals[index]?.proposerId ?? null }),
  })),
  'version.name': [
    // A name of nothing is refused behind the role, and before anything is kept.
    {
      act: http(
        'PUT',
        () => `/api/versions/${versionId}/name`,
        () => ({ name: null }),
      ),
      past: '200',
      hidden: '404 version/not-found',
    },
    { act: http('POST', ofDrafting('/versions'), () => ({ name: 'Bản thử' })), past: '201' },
  ],
  'version.restore': [
    {
      act: http(
        'POST',
        () => `/api/versions/${versionId}/restore`,
        () => ({ clauseId: 'khong-co' }),
      ),
      past: '404 clause/not-found',
      hidden: '404 version/not-found',
    },
  ],
  'document.lock': [{ act: http('POST', ofDrafting('/lock')), past: '403 auth/step-up-required' }],
  'document.unlock': [
    {
      act: http('POST', ofLocked('/unlock'), () => ({ reason: 'x' })),
      past: '403 auth/step-up-required',
    },
  ],
  'document.seal': [{ act: http('POST', ofLocked('/seal')), past: '403 auth/step-up-required' }],
  'certificate.person': [certificate],
  'certificate.seal': [certificate],
  'place.signPerson': onPlaces('person'),
  'place.signSeal': onPlaces('seal'),
  'audit.read': [
    {
      act: http('GET', () => `/api/blocs/${server.blocId}/audit`),
      past: '200',
      hidden: '404 bloc/not-found',
    },
  ],
}

/** The law's own word, except where one route serves two actions. */
function mayDo(action: Action, who: Who, scene: Scene): boolean {
  if (!action.startsWith('certificate.')) return can(who.actor, action, scene)
  // A certificate belongs to the person's own bloc; the head of another bloc leads there.
  const actor: BlocActor =
    who.actor.agencyId === 'khoikhac' ? { ...who.actor, agencyRole: 'lead' } : who.actor
  return can(actor, 'certificate.person', scene) || can(actor, 'certificate.seal', scene)
}

function expected(action: Action, row: Row, who: Who, deputyActs: boolean): string {
  const scene: Scene = { deputyActs, ...row.scene?.(who) }
  const isHidden = row.isHidden?.(who) ?? who.actor.agencyRole === null
  if (isHidden && !action.startsWith('certificate.')) return row.hidden ?? NO_DOCUMENT
  return mayDo(action, who, scene) ? row.past : (row.short ?? '403 auth/forbidden')
}

test('every action of the law has a row', () => {
  expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort())
  for (const action of ACTIONS) expect([action, TABLE[action].length > 0]).toEqual([action, true])
})

describe.each([false, true])(
  'while the lead has delegated its acts to the deputy: %s',
  (deputyActs) => {
    beforeAll(() =>
      delegateToDeputy(server, deputyActs ? server.platform.clock() + 3_600_000 : null),
    )

    const rows = ACTIONS.flatMap((action) => TABLE[action].map((row, n) => ({ action, n, row })))
    test.each(rows)('$action, row $n', async ({ action, row }) => {
      const found: Record<string, string> = {}
      for (const who of everybody) found[who.label] = await row.act(who)
      const wanted = everybody.map((who) => [who.label, expected(action, row, who, deputyActs)])
      expect(found).toEqual(Object.fromEntries(wanted))
    })

    // Rows that treat everybody alike would prove nothing.
    test.each(ACTIONS)('%s is not for everybody', (action) => {
      const wanted = TABLE[action].flatMap((row) =>
        everybody.map((who) => expected(action, row, who, deputyActs)),
      )
      expect(new Set(wanted).size).toBeGreaterThan(1)
    })
  },
)

test('signed out, nobody may do anything', async () => {
  const nobody: Who = { ...find('lead: vpdbqh.head.test'), visitor: server.visitor() }
  for (const action of ACTIONS)
    for (const row of TABLE[action])
      expect([action, await row.act(nobody)]).toEqual([
        action,
        row.hidden === '404 upgrade' ? '401 upgrade' : '401 auth/required',
      ])
})

test('[P17] an inbox is one’s own, whoever one is', async () => {
  const nobody = { ...find('lead: vpdbqh.head.test'), visitor: server.visitor() }
  for (const [method, path, body, answer] of [
    ['GET', '/api/inbox', undefined, '200'],
    ['POST', '/api/inbox/read', { ids: ['x'] }, '200'],
    ['PUT', '/api/inbox/choices', {}, '200'],
    [
      'PUT',
      '/api/inbox/mail/address',
      { address: 'c@b.vn', language: 'vi' },
      '403 auth/step-up-required',
    ],
    ['POST', '/api/inbox/mail/confirm', { code: '00000000' }, '422 mail/wrong-code'],
    ['PUT', '/api/inbox/mail/choices', { frequency: 'daily' }, '409 mail/no-address'],
    ['DELETE', '/api/inbox/mail/code', undefined, '200'],
    ['DELETE', '/api/inbox/mail/address', undefined, '200'],
  ] as const) {
    for (const who of everybody)
      expect([who.label, await call(who, method, path, body)]).toEqual([who.label, answer])
    expect(await call(nobody, method, path, body)).toBe('401 auth/required')
  }
})
