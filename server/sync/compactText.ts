import { runInWorker } from '../platform/startWorker.ts'
import { FullState } from './FullState.ts'
import { CannotFold, Fold } from './foldUpdates.ts'
import type { Replay } from './Replay.ts'
import { Unreadable } from './UpdateReader.ts'
import { type LoadedText, stateOf, updatesOf } from './updateLog.ts'

/** Rows that are worth being made one before anybody is sent them one by one, and their bytes. */
const MANY_ROWS = 100
const MANY_BYTES = 64 * 1024
/** How long rows may be folded without a look at what else there is to do. */
const BREATH_MS = 10
const LIMITS = { timeoutMs: 120_000, maxMemoryMb: 1024 }

export type CompactInput = { updates: readonly Uint8Array[] }

/**
 * One full state of everything in the replay. Never by `Y.mergeUpdates`: it does not join typed letters into runs, and
 * its result takes ten times as long to load.
 */
export async function compactText({ base, rows }: Replay): Promise<FullState> {
  if (base && rows.length === 0) return base.state
  return (await folded(updatesOf({ base, rows }))) ?? compactAside(updatesOf({ base, rows }))
}

/**
 * What has been loaded, with its rows in one state where there is none before them or they are many: a crash may leave
 * a log of any length.
 */
export async function shortened(loaded: LoadedText): Promise<LoadedText> {
  const { state, base, rows } = loaded
  const isLong = rows.length > MANY_ROWS || bytesOf(rows) > MANY_BYTES
  if (rows.length === 0 || (base && !isLong)) return loaded
  const whole = await folded(updatesOf(loaded))
  // A few rows that only a document can put together wait until it is asked for.
  if (!whole && !isLong) return loaded
  return {
    state,
    base: { state: whole ?? (await compactAside(updatesOf(loaded))), revision: state.revision },
    rows: [],
  }
}

/** The same at once, where somebody waits for it. @throws {BrokenLog} */
export function wholeState(parts: Pick<LoadedText, 'base' | 'rows'>): FullState {
  const fold = new Fold()
  try {
    for (const update of updatesOf(parts)) fold.add(update)
    return stateFrom(fold)
  } catch (cause) {
    if (needsDoc(cause)) return stateOf(parts)
    throw cause
  }
}

/** @returns null when only a document can put them together, or say that nothing can */
async function folded(updates: readonly Uint8Array[]): Promise<FullState | null> {
  const fold = new Fold()
  let breath = performance.now()
  try {
    for (const update of updates) {
      fold.add(update)
      if (performance.now() - breath < BREATH_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      breath = performance.now()
    }
    return stateFrom(fold)
  } catch (cause) {
    if (needsDoc(cause)) return null
    throw cause
  }
}

function stateFrom(fold: Fold): FullState {
  const { update, vector } = fold.done()
  return new FullState(update, vector)
}

const needsDoc = (cause: unknown) => cause instanceof CannotFold || cause instanceof Unreadable

const bytesOf = (rows: readonly Uint8Array[]) =>
  rows.reduce((sum, { byteLength }) => sum + byteLength, 0)

async function compactAside(updates: readonly Uint8Array[]): Promise<FullState> {
  const input: CompactInput = { updates }
  return new FullState(await runInWorker<Uint8Array>('compactWorker', input, LIMITS))
}
