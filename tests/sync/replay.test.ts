import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { FullState } from '../../server/sync/FullState.ts'
import { Replay } from '../../server/sync/Replay.ts'
import { applyStored } from '../../server/sync/updateLog.ts'
import { SYNC } from '../../shared/sync/protocol.ts'

/** Three writers on one text, each step one row of the log, in an order that every row's author knew. */
const logs = fc
  .array(
    fc.record({
      who: fc.nat(2),
      what: fc.constantFrom('type', 'type', 'delete', 'mark'),
      at: fc.nat(30),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const log: Uint8Array[] = []
    const writers = [1, 2, 3].map((clientID) => {
      const doc = new Y.Doc()
      doc.clientID = clientID
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'log') log.push(update)
      })
      return doc
    })
    for (const { who, what, at } of steps) {
      const doc = writers[who] as Y.Doc
      // Now and then a writer hears what the others wrote; else he writes beside them.
      if (at % 3 === 0) for (const row of [...log]) Y.applyUpdate(doc, row, 'log')
      const text = doc.getText('body')
      if (what === 'type') text.insert(at % (text.length + 1), `${at}`)
      else if (text.length > 2) {
        if (what === 'delete') text.delete(at % (text.length - 1), 1)
        else text.format(at % (text.length - 1), 1, { bold: true })
      }
    }
    return log
  })

const apply = (doc: Y.Doc, frames: readonly Uint8Array[]) => {
  const kinds: number[] = []
  for (const frame of frames) {
    const decoder = decoding.createDecoder(frame)
    decoding.readVarUint(decoder)
    kinds.push(decoding.readVarUint(decoder))
    applyStored(doc, [decoding.readVarUint8Array(decoder)])
    expect(doc.store.pendingStructs).toBeNull()
  }
  return kinds
}

const docOf = (rows: readonly Uint8Array[]) => {
  const doc = new Y.Doc()
  applyStored(doc, rows)
  return doc
}

const stateOf = (rows: readonly Uint8Array[]) => new FullState(Y.encodeStateAsUpdate(docOf(rows)))

const baseOf = (rows: readonly Uint8Array[]) => {
  return { state: stateOf(rows), revision: rows.length }
}

test('whoever joins or returns, after however many rows, lacks nothing once the step 2 has come, and it comes last', () => {
  fc.assert(
    fc.property(logs, fc.nat(), fc.nat(), fc.nat(), (log, baseAt, seen, rebaseAt) => {
      const at = baseAt % (log.length + 1)
      const base = at === 0 ? null : baseOf(log.slice(0, at))
      const replay = new Replay(base, log.length, log.slice(at))
      const doc = docOf(log)
      const later = rebaseAt % (log.length + 1)
      if (rebaseAt % 2 && later > 0) replay.rebase(baseOf(log.slice(0, later)))
      const client = docOf(log.slice(0, seen % (log.length + 1)))
      const kinds = apply(
        client,
        replay.answer(() => stateOf(log), Y.encodeStateVector(client)),
      )
      expect(kinds.indexOf(SYNC.step2)).toBe(kinds.length - 1)
      expect(client.store.pendingStructs).toBeNull()
      expect(client.store.pendingDs).toBeNull()
      expect(client.getText('body').toDelta()).toEqual(doc.getText('body').toDelta())
      expect(Y.equalSnapshots(Y.snapshot(client), Y.snapshot(doc))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('rows can be had one by one from any of those kept, or else everything', () => {
  const log = Array.from({ length: 6 }, (_, i) => {
    const doc = new Y.Doc()
    doc.clientID = i + 1
    doc.getText('body').insert(0, `${i}`)
    return Y.encodeStateAsUpdate(doc)
  })
  const replay = new Replay(baseOf(log.slice(0, 2)), 6, log.slice(2))
  expect(replay.since(3)).toHaveLength(4)
  expect(replay.since(6)).toHaveLength(1)
  expect(replay.since(7)).toEqual([])
  expect(replay.since(2)).toHaveLength(5)
  replay.rebase(baseOf(log.slice(0, 5)))
  expect(replay.since(6)).toHaveLength(1)
  const all = new Y.Doc()
  apply(all, replay.since(5))
  expect(Y.encodeStateVector(all)).toEqual(Y.encodeStateVector(docOf(log)))
  expect(all.getText('body').toString()).toBe(docOf(log).getText('body').toString())
  // A state older than the one at hand changes nothing.
  replay.rebase(baseOf(log.slice(0, 3)))
  expect(replay.base?.revision).toBe(5)
})
