import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { DocumentRoom } from '../../../server/sync/DocumentRoom.ts'
import { Peer, type Transport } from '../../../server/sync/Peer.ts'
import { hasGap, readUpdate } from '../../../server/sync/updateFacts.ts'
import { applyStored } from '../../../server/sync/updateLog.ts'
import { bodyProblems } from '../../../shared/clauses/bodyProblems.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import { accountId, DOCUMENT, startTestRooms, type TestRooms } from '../testRooms.ts'
import { payloadOf } from './mutate.ts'

/** What the contract lets a frame's connection end with. */
export const CONTRACT_CODES = [4400, 4401, 4403, 4404, 4409, 4413, 4422, 4423, 4426, 4429]

export type Shot = {
  account: string
  frame: Uint8Array | string
  name: string
  /** It is an honest edit and must be saved. */
  honest: boolean
}
export type Tally = { saved: number; ended: Map<number, number>; waiting: number; rows: number }

/**
 * A whole room with its file and no sockets: takes frames as the gateway hands them over. What the rows on disk make,
 * by Yjs alone, is the text that the room must have.
 */
export class FuzzRoom {
  readonly world: TestRooms
  readonly #room: DocumentRoom
  readonly #mirror = new Y.Doc()
  readonly #failures: unknown[] = []
  #seq = 0

  private constructor(world: TestRooms, load: (failed: (cause: unknown) => void) => DocumentRoom) {
    this.world = world
    this.#room = load((cause) => this.#failures.push(cause))
    bodyOf(this.#mirror)
  }

  static async open(): Promise<FuzzRoom> {
    const world = await startTestRooms()
    let failed: (cause: unknown) => void = () => {}
    const room = await DocumentRoom.load(DOCUMENT, world.platform, {
      onLate: () => {},
      onRestructured: () => {},
      onFailure: (cause) => failed(cause),
    })
    const fuzzed = new FuzzRoom(world, (note) => {
      failed = note
      return room
    })
    await fuzzed.#readRows()
    return fuzzed
  }

  /** A document like the room's, to edit honestly in. */
  clone(clientID: number): Y.Doc {
    const doc = new Y.Doc()
    applyStored(doc, [Y.encodeStateAsUpdate(this.#mirror)])
    doc.clientID = clientID
    return doc
  }

  get mirror(): Y.Doc {
    return this.#mirror
  }

  async #readRows() {
    const rows = await this.world.database.read
      .selectFrom('document_update')
      .select(['seq', 'bytes', 'account_id'])
      .where('document_id', '=', DOCUMENT)
      .where('seq', '>', this.#seq)
      .orderBy('seq')
      .execute()
    return rows.map((row) => {
      const before = Y.encodeStateVector(this.#mirror)
      expect(hasGap(this.#mirror, readUpdate(row.bytes))).toBe(false)
      applyStored(this.#mirror, [row.bytes])
      this.#seq = row.seq
      return { ...row, before }
    })
  }

  /**
   * Sends each frame by a connection of its own, all in one breath, and holds the room against its file.
   * @throws when something is not as it must be; the frames are named
   */
  async fire(shots: readonly Shot[]): Promise<Tally> {
    const before = bodyOf(this.#mirror).toString()
    const peers = shots.map((shot) => {
      const ends: number[] = []
      const transport: Transport = {
        send: () => {},
        sendPacked: () => {},
        close: (code) => ends.push(code),
        pause: () => {},
        resume: () => {},
        buffered: 0,
      }
      const id = accountId(shot.account)
      const user = { id, name: shot.account, agencyId: null, agency: '', color: '#000000' }
      const peer = new Peer(transport, {
        accountId: id,
        sessionId: id,
        user,
        rightsStamp: '',
        writes: true,
      })
      return { shot, peer, ends }
    })
    await Promise.all(peers.map(({ peer }) => this.#room.join(peer, null)))
    for (const { shot, peer } of peers)
      this.#room.receive(peer, typeof shot.frame === 'string' ? null : shot.frame)
    const committed = await this.#room.exclusive(async (text) => text)
    expect(this.#failures).toEqual([])
    const rows = await this.#readRows()
    const room = new Y.Doc()
    applyStored(room, [committed.encodeState()])
    const text = bodyOf(this.#mirror).toString()
    expect(bodyOf(room).toString()).toBe(text)
    expect(room.store.pendingStructs ?? room.store.pendingDs).toBeNull()
    expect(Y.encodeStateVector(room)).toEqual(Y.encodeStateVector(this.#mirror))
    expect(bodyProblems(room)).toEqual([])
    if (rows.length === 0) expect(text).toBe(before)
    this.#compare(peers, rows)
    const tally: Tally = { saved: 0, ended: new Map(), waiting: 0, rows: rows.length }
    for (const { shot, peer, ends } of peers) {
      const [code] = ends
      if (shot.honest) expect(`${peer.acked} ${code}`, shot.name).toBe('1 undefined')
      if (code === undefined) tally[peer.acked === peer.received ? 'saved' : 'waiting'] += 1
      else {
        expect(CONTRACT_CODES, shot.name).toContain(code)
        tally.ended.set(code, (tally.ended.get(code) ?? 0) + 1)
      }
    }
    await Promise.all(peers.map(({ peer }) => this.#room.leave(peer)))
    room.destroy()
    return tally
  }

  /** All rows, and the frames that were on their way: enough to see it happen again. @returns the file's path */
  async keepEvidence(seed: number, shots: readonly Shot[]): Promise<string> {
    const rows = await this.world.database.read
      .selectFrom('document_update')
      .select(['seq', 'bytes', 'account_id'])
      .where('document_id', '=', DOCUMENT)
      .orderBy('seq')
      .execute()
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    const file = path.join(tmpdir(), `nhat-tri-frames-${seed}.json`)
    const evidence = {
      rows: rows.map(({ seq, bytes, account_id }) => [seq, base64(bytes), account_id]),
      shots: shots.map((s) => ({
        ...s,
        frame: typeof s.frame === 'string' ? s.frame : base64(s.frame),
      })),
    }
    await writeFile(file, JSON.stringify(evidence))
    return file
  }

  /**
   * Each row is what somebody who may write has sent and was told is saved, or what was new in it then, or what the
   * server mended.
   */
  #compare(
    peers: readonly { shot: Shot; peer: Peer }[],
    rows: readonly { bytes: Uint8Array; account_id: string; before: Uint8Array }[],
  ): void {
    const saved = new Map<string, Uint8Array>()
    const keyOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    for (const { shot, peer } of peers) {
      if (typeof shot.frame === 'string' || peer.acked === 0) continue
      if (!shot.account.endsWith('.officer')) continue
      const payload = payloadOf(shot.frame)
      saved.set(keyOf(payload), payload)
    }
    for (const { bytes, account_id, before } of rows) {
      const key = keyOf(bytes)
      if (account_id === 'server' || saved.has(key)) continue
      const news = [...saved.values()].map((payload) => keyOf(Y.diffUpdate(payload, before)))
      expect(news).toContain(key)
    }
  }

  async close(): Promise<void> {
    this.#room.destroy()
    this.#mirror.destroy()
    await this.world.close()
  }
}
