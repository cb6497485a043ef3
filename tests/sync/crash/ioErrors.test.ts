import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inspectData } from '../../../server/platform/DataGuard.ts'
import { type SpawnedServer, spawnServer } from '../../support/spawnServer.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { eventually } from '../testRooms.ts'
import { appendWords, covenantOf, textOf, textOnDisk } from './covenant.ts'
import { attachStrace, noTrace } from './strace.ts'

/** Which fsync is the first to fail. */
const FSYNCS = process.env.SOAK ? Array.from({ length: 60 }, (_, i) => i + 1) : [1, 4]
/** What a full disk still has, in kB. */
const LEFT = process.env.SOAK ? Array.from({ length: 20 }, (_, i) => i * 16) : [40]

let template: string
let folder: string
let server: SpawnedServer
let documentId: string
/** Sessions are rows: who has signed in once is signed in after each restart, on each copy. */
const cookies = new Map<string, string>()
const file = () => path.join(folder, 'nhat-tri.sqlite')

beforeAll(async () => {
  template = mkdtempSync(path.join(tmpdir(), 'nhat-tri-io-'))
  const first = await spawnServer(template, { built: true })
  for (const account of ['stc.officer', 'snv.officer'])
    cookies.set(account, await first.signIn(account))
  documentId = await covenantOf(first, cookies.get('stc.officer') ?? '')
  expect(await first.stop()).toBe(0)
})
afterAll(() => rmSync(template, { recursive: true }))

async function start(at?: string): Promise<void> {
  folder = at ?? mkdtempSync(path.join(tmpdir(), 'nhat-tri-io-'))
  cpSync(template, folder, { recursive: true })
  server = await spawnServer(folder, { built: true })
}
afterEach(async () => {
  await server?.kill9()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const headers = (account: string) => ({ cookie: cookies.get(account) ?? '' })
const join = async (account: string, doc?: TestPeer['doc']) =>
  TestPeer.join(`${server.syncUrl}/${documentId}`, {
    headers: headers(account),
    ...(doc ? { doc } : {}),
  })

/** Types until the connection is closed. @returns the words that were called saved, and the farewell */
async function typeToTheEnd(writer: TestPeer, size = 0) {
  const acked: string[] = []
  let farewell: { code: number; reason: string } | null = null
  void writer.closed.then((said) => {
    farewell = said
  })
  for (let i = 0; !farewell && i < 5_000; i += 1) {
    const words = `[${i}${'x'.repeat(size)}]`
    writer.write((_, doc) => appendWords(doc, words))
    await Promise.race([writer.saved().catch(() => {}), writer.closed])
    if (writer.acked === writer.sent) acked.push(words)
  }
  return { acked, farewell: await writer.closed }
}

const lost = (words: readonly string[], text: string) => words.filter((one) => !text.includes(one))
const seenBy = (peer: TestPeer) => textOf(peer.doc).match(/\[\d+x*\]/g) ?? []
const ready = async () => {
  const answer = await fetch(`${server.url}/readyz`)
  return { status: answer.status, body: await answer.json() }
}
const readsText = async () => {
  const place = `${server.url}/api/documents/${documentId}/clauses`
  return (await fetch(place, { headers: headers('snv.officer') })).status
}
const comment = async () => {
  const clauses = await fetch(`${server.url}/api/documents/${documentId}/clauses`, {
    headers: headers('snv.officer'),
  })
  const { clauses: list } = (await clauses.json()) as { clauses: { id: string }[] }
  const answer = await fetch(`${server.url}/api/documents/${documentId}/threads`, {
    method: 'POST',
    headers: { ...headers('snv.officer'), 'content-type': 'application/json' },
    body: JSON.stringify({ clauseId: list[0]?.id, body: 'đề nghị xem lại' }),
  })
  return { status: answer.status, body: (await answer.json()) as object }
}

const unless = (reason: string | null) => (reason === null ? '' : ` (skipped: ${reason})`)

describe.skipIf(noTrace !== null)(`[B31] an fsync that fails${unless(noTrace)}`, () => {
  for (const nth of FSYNCS)
    test(`number ${nth}: no false acknowledgement, nobody is shown what may be lost, the process ends, and what it had promised is there`, async () => {
      await start()
      const [writer, witness] = [await join('stc.officer'), await join('snv.officer')]
      await Promise.all([writer.saved(), witness.saved()])
      const failing = `inject=fsync,fdatasync:error=EIO:when=${nth}+`
      await attachStrace(server.process.pid ?? 0, ['-e', 'trace=fsync,fdatasync', '-e', failing])
      const { acked } = await typeToTheEnd(writer)
      expect(await server.ended).toBe(1)
      expect(acked.length).toBeLessThan(nth)
      inspectData(file())
      expect(lost(acked, await textOnDisk(file(), documentId))).toEqual([])
      expect(lost(seenBy(witness), acked.join(''))).toEqual([])
    }, 60_000)
})

/** What holds while the disk takes nothing, and once it takes something again, without a restart. */
async function readsOnAndHeals(why: string, heal: () => Promise<unknown>, size: number) {
  const { pid } = server.process
  const witness = await join('snv.officer')
  const writer = await join('stc.officer')
  const { acked, farewell } = await typeToTheEnd(writer, size)
  expect(farewell).toEqual({ code: 4503, reason: 'server/not-saving' })
  expect(writer.refusals).toEqual([])

  expect(await ready()).toEqual({ status: 503, body: { ready: false, disk: why } })
  expect(await comment()).toMatchObject({
    status: 503,
    body: { code: 'server/not-saving', details: { why } },
  })
  expect(await readsText()).toBe(200)
  expect(witness.ws.readyState).toBe(witness.ws.OPEN)
  const newcomer = await join('snv.officer')
  expect(lost(acked, textOf(newcomer.doc))).toEqual([])
  expect(lost(seenBy(witness), acked.join(''))).toEqual([])
  expect(lost(seenBy(newcomer), acked.join(''))).toEqual([])

  await heal()
  await eventually(async () => (await ready()).status).toBe(200)
  const back = await join('stc.officer', writer.doc)
  await back.saved()
  await witness.until(() => textOf(witness.doc) === textOf(back.doc), 'the words that had to wait')
  expect((await comment()).status).toBe(201)
  expect(server.process.pid).toBe(pid)
  await server.kill9()
  inspectData(file())
  expect(await textOnDisk(file(), documentId)).toBe(textOf(back.doc))
}

test.skipIf(noTrace !== null)(
  `[B31] a disk that turns read-only: readers read on, writers are told to try later, and it heals without a restart${unless(noTrace)}`,
  async () => {
    await start()
    const injected = 'inject=pwrite64,ftruncate:error=EROFS'
    const options = ['-e', 'trace=pwrite64,ftruncate', '-e', injected]
    const tracer = await attachStrace(server.process.pid ?? 0, options)
    await readsOnAndHeals('read-only', () => tracer.detach(), 0)
  },
  60_000,
)

/** Why there can be no small disk here, or null. */
const noMount = (() => {
  const probe = mkdtempSync(path.join(tmpdir(), 'nhat-tri-mount-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe])
  if (status === 0) spawnSync('umount', [probe])
  rmSync(probe, { recursive: true })
  return status === 0 ? null : 'mounting a small disk is refused here'
})()

describe.skipIf(noMount !== null)(`[B31] a full disk${unless(noMount)}`, () => {
  let disk: string
  beforeAll(() => {
    disk = mkdtempSync(path.join(tmpdir(), 'nhat-tri-disk-'))
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk])
  })
  afterAll(() => {
    spawnSync('umount', [disk])
    rmSync(disk, { recursive: true })
  })

  for (const left of LEFT)
    test(`with ${left} kB left: readers read on, writers are told to try later, and it heals without a restart`, async () => {
      mkdirSync(path.join(disk, 'data'))
      await start(path.join(disk, 'data'))
      const ballast = path.join(disk, 'ballast')
      fillBut(ballast, left * 1024)
      await readsOnAndHeals('full', async () => rmSync(ballast), 200)
    }, 60_000)
})

/** Takes all there is of a disk but so many bytes. */
function fillBut(ballast: string, bytes: number): void {
  const fd = openSync(ballast, 'w')
  let size = 0
  try {
    for (;;) size += writeSync(fd, Buffer.alloc(4096))
  } catch (cause) {
    expect((cause as NodeJS.ErrnoException).code).toBe('ENOSPC')
  }
  ftruncateSync(fd, Math.max(0, size - bytes))
  closeSync(fd)
}
