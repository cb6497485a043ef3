import { parentPort, workerData } from 'node:worker_threads'
import { type KnownFacts, verifyPdf } from './verifyPdf.ts'

/** Entry of the verifying thread: a hostile file can waste this thread's time and nobody else's. */
const { bytes, facts } = workerData as { bytes: Uint8Array; facts: KnownFacts }
try {
  parentPort?.postMessage({ value: verifyPdf(bytes, facts) })
} catch (cause) {
  parentPort?.postMessage({ error: cause instanceof Error ? cause.message : String(cause) })
}
