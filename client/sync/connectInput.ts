import type { ErrorCode } from '../../shared/base/errors.ts'
import type { BlocId, DocumentId } from '../../shared/base/ids.ts'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import type { RefusalFrame } from '../../shared/sync/protocol.ts'
import type { Offer } from './recoverUnsent.ts'
import type { SocketClass } from './trackDurability.ts'
import type { KeptWords, UnsentClause } from './unsentText.ts'
import type { OnlineSignal } from './watchOnline.ts'

export type ConnectInput = {
  documentId: DocumentId
  blocId: BlocId
  /** Whose words they are; nobody else ever gets to see them on this device. */
  userId: string
  epoch: string
  model: NumberingModel
  /** `ws(s)://host/sync`. */
  serverUrl?: string
  Socket?: SocketClass
  online?: OnlineSignal
  askWhy?: (documentId: DocumentId, epoch: string, userId: string) => Promise<ErrorCode | null>
}

/** Left by the connection before this one. */
export type Inheritance = {
  refused: RefusalFrame | null
  /** Its words, to be compared with the text once it has come. */
  words: readonly KeptWords[]
  unsent: readonly UnsentClause[]
  offers: readonly Offer[]
}

export const NOTHING: Inheritance = { refused: null, words: [], unsent: [], offers: [] }
