import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import type { CompactInput } from './compactText.ts'
import { applyStored } from './updateLog.ts'

/** Thread: {@link CompactInput} in, a full state out. */
const { updates } = workerData as CompactInput
const doc = new Y.Doc()
applyStored(doc, updates)
if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
  throw new Error('the update log has a gap')
const value = Y.encodeStateAsUpdate(doc)
parentPort?.postMessage({ value }, [value.buffer as ArrayBuffer])
