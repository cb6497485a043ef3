import * as Y from 'yjs'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import { typeInto } from '../testRooms.ts'
import type { HonestClient, Place } from './HonestClient.ts'

/** Marks whatever must never be seen by anybody. */
export const EVIL = 'GIẢ-MẠO'

const NONSENSE: readonly (Uint8Array | string)[] = [
  'văn bản',
  new Uint8Array(),
  new Uint8Array([255, 255]),
  new Uint8Array([77]),
  new Uint8Array([MESSAGE.ack, 1, 1]),
  new Uint8Array([MESSAGE.sync, SYNC.update, 3, 200, 200, 200]),
  new Uint8Array([MESSAGE.sync, SYNC.update, 90, 1]),
  new Uint8Array([MESSAGE.sync, SYNC.step1, 1, 200]),
  new Uint8Array([MESSAGE.awareness, 5, 1, 1, 1, 1, 123]),
]

type Act = (peer: TestPeer, victim: HonestClient) => void

/** Words under a clientID that is somebody else's, made upon what the attacker has been given. */
const forgeAs = (peer: TestPeer, client: number) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer.doc))
  const before = Y.encodeStateVector(doc)
  doc.clientID = client
  typeIntoFirst(doc)
  return Y.encodeStateAsUpdate(doc, before)
}

function typeIntoFirst(doc: Y.Doc): void {
  const blocks = doc.getXmlFragment('body').toArray() as unknown[]
  const index = blocks.findIndex((b) => b instanceof Y.XmlElement && b.nodeName === 'clause')
  if (index >= 0) typeInto(doc, index, EVIL)
}

const underHisName: Act = (peer, victim) => peer.sendUpdate(forgeAs(peer, victim.doc.clientID))
const asTheServer: Act = (peer) => peer.sendUpdate(forgeAs(peer, 1))

const gaps: Act = (peer) => {
  peer.answers = false
  peer.change((_, doc) => typeIntoFirst(doc))
  for (let i = 0; i < 3; i += 1) peer.write((_, doc) => typeIntoFirst(doc))
}

const speaksForHim: Act = (peer, victim) => {
  const { clientID } = victim.doc
  peer.sendPresence([
    [clientID, 2 ** 31, { user: { id: EVIL, name: EVIL } }],
    [peer.doc.clientID, 1, { user: { id: EVIL, name: EVIL } }],
  ])
  peer.sendPresence([[clientID, 2 ** 31 + 1, null]])
}

/**
 * One colleague who means harm, with a session and the right to write. Nothing of what it does here may be stored or
 * seen.
 */
export class Hostile {
  readonly #place: Place
  readonly #peers: TestPeer[] = []

  constructor(place: Place) {
    this.#place = place
  }

  /** @param victims clients whose clientIDs are known to be theirs */
  async act(victims: readonly HonestClient[]): Promise<void> {
    const { url, documentId, headers, chance } = this.#place
    const peer = await TestPeer.connect(`${url}/${documentId}`, { headers })
    this.#peers.push(peer)
    peer.sendStep1()
    const here = await peer
      .until(() => peer.synced, 'synced')
      .then(
        () => true,
        // The room was closed by a refusing disk meanwhile.
        () => false,
      )
    if (!here) return
    const acts: Act[] = [
      gaps,
      asTheServer,
      ...(victims.length > 0 ? [underHisName, speaksForHim] : []),
    ]
    if (chance.oneIn(3)) peer.send(chance.pick(NONSENSE))
    else chance.pick(acts)(peer, victims[0] as HonestClient)
  }

  leave(): void {
    for (const { ws } of this.#peers) ws.terminate()
  }
}
