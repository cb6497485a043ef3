/** What goes by mail. The rules of all tables: ../schema.ts. */

/** Where somebody has shown that he reads mail. */
export type MailAddressTable = {
  account_id: string
  address: string
  language: string
  /** `off` or `daily`. */
  frequency: string
  /** The last digest that was sent, or had nothing to say: `digestDay`. */
  digest_day: number
}

/** A code that has gone to an address and not come back yet; one for each account. */
export type MailCodeTable = {
  account_id: string
  address: string
  language: string
  /** SHA-256 of account, address and code. */
  code_hash: string
  expires_at: number
  wrong_tries: number
}

/** A code sent within the last hour, to count them by. */
export type MailLetterTable = { account_id: string; address: string; at: number }

/** A kind that somebody wants to find in the inbox, and not in mail. */
export type MailOffTable = { account_id: string; kind: string }

/** An item that has gone out by mail, in the state that it was in. */
export type MailedItemTable = { account_id: string; key: string; state: string }
