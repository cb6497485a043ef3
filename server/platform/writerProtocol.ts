/** What the main thread asks of the writer thread. One request is one turn; answers carry the request's id. */
export type WriterRequest = { id: number } & (
  | { kind: 'begin' }
  | { kind: 'commit' }
  | { kind: 'rollback' }
  | { kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { kind: 'append'; batches: readonly UpdateBatch[] }
  | { kind: 'probe' }
  | { kind: 'settle' }
  | { kind: 'close' }
)

export type WriterAnswer = { id: number } & (
  | { ok: true; value: unknown }
  | { ok: false; message: string; code?: string }
)

/** What is wrong with a disk that takes nothing. It may take something again: whoever is told so can try later. */
export type DiskTrouble = 'full' | 'read-only' | 'failing'

export type QueryAnswer = { rows: unknown[]; changes: number }

/** Updates of one document, in the order they were received. */
export type UpdateBatch = {
  documentId: string
  epoch: string
  updates: readonly {
    bytes: Uint8Array
    accountId: string
    clientId: number | null
    /** ClientIDs seen for the first time in this update; they belong to `accountId` from now on. */
    claims: readonly number[]
  }[]
  /** Milliseconds since 1970, by the server's clock. */
  at: number
}

/**
 * `appended`: all of it is on disk, the last row is `revision`. `fenced`: the document left drafting, or moved to
 * another epoch, before this batch; nothing of it was stored. `foreign`: a clientID is another account's; nothing stored.
 */
export type AppendOutcome =
  | { outcome: 'appended'; revision: number }
  | { outcome: 'fenced'; phase: string; epoch: string; revision: number }
  | { outcome: 'foreign'; clientId: number }
