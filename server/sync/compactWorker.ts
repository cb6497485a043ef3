import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import type { Compacted, CompactInput } from './compactText.ts'
import { applyStored, stateVectorOf } from './updateLog.ts'

/** Thread: {@link CompactInput} in, {@link Compacted} out. */
const { updates } = workerData as CompactInput
const doc = new Y.Doc()
applyStored(doc, updates)
if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
  throw new Error('the update log has a gap')
const value: Compacted = { update: Y.encodeStateAsUpdate(doc), vector: stateVectorOf(doc) }
parentPort?.postMessage({ value })
