import type * as Y from 'yjs'

/**
 * Lets what an update did stand as it was written; called at the end of the transaction that has applied it. Yjs would
 * tidy up formats after other people's edits, which the log does not say, and so a document would be more than its log.
 * Who tells it that the edits are its own has to forget, as it does after those of others, where in a text it was last:
 * else the next edit by position goes to where that place was before.
 */
export function asWritten(transaction: Y.Transaction): void {
  transaction.local = true
  for (const type of transaction.changed.keys())
    if (type._searchMarker) type._searchMarker.length = 0
}
