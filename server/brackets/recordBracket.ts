import type { BlocActor } from '../../shared/accounts/account.ts'
import { appendAudit } from '../audit/auditStore.ts'
import type { DocumentRecord } from '../documents/documentStore.ts'
import type { Tx } from '../platform/database.ts'

export type BracketAct = {
  document: DocumentRecord
  actor: BlocActor
  event:
    | 'bracket.proposed'
    | 'bracket.supported'
    | 'bracket.unsupported'
    | 'bracket.settled'
    | 'bracket.lost'
  at: number
  /** As they read: the whole bracket, and the wording in it that the act is about. */
  facts: { clauseId: string; bracket: string; chosen: string }
}

/** In the transaction of the act itself. */
export async function recordBracket(tx: Tx, { document, ...act }: BracketAct): Promise<void> {
  await appendAudit(tx, { blocId: document.blocId, subject: document.id, ...act })
}
