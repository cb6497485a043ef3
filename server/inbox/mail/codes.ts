import { createHash, randomInt } from 'node:crypto'
import { MAIL_CODE_DIGITS } from '../../../shared/inbox/api.ts'

/** Decimal digits of the machine's own chance. */
export const newCode = (): string =>
  String(randomInt(10 ** MAIL_CODE_DIGITS)).padStart(MAIL_CODE_DIGITS, '0')

/** A code counts for one account and one address; nobody reads it off a page of the database. */
export const codeHash = (accountId: string, address: string, code: string): string =>
  createHash('sha256')
    .update(JSON.stringify([accountId, address, code]))
    .digest('hex')
