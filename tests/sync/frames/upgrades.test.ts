import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestPeer } from '../../support/TestPeer.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'
import { typeInto } from '../testRooms.ts'
import { RawSocket, request, upgradeHeaders, wireFrame } from './rawSocket.ts'

/** SOAK=1 takes the long sizes. */
const isSoak = process.env.SOAK === '1'

let server: TestServer
let officer: Visitor
let documentId: string
let colleague: TestPeer
let clause: number

beforeAll(async () => {
  server = await startTestServer()
  officer = await server.signIn('stc.officer')
  documentId = (await server.documentOf('plan')).id
  const { cookie } = await server.signIn('snv.officer')
  colleague = await TestPeer.join(`${server.syncUrl}/${documentId}`, { headers: { cookie } })
  const blocks = colleague.doc.getXmlFragment('body').toArray() as {
    nodeName: string
    length: number
  }[]
  clause = blocks.findIndex(({ nodeName, length }) => nodeName === 'clause' && length > 0)
}, 120_000)
afterAll(async () => {
  await colleague.leave()
  await server.close()
})

/** A colleague goes on writing, over his socket and over HTTP. */
async function othersAreServed(): Promise<void> {
  colleague.write((_, doc) => typeInto(doc, clause, '.'))
  await colleague.saved()
  expect((await officer.call('GET', `/api/documents/${documentId}`)).status).toBe(200)
}

const line = (path = `/sync/${documentId}`) => `GET ${path} HTTP/1.1`
const signedIn = () => upgradeHeaders({ Cookie: officer.cookie })
const without = (name: string) => signedIn().filter(([one]) => one !== name)
const changed = (name: string, value: string) =>
  signedIn().map(([one, old]): [string, string] => [one, one === name ? value : old])

describe('[F27] odd upgrades are answered over HTTP, before 101, or do no harm', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i): [string, string] => [`X-A${i}`, 'a'])
  const cases: [string, () => string, readonly number[]][] = [
    ['no session', () => request(line(), upgradeHeaders({})), [401]],
    [
      'a session that is none',
      () => request(line(), upgradeHeaders({ Cookie: 'sid=x; sid=' })),
      [401],
    ],
    [
      'a foreign origin',
      () => request(line(), [...signedIn(), ['Origin', 'https://evil.example']]),
      [403],
    ],
    ['no origin that is one', () => request(line(), [...signedIn(), ['Origin', 'null']]), [403]],
    [
      'two origins',
      () =>
        request(line(), [
          ...signedIn(),
          ['Origin', server.url],
          ['Origin', 'https://evil.example'],
        ]),
      [403],
    ],
    ['no such document', () => request(line('/sync/nothing'), signedIn()), [404]],
    ['no document', () => request(line('/sync/'), signedIn()), [404]],
    ['a path that goes up', () => request(line(`/sync/../sync/${documentId}`), signedIn()), [404]],
    ['broken percent-encoding', () => request(line('/sync/%zz%'), signedIn()), [404]],
    ['another path', () => request(line('/api/session'), signedIn()), [404]],
    ['no path', () => request(line('*'), signedIn()), [400, 404]],
    ['no key', () => request(line(), without('Sec-WebSocket-Key')), [400]],
    [
      'a key that is none',
      () => request(line(), changed('Sec-WebSocket-Key', 'x'.repeat(1_000))),
      [400],
    ],
    ['no version', () => request(line(), without('Sec-WebSocket-Version')), [400]],
    [
      'a version of tomorrow',
      () => request(line(), changed('Sec-WebSocket-Version', '99')),
      [400, 426],
    ],
    ['another protocol', () => request(line(), changed('Upgrade', 'h2c')), [400]],
    [
      'extensions that are none',
      () => request(line(), [...signedIn(), ['Sec-WebSocket-Extensions', 'a;;=;"']]),
      [101],
    ],
    [
      'subprotocols that are none',
      () => request(line(), [...signedIn(), ['Sec-WebSocket-Protocol', ',,\u0001']]),
      [400],
    ],
    ['POST', () => request(line().replace('GET', 'POST'), signedIn()), [400, 404, 405]],
    [
      '2,000 headers, short enough in sum',
      () => request(line(), [...signedIn(), ...many(2_000)]),
      [101],
    ],
    [
      'a header of 64 kB',
      () => request(line(), [...signedIn(), ['X-A', 'a'.repeat(65_536)]]),
      [431],
    ],
    ['a path of 64 kB', () => request(line(`/sync/${'a'.repeat(65_536)}`), signedIn()), [414, 431]],
    ['no HTTP at all', () => '\u0016\u0003\u0001\r\n\r\n', [400]],
    [
      'a clientID that is none',
      () => request(line(`/sync/${documentId}?client=-1`), signedIn()),
      [101],
    ],
  ]
  test.each(cases)('%s', async (_, says, statuses) => {
    const socket = await RawSocket.open(server.url)
    socket.write(says())
    expect(statuses).toContain(await socket.status())
    if (statuses[0] !== 101) await socket.closed
    socket.end()
    await othersAreServed()
  })

  test('a megabyte of frames before anybody has looked at the session is never read', async () => {
    const socket = await RawSocket.open(server.url)
    socket.write(request(line(), upgradeHeaders({})))
    for (let i = 0; i < 16; i += 1)
      socket.write(wireFrame({ first: 0x82, payload: new Uint8Array(60_000) }))
    // The answer may be lost with the connection: what was sent after it resets it.
    expect([401, 0]).toContain(await socket.status())
    await socket.closed
    await othersAreServed()
  })
})

async function upgraded(): Promise<RawSocket> {
  const socket = await RawSocket.open(server.url)
  socket.write(request(line(), signedIn()))
  expect(await socket.status()).toBe(101)
  return socket
}

describe('[F26] what is no WebSocket frame ends its socket alone', () => {
  const cases: [string, readonly Buffer[], readonly (number | null)[]][] = [
    [
      'an unmasked frame',
      [wireFrame({ first: 0x82, payload: new Uint8Array(3), masked: false })],
      [4400],
    ],
    ['a reserved bit', [wireFrame({ first: 0xa2 })], [4400]],
    ['the compressed bit, which was not agreed on', [wireFrame({ first: 0xc2 })], [4400]],
    ['an unknown opcode', [wireFrame({ first: 0x83 })], [4400]],
    ['a ping that is too long', [wireFrame({ first: 0x89, payload: new Uint8Array(126) })], [4400]],
    ['a ping in fragments', [wireFrame({ first: 0x09 })], [4400]],
    [
      'an end without a beginning',
      [wireFrame({ first: 0x80, payload: new Uint8Array(1) })],
      [4400],
    ],
    [
      'a beginning within a message',
      [wireFrame({ first: 0x02, payload: new Uint8Array(1) }), wireFrame({ first: 0x82 })],
      [4400],
    ],
    ['a text frame', [wireFrame({ first: 0x81, payload: Buffer.from('chào') })], [4400]],
    [
      'a text frame that is no UTF-8',
      [wireFrame({ first: 0x81, payload: Buffer.from([0xff, 0xc0]) })],
      [4400],
    ],
    ['a frame of 2^40 bytes', [wireFrame({ first: 0x82, says: 2 ** 40 })], [4413]],
    [
      'more than a frame may hold, in fragments',
      [
        wireFrame({ first: 0x02, payload: new Uint8Array(600_000) }),
        wireFrame({ first: 0x80, payload: new Uint8Array(600_000) }),
      ],
      [4413],
    ],
    [
      'a hundred thousand fragments without an end',
      [
        wireFrame({ first: 0x02 }),
        Buffer.concat(
          Array.from({ length: 100_000 }, () =>
            wireFrame({ first: 0x00, payload: new Uint8Array(1) }),
          ),
        ),
      ],
      [4413],
    ],
    [
      'a hundred thousand empty fragments',
      [
        wireFrame({ first: 0x02 }),
        Buffer.concat(Array.from({ length: 100_000 }, () => wireFrame({ first: 0x00 }))),
      ],
      [4413],
    ],
    [
      'a close frame with a code that is none',
      [wireFrame({ first: 0x88, payload: Buffer.from([0, 1]) })],
      [4400],
    ],
    ['a close frame of one byte', [wireFrame({ first: 0x88, payload: Buffer.from([3]) })], [4400]],
  ]
  test.each(cases)('%s', async (_, frames, codes) => {
    const socket = await upgraded()
    for (const frame of frames) socket.write(frame)
    const code = await socket.closeCode()
    expect(codes).toContain(code)
    await othersAreServed()
  })

  test('20,000 pings from somebody who never reads cost no more than a few answers', async () => {
    const socket = await upgraded()
    socket.socket.pause()
    const ping = wireFrame({ first: 0x89, payload: new Uint8Array(125) })
    socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => ping)))
    await othersAreServed()
    socket.end()
    await socket.closed
  })
})

describe('[F27] slowloris', () => {
  test('hundreds of requests, bodies and frames that never end: everybody else is served meanwhile', async () => {
    const { server: http } = server.app
    expect(http.headersTimeout).toBeLessThanOrEqual(15_000)
    expect(http.requestTimeout).toBeLessThanOrEqual(60_000)
    expect(http.keepAliveTimeout).toBeGreaterThan(0)
    expect(http.keepAliveTimeout).toBeLessThanOrEqual(15_000)
    const count = isSoak ? 1_000 : 150
    const heads = await Promise.all(
      Array.from({ length: count }, async () => {
        const socket = await RawSocket.open(server.url)
        socket.write(`${line()}\r\nHost: localhost\r\nX-A: `)
        return socket
      }),
    )
    const silent = await Promise.all(
      Array.from({ length: count }, () => RawSocket.open(server.url)),
    )
    const bodies = await Promise.all(
      Array.from({ length: count }, async () => {
        const socket = await RawSocket.open(server.url)
        const headers: [string, string][] = [
          ['Host', 'localhost'],
          ['Content-Type', 'application/json'],
          ['Content-Length', '1000'],
        ]
        socket.write(`${request('POST /api/session HTTP/1.1', headers)}{"account":"`)
        return socket
      }),
    )
    const frames = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = await upgraded()
        socket.write(wireFrame({ first: 0x82, says: 500_000, payload: new Uint8Array(10) }))
        return socket
      }),
    )
    await othersAreServed()
    const fresh = await server.signIn('vpub.officer')
    const peer = await TestPeer.join(`${server.syncUrl}/${documentId}`, {
      headers: { cookie: fresh.cookie },
    })
    expect(peer.text).toBe(colleague.text)
    await peer.leave()
    for (const socket of [...heads, ...silent, ...bodies, ...frames]) socket.end()
  })
})
