import type { KeptWords } from './unsentText.ts'

/** One tab's (one Y.Doc's) place in one document. Nothing of another user, document or epoch ever meets it. */
export type TailKey = { userId: string; documentId: string; epoch: string; client: number }

/** @property n counts the own changes of this Y.Doc from 1. @property bytes is the Yjs update. */
export type KeptChange = { n: number; bytes: Uint8Array }

/** What one tab wrote and no acknowledgement covers yet. */
export type Tail = TailKey & {
  changes: readonly KeptChange[]
  /** The same in words, for whoever cannot be helped by an update any more. */
  words: readonly KeptWords[]
  /** Number of the last change that is in these words; they are written down a little later than the changes. */
  wordsUpTo: number
  /** Error code, once the server has turned it down: then it is shown and never sent again by itself. */
  refused: string | null
}

export const tailName = ({ userId, documentId, epoch, client }: TailKey): string =>
  [userId, documentId, epoch, client].join('/')
