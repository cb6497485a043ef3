import type { VerificationView } from '../../shared/signing/api.ts'
import { runInWorker, WorkerTimeout } from '../platform/startWorker.ts'
import type { KnownFacts } from './verifyPdf.ts'
import { wordsFor } from './verifyProblem.ts'

/** From source the thread first compiles itself, which takes seconds on a busy machine. */
const TIMEOUT_MS = import.meta.url.endsWith('.ts') ? 30_000 : 5_000
const LIMITS = { timeoutMs: TIMEOUT_MS, maxMemoryMb: 512 }

export const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-'

/** In a thread of its own; a file that is too much for it is no file of ours. */
export async function verifyInThread(
  bytes: Uint8Array,
  facts: KnownFacts,
): Promise<VerificationView> {
  try {
    return await runInWorker<VerificationView>('verifyWorker', { bytes, facts }, LIMITS)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (!(cause instanceof WorkerTimeout) && code !== 'ERR_WORKER_OUT_OF_MEMORY') throw cause
    const problem = { code: 'file/too-slow', message: wordsFor('file/too-slow', '') }
    return { verdict: 'invalid', signatures: [], problems: [problem] }
  }
}
