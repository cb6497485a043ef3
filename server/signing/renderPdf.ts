import { parentPort, workerData } from 'node:worker_threads'
import type { SealedDocument } from '../../shared/signing/sealedDocument.ts'
import { renderBase } from './renderBase.ts'

/** Entry of the rendering thread: layout takes seconds for a long document and would stop everybody's typing. */
try {
  parentPort?.postMessage({ value: renderBase(workerData as SealedDocument) })
} catch (cause) {
  parentPort?.postMessage({ error: describe(cause) })
}

/** The compiler throws objects whose code is a dump of its own; the words in quotes are what helps. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const messages = [...cause.message.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map((m) => m[1])
  return messages.length > 0 ? messages.join('; ') : cause.message
}
