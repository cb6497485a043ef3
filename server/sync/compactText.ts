import * as Y from 'yjs'
import { runInWorker } from '../platform/startWorker.ts'
import type { Replay } from './Replay.ts'
import { stateVectorOf } from './updateLog.ts'

/** Below this, encoding takes a few milliseconds, and a thread would take longer to start. */
const INLINE_BYTES = 256 * 1024
const LIMITS = { timeoutMs: 120_000, maxMemoryMb: 1024 }

export type Compacted = { update: Uint8Array; vector: ReadonlyMap<number, number> }
export type CompactInput = { updates: readonly Uint8Array[] }

/**
 * One full state of everything in the replay, off the main thread where it is long. Always through a document:
 * `Y.mergeUpdates` never joins typed letters into runs, and its result takes ten times as long to load.
 * @param doc the text at the replay's last row; it is read at once, whatever becomes of it later
 */
export async function compactText(doc: Y.Doc, replay: Replay): Promise<Compacted> {
  const { base, rows } = replay
  const size = (base?.update.byteLength ?? 0) + replay.tailBytes
  if (size <= INLINE_BYTES)
    return { update: Y.encodeStateAsUpdate(doc), vector: stateVectorOf(doc) }
  const input: CompactInput = { updates: base ? [base.update, ...rows] : rows }
  return runInWorker<Compacted>('compactWorker', input, LIMITS)
}
