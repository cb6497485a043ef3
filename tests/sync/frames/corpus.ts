import * as Y from 'yjs'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'
import { openStockClient } from '../../support/stockClient.ts'
import { DOCUMENT, eventually, type TestRooms, typeInto } from '../testRooms.ts'
import {
  awareness,
  both,
  bytesOf,
  CONTENT,
  frameOf,
  gc,
  item,
  raw,
  skip,
  stateVector,
  syncFrame,
  text,
  uints,
  update,
  updateFrame,
  type Write,
} from './updateBytes.ts'

/** A frame, and what it is called in a message. */
export type Specimen = { name: string; bytes: Uint8Array }

/** Frames as real clients send and receive them: two stock clients write, mark, delete and point, then a lock comes. */
export async function record(world: TestRooms): Promise<Specimen[]> {
  const frames: Specimen[] = []
  const note = (direction: string, data: unknown) => {
    if (!(data instanceof Uint8Array || data instanceof ArrayBuffer)) return
    const bytes = new Uint8Array(data).slice()
    frames.push({ name: `${direction} ${[...bytes.subarray(0, 2)].join('/')}`, bytes })
  }
  const open = (account: string) =>
    openStockClient({
      url: world.url,
      documentId: DOCUMENT,
      headers: world.headers(account),
      wrap: (Base) =>
        class extends Base {
          constructor(url: string | URL) {
            super(url)
            this.addEventListener('message', ({ data }) => note('heard', data))
          }
          override send(data: Parameters<WebSocket['send']>[0]): void {
            note('said', data)
            super.send(data)
          }
        },
    })
  const [one, two] = [open('stc.officer'), open('snv.officer')]
  try {
    await Promise.all([one.synced(), two.synced()])
    one.provider.awareness.setLocalStateField('cursor', { anchor: 1, head: 2 })
    typeInto(one.doc, 0, ' thi đua 👩‍🏫')
    typeInto(two.doc, 1, ' khen thưởng')
    const words = (index: number) =>
      (one.doc.getXmlFragment('body').get(index) as Y.XmlElement).get(0) as Y.XmlText
    words(0).format(0, 3, { bold: {} })
    words(0).delete(2, 4)
    const clause = new Y.XmlElement('clause')
    clause.setAttribute('id', 'ghi')
    clause.setAttribute('level', 'point')
    one.doc.getXmlFragment('body').insert(1, [clause])
    await eventually(() => one.isSaved() && two.isSaved()).toBe(true)
    world.rooms.notify(DOCUMENT, { type: 'document' })
    await world.setPhase('locked')
    typeInto(two.doc, 0, ' muộn')
    await two.closed
    await eventually(() => one.notices.length).toBeGreaterThan(0)
  } finally {
    for (const client of [one, two]) client.destroy()
    await world.setPhase('drafting')
  }
  return frames
}

/** One update with each kind of content, and frames of every type in the shortest form. */
export function built(): Specimen[] {
  const root = { root: 'body' }
  const kinds: [string, Write][] = [
    ['string', item(CONTENT.string, root, text('chữ'))],
    ['deleted', item(CONTENT.deleted, root, uints(5))],
    ['json', item(CONTENT.json, root, both(uints(2), text('{"a":[1]}'), text('null')))],
    ['embed', item(CONTENT.embed, root, text('{"image":"x"}'))],
    ['format', item(CONTENT.format, root, both(text('bold'), text('{}')))],
    ['element', item(CONTENT.type, root, both(uints(3), text('clause')))],
    ['text', item(CONTENT.type, root, uints(6))],
    ['map', item(CONTENT.type, root, uints(1))],
    [
      'any',
      item(CONTENT.any, { ...root, key: 'level' }, raw([2, 119, 1, 97, 118, 1, 1, 98, 125, 3])),
    ],
    ['binary', item(CONTENT.binary, root, raw([3, 1, 2, 3]))],
    ['doc', item(CONTENT.doc, root, both(text('guid'), raw([118, 0])))],
    ['gc', gc(7)],
    ['skip', both(skip(3))],
    ['no letters', both(item(CONTENT.string, root, text('')), gc(0), gc(2))],
  ]
  const vector = Array.from({ length: 200 }, (_, i) => [1_000 + i, i] as const)
  return [
    ...kinds.map(([name, struct], i) => ({
      name: `built ${name}`,
      bytes: frameOf(60_000 + i, [struct]),
    })),
    {
      name: 'built all kinds in one',
      bytes: updateFrame(
        update(
          kinds
            .slice(0, -3)
            .map(([, struct], i) => ({ client: 61_000 + i, clock: 0, structs: [struct] })),
          [
            {
              client: 1,
              ranges: [
                [3, 2],
                [9, 1],
              ],
            },
          ],
        ),
      ),
    },
    {
      name: 'built deletions',
      bytes: updateFrame(
        update(
          [],
          [
            {
              client: 1,
              ranges: [
                [0, 2],
                [5, 3],
              ],
            },
          ],
        ),
      ),
    },
    { name: 'built question', bytes: syncFrame(SYNC.step1, stateVector(vector)) },
    { name: 'built answer', bytes: syncFrame(SYNC.step2, update([])) },
    {
      name: 'built presence',
      bytes: awareness([
        [60_001, 3, '{"cursor":{"anchor":1}}'],
        [60_002, 1, 'null'],
      ]),
    },
    { name: 'built query', bytes: new Uint8Array([MESSAGE.queryAwareness]) },
    { name: 'built auth', bytes: bytesOf(both(uints(MESSAGE.auth, 0), text('no'))) },
    { name: 'built ack', bytes: bytesOf(uints(MESSAGE.ack, 3, 70_000)) },
    {
      name: 'built notice',
      bytes: bytesOf(both(uints(MESSAGE.notice), text('{"type":"document"}'))),
    },
    { name: 'built heartbeat', bytes: new Uint8Array([MESSAGE.heartbeat]) },
  ]
}
