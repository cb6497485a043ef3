import * as Y from 'yjs'
import { runInWorker } from '../platform/startWorker.ts'
import type { Base, Replay } from './Replay.ts'
import { type LoadedText, stateVectorOf } from './updateLog.ts'

/** Below this, encoding takes a few milliseconds, and a thread would take longer to start. */
const INLINE_BYTES = 256 * 1024
/** Rows that are worth a thread before anybody waits for them one by one. */
const INLINE_ROWS = 1000
const LIMITS = { timeoutMs: 120_000, maxMemoryMb: 1024 }

export type Compacted = { update: Uint8Array; vector: ReadonlyMap<number, number> }
export type CompactInput = { updates: readonly Uint8Array[] }

/**
 * One full state of everything in the replay, off the main thread where it is long. Always through a document:
 * `Y.mergeUpdates` never joins typed letters into runs, and its result takes ten times as long to load.
 * @param docOf the text at the replay's last row; it is read at once, whatever becomes of it later
 */
export async function compactText(docOf: () => Y.Doc, replay: Replay): Promise<Compacted> {
  const { base, rows } = replay
  if (base && rows.length === 0) return base
  const size = (base?.update.byteLength ?? 0) + replay.tailBytes
  if (size > INLINE_BYTES) return compactAside(base, rows)
  const doc = docOf()
  return { update: Y.encodeStateAsUpdate(doc), vector: stateVectorOf(doc) }
}

/** What has been loaded, with all its rows in one state where they are many: a crash may leave a log of any length. */
export async function shortened(loaded: LoadedText): Promise<LoadedText> {
  const { state, base, rows } = loaded
  const bytes = rows.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (rows.length <= INLINE_ROWS && bytes <= INLINE_BYTES) return loaded
  return {
    state,
    base: { ...(await compactAside(base, rows)), revision: state.revision },
    rows: [],
  }
}

function compactAside(base: Base | null, rows: readonly Uint8Array[]): Promise<Compacted> {
  const input: CompactInput = { updates: base ? [base.update, ...rows] : rows }
  return runInWorker<Compacted>('compactWorker', input, LIMITS)
}
