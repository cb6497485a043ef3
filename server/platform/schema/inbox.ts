/** What people are told of. The rules of all tables: ../schema.ts. */

/** Written with what causes it; read by one person. */
export type InboxItemTable = {
  account_id: string
  key: string
  kind: string
  document_id: string
  thread_id: string | null
  /** The words are this reply's; null for what opened the thread. */
  reply_id: string | null
  proposal_id: string | null
  /** Of a mention: `person` or `agency`; of a reply: `proposer` where it is one’s own by the proposal alone. */
  whom: string | null
  actor_id: string
  at: number
  read_at: number | null
}

/** Items that are found in other rows each time: in which state somebody has read one. */
export type InboxSeenTable = { account_id: string; key: string; state: string }

/** A kind that somebody has turned off. */
export type InboxChoiceTable = { account_id: string; kind: string }
