import { expect, test } from 'vitest'
import { KnownUpdates } from '../../server/sync/KnownUpdates.ts'
import { packFrames, packShared } from '../../server/sync/packFrames.ts'

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill)

test('a long text is packed once for all who join, and each hears every frame in its order', () => {
  const [before, whole, after] = [bytes(10, 1), bytes(100_000, 2), bytes(20, 3)]
  const first = packShared([before, whole, after])
  const second = packShared([whole, bytes(7, 4)])
  expect(Buffer.concat(first)).toEqual(packFrames([before, whole, after]))
  expect(Buffer.concat(second)).toEqual(packFrames([whole, bytes(7, 4)]))
  expect(second[0]).toBe(first[1])
  // Whoever is sent the very same array is sent the same buffers, the short frames included.
  const frames = [whole, bytes(7, 4)]
  expect(packShared(frames)[1]).toBe(packShared(frames)[1])
})

test('an update found to be held already is known by its bytes, until the document is thrown away', () => {
  const known = new KnownUpdates()
  known.add(bytes(5000, 1))
  expect(known.has(bytes(5000, 1))).toBe(true)
  expect(known.has(bytes(5001, 1))).toBe(false)
  const other = bytes(5000, 1)
  other[4999] = 2
  expect(known.has(other)).toBe(false)
  known.forget()
  expect(known.has(bytes(5000, 1))).toBe(false)
})

test('it does not keep every update for ever', () => {
  const known = new KnownUpdates()
  for (let i = 0; i < 100; i += 1) known.add(bytes(2000 + i, 1))
  expect(known.has(bytes(2000, 1))).toBe(false)
  expect(known.has(bytes(2099, 1))).toBe(true)
})
