import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { contradicts } from '../../server/sync/contradicts.ts'
import {
  ackFrame,
  MalformedFrame,
  noticeFrame,
  presenceFrame,
  readFrame,
  refusalFrame,
  step1Frame,
  step2Frame,
  updateFrame,
} from '../../server/sync/frames.ts'
import { hasGap, holdsAlready, isHousekeeping, readUpdate } from '../../server/sync/updateFacts.ts'
import { MESSAGE } from '../../shared/sync/protocol.ts'

describe('frames', () => {
  test('what is written is read again', () => {
    const vector = Y.encodeStateVector(new Y.Doc())
    expect(readFrame(step1Frame(vector))).toEqual({ kind: 'step1', stateVector: vector })
    fc.assert(
      fc.property(fc.uint8Array(), (update) => {
        const content = { kind: 'content', update }
        expect(readFrame(updateFrame(update))).toEqual(content)
        expect(readFrame(step2Frame(update))).toEqual(content)
      }),
    )
    const entries = [
      { clientId: 2 ** 32 - 1, clock: Date.now(), state: { cursor: null, user: { name: 'Đỗ' } } },
      { clientId: 0, clock: 0, state: null },
    ]
    expect(readFrame(presenceFrame(entries))).toEqual({ kind: 'presence', entries })
  })

  test('the server’s own frames are as the contract writes them', () => {
    const ack = decoding.createDecoder(ackFrame(300, 70_000))
    expect([1, 2, 3].map(() => decoding.readVarUint(ack))).toEqual([MESSAGE.ack, 300, 70_000])
    const json = (frame: Uint8Array) => {
      const decoder = decoding.createDecoder(frame)
      return [decoding.readVarUint(decoder), JSON.parse(decoding.readVarString(decoder))]
    }
    const refusal = { code: 'document/locked', frame: 3, details: { lateId: 'x' } }
    expect(json(refusalFrame(refusal))).toEqual([101, refusal])
    expect(json(noticeFrame({ type: 'position' }))).toEqual([102, { type: 'position' }])
  })

  test('whatever comes is a frame or malformed, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readFrame(bytes)
        } catch (cause) {
          expect(cause).toBeInstanceOf(MalformedFrame)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('updates', () => {
  /** Two documents that write by turns and hear of each other or not; every update is kept. */
  const histories = fc
    .array(
      fc.record({
        who: fc.nat(1),
        what: fc.constantFrom('insert', 'delete', 'format', 'sync'),
        at: fc.nat(30),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((steps) => {
      const docs = [new Y.Doc(), new Y.Doc()]
      const updates: Uint8Array[] = []
      for (const [i, doc] of docs.entries()) {
        doc.clientID = i + 1
        doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== 'sync') updates.push(update)
        })
      }
      for (const { who, what, at } of steps) {
        const [doc, other] = [docs[who], docs[1 - who]] as [Y.Doc, Y.Doc]
        const text = doc.getText('body')
        const place = Math.min(at, text.length)
        if (what === 'insert') text.insert(place, 'chữ')
        else if (what === 'delete' && place < text.length) text.delete(place, 1)
        else if (what === 'format' && place < text.length) text.format(place, 1, { bold: true })
        else if (what === 'sync')
          Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)), 'sync')
      }
      return updates
    })

  test('"nothing new" is what Yjs’s snapshots say, "gap" is what Yjs would keep aside', () => {
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (updates, random) => {
        const doc = new Y.Doc()
        for (const update of [...updates, ...updates]) {
          const next = updates[(random.next().value ?? 0) % updates.length] ?? update
          const facts = readUpdate(next)
          expect(holdsAlready(doc, facts)).toBe(Y.snapshotContainsUpdate(Y.snapshot(doc), next))
          const copy = new Y.Doc()
          Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
          Y.applyUpdate(copy, next)
          const { pendingStructs, pendingDs } = copy.store
          expect(hasGap(doc, facts)).toBe(pendingStructs !== null || pendingDs !== null)
          if (!hasGap(doc, facts)) Y.applyUpdate(doc, next)
        }
      }),
      { numRuns: 150 },
    )
  })

  /** Three documents with clauses, attributes, marks and surrogate pairs that hear of each other now and then. */
  const bodies = fc
    .array(
      fc.record({
        who: fc.nat(2),
        what: fc.constantFrom('clause', 'remove', 'attribute', 'type', 'erase', 'mark', 'sync'),
        at: fc.nat(40),
        to: fc.nat(2),
      }),
      { minLength: 5, maxLength: 80 },
    )
    .map((steps) => {
      const docs = [1, 2, 3].map((clientID) => {
        const doc = new Y.Doc()
        doc.clientID = clientID
        doc.getXmlFragment('body')
        return doc
      })
      for (const { who, what, at, to } of steps) {
        const [doc, other] = [docs[who], docs[to]] as [Y.Doc, Y.Doc]
        const body = doc.getXmlFragment('body')
        const block = body.get(at % Math.max(1, body.length)) as Y.XmlElement | undefined
        const text = block?.get(0) as Y.XmlText | undefined
        const place = at % ((text?.length ?? 0) + 1)
        if (what === 'clause') {
          const made = new Y.XmlElement('clause')
          made.insert(0, [new Y.XmlText(at % 2 ? 'sẵn' : '')])
          body.insert(at % (body.length + 1), [made])
        } else if (what === 'remove' && at % 4 === 0 && block) body.delete(at % body.length, 1)
        else if (what === 'attribute') block?.setAttribute('level', `l${at % 3}`)
        else if (what === 'type') text?.insert(place, at % 3 ? 'chữ' : '😀')
        else if (what === 'erase' && text && place < text.length) text.delete(place, 1)
        else if (what === 'mark' && text && place < text.length)
          text.format(place, Math.min(3, text.length - place), { bold: at % 2 ? {} : null })
        else if (what === 'sync')
          Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
      }
      return docs
    })

  test('an honest echo never contradicts, whole, in part or merged, whoever heard of what in which order', () => {
    let compared = 0
    fc.assert(
      fc.property(bodies, (docs) => {
        const room = new Y.Doc()
        for (const doc of docs) {
          const update = Y.encodeStateAsUpdate(doc)
          expect(contradicts(room, readUpdate(update))).toBe(false)
          Y.applyUpdate(room, update)
        }
        const all = docs.map((doc) => Y.encodeStateAsUpdate(doc))
        const parts = docs.flatMap((doc) =>
          docs.map((other) => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other))),
        )
        for (const echo of [...all, ...parts, Y.mergeUpdates(all), Y.encodeStateAsUpdate(room)]) {
          compared += readUpdate(echo).structs.length
          for (const holder of [room, ...docs])
            expect(contradicts(holder, readUpdate(echo))).toBe(false)
        }
      }),
      { numRuns: 300 },
    )
    expect(compared).toBeGreaterThan(1000)
  })

  test('housekeeping is only what nobody can see: taking away a mark that counts is content', () => {
    const doc = new Y.Doc()
    const element = new Y.XmlElement('clause')
    doc.getXmlFragment('body').insert(0, [element])
    const text = new Y.XmlText()
    element.insert(0, [text])
    text.insert(0, 'in đậm')
    text.format(0, 2, { bold: {} })
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    const before = Y.encodeStateVector(copy)
    const twin = (copy.getXmlFragment('body').get(0) as Y.XmlElement).get(0) as Y.XmlText
    twin.format(0, 2, { bold: null })
    const plain = Y.encodeStateAsUpdate(copy, before)
    expect(twin.toString()).not.toContain('bold')
    expect(isHousekeeping(doc, readUpdate(plain))).toBe(false)
    expect(holdsAlready(doc, readUpdate(plain))).toBe(false)
  })

  test('an update that names a client twice is none: Yjs would drop half of it', () => {
    const doc = new Y.Doc()
    doc.clientID = 5
    doc.getText('body').insert(0, 'a')
    const one = Y.encodeStateAsUpdate(doc)
    // [number of clients, structs…, empty delete set]: the one section, written twice.
    const section = one.slice(1, -1)
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 2)
    encoding.writeUint8Array(encoder, section)
    encoding.writeUint8Array(encoder, section)
    encoding.writeVarUint(encoder, 0)
    expect(() => readUpdate(one)).not.toThrow()
    // The sections of one client follow each other, so put another client's between them.
    const other = new Y.Doc()
    other.clientID = 6
    other.getText('body').insert(0, 'b')
    const between = Y.encodeStateAsUpdate(other).slice(1, -1)
    const torn = encoding.createEncoder()
    encoding.writeVarUint(torn, 3)
    for (const part of [section, between, section]) encoding.writeUint8Array(torn, part)
    encoding.writeVarUint(torn, 0)
    expect(() => readUpdate(encoding.toUint8Array(torn))).toThrow('twice')
    expect(() => readUpdate(encoding.toUint8Array(encoder))).toThrow('twice')
  })
})
