import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { closeCode, type ErrorCode } from '../../shared/base/errors.ts'
import { MESSAGE, type Notice, type PresenceUser, SYNC } from '../../shared/sync/protocol.ts'

type Peer = {
  socket: WebSocket
  /** The network between is gone, and nobody was told. */
  dead: boolean
  frames: number
  user: PresenceUser
  client: number | null
  state: { clock: number; json: string } | null
}

export type RelayRoom = {
  doc: Y.Doc
  /** Updates that changed something. */
  changes: number
  epoch: string
  locked: boolean
  /** While true nothing is acknowledged. */
  mute: boolean
  /** While true the disk takes nothing: whoever brings something new is closed as a real room closes then. */
  full: boolean
  /** How often that happened. */
  rejections: number
  peers: Set<Peer>
}

/**
 * The socket of the contract in its smallest form, in memory, for tests of the editor alone: sync, presence stamped
 * with the user of the `as` cookie, acks, refusal after a lock. Nothing is checked or stored.
 */
export function miniRelay(server: Server, userOf: (as: string) => PresenceUser) {
  const rooms = new Map<string, RelayRoom>()
  const sockets = new WebSocketServer({ noServer: true })
  let refusing = false
  let frozen = false
  const hanging = new Set<Duplex>()
  let clock = Date.now()

  const room = (id: string): RelayRoom => {
    const known = rooms.get(id)
    if (known) return known
    const made: RelayRoom = {
      doc: new Y.Doc(),
      changes: 0,
      epoch: 'e1',
      locked: false,
      mute: false,
      full: false,
      rejections: 0,
      peers: new Set(),
    }
    made.doc.on('update', (update: Uint8Array, origin: unknown) => {
      made.changes += 1
      for (const peer of made.peers)
        if (peer !== origin)
          send(peer, MESSAGE.sync, (encoder) => {
            encoding.writeVarUint(encoder, SYNC.update)
            encoding.writeVarUint8Array(encoder, update)
          })
    })
    rooms.set(id, made)
    return made
  }

  server.on('upgrade', (request, socket, head) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '', 'http://localhost')
    if (!path.startsWith('/sync/')) return
    if (refusing) return socket.destroy()
    if (frozen) return void hanging.add(socket)
    const as = /(?:^|; )as=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
    sockets.handleUpgrade(request, socket, head, (ws) =>
      join(room(path.slice('/sync/'.length)), ws, userOf(as), searchParams.get('epoch')),
    )
  })

  function join(here: RelayRoom, socket: WebSocket, user: PresenceUser, epoch: string | null) {
    const peer: Peer = { socket, dead: false, frames: 0, user, client: null, state: null }
    if (epoch !== here.epoch) return refuse(peer, 'sync/other-epoch')
    here.peers.add(peer)
    socket.on('message', (data: Buffer) => take(here, peer, new Uint8Array(data)))
    socket.on('close', () => {
      here.peers.delete(peer)
      if (peer.client !== null) tell(here, peer, 'null')
    })
    send(peer, MESSAGE.sync, (encoder) => {
      encoding.writeVarUint(encoder, SYNC.step1)
      encoding.writeVarUint8Array(encoder, Y.encodeStateVector(here.doc))
    })
    for (const other of here.peers)
      if (other !== peer && other.client !== null && other.state !== null)
        presence(peer, other.client, other.state.clock, other.state.json)
  }

  function take(here: RelayRoom, peer: Peer, bytes: Uint8Array) {
    if (peer.dead) return
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE.awareness) return takePresence(here, peer, decoder)
    if (type !== MESSAGE.sync) return
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === SYNC.step1)
      return send(peer, MESSAGE.sync, (encoder) => {
        encoding.writeVarUint(encoder, SYNC.step2)
        encoding.writeVarUint8Array(encoder, Y.encodeStateAsUpdate(here.doc, payload))
      })
    peer.frames += 1
    const knows = Y.snapshotContainsUpdate(Y.snapshot(here.doc), payload)
    if (here.locked && !knows) return refuse(peer, 'document/locked')
    if (here.full && !knows) {
      here.rejections += 1
      return peer.socket.close(closeCode('server/busy'), 'server/busy')
    }
    Y.applyUpdate(here.doc, payload, peer)
    if (!here.mute)
      send(peer, MESSAGE.ack, (encoder) => {
        encoding.writeVarUint(encoder, peer.frames)
        encoding.writeVarUint(encoder, here.changes)
      })
  }

  function takePresence(here: RelayRoom, peer: Peer, outer: decoding.Decoder) {
    const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer))
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      const state = JSON.parse(decoding.readVarString(decoder)) as Record<string, unknown> | null
      peer.client ??= client
      if (client !== peer.client) continue
      tell(here, peer, JSON.stringify(state && { user: peer.user, cursor: state.cursor }))
    }
  }

  function tell(here: RelayRoom, peer: Peer, json: string) {
    clock += 1
    peer.state = { clock, json }
    for (const other of here.peers)
      if (other !== peer && peer.client !== null) presence(other, peer.client, clock, json)
  }

  function presence(to: Peer, client: number, at: number, json: string) {
    const payload = encoding.createEncoder()
    encoding.writeVarUint(payload, 1)
    encoding.writeVarUint(payload, client)
    encoding.writeVarUint(payload, at)
    encoding.writeVarString(payload, json)
    send(to, MESSAGE.awareness, (encoder) =>
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(payload)),
    )
  }

  function refuse(peer: Peer, code: ErrorCode) {
    send(peer, MESSAGE.refusal, (encoder) =>
      encoding.writeVarString(encoder, JSON.stringify({ code, frame: peer.frames, details: {} })),
    )
    peer.socket.close(closeCode(code), code)
  }

  function send(peer: Peer, type: number, write: (encoder: encoding.Encoder) => void) {
    if (peer.dead) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, type)
    write(encoder)
    peer.socket.send(encoding.toUint8Array(encoder))
  }

  return {
    room,
    refuse(id: string, code: ErrorCode) {
      for (const peer of room(id).peers) refuse(peer, code)
    },
    notify(id: string, notice: Notice) {
      for (const peer of room(id).peers)
        send(peer, MESSAGE.notice, (encoder) =>
          encoding.writeVarString(encoder, JSON.stringify(notice)),
        )
    },
    /** The document begins anew: who comes with another epoch is turned away, and who is there is sent away. */
    restart(id: string, epoch: string) {
      const { peers } = room(id)
      rooms.delete(id)
      room(id).epoch = epoch
      for (const peer of peers) refuse(peer, 'sync/other-epoch')
    },
    /** Every connection looks open and is dead from now on, and a new one hangs until it is called with false. */
    freeze(on: boolean) {
      frozen = on
      for (const { peers } of rooms.values()) for (const peer of peers) peer.dead ||= on
    },
    /** Cuts every connection; with `refuse` none comes about until it is called again without. */
    cut(options: { refuse: boolean }) {
      refusing = options.refuse
      for (const { peers } of rooms.values()) for (const { socket } of peers) socket.terminate()
    },
    close() {
      this.cut({ refuse: true })
      for (const socket of hanging) socket.destroy()
      sockets.close()
    },
  }
}
