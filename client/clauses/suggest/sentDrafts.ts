/** What of a draft has been sent, by clause: what it said, and the proposal that it became. */
export type SentDrafts = Readonly<Record<string, { says: string; proposalId: string }>>

export const NOTHING_SENT: SentDrafts = {}
