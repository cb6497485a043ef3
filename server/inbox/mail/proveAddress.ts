import type { Actor } from '../../../shared/accounts/account.ts'
import type { Language } from '../../../shared/base/dictionary.ts'
import { AppError } from '../../../shared/base/errors.ts'
import { digestDay } from '../../../shared/inbox/digestDay.ts'
import { appendAudit } from '../../audit/auditStore.ts'
import type { Tx } from '../../platform/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { codeHash, newCode } from './codes.ts'
import { MailFailed, type MailPost } from './MailPost.ts'
import { dropAddress, dropCode, findAddress, putAddress } from './mailStore.ts'
import { codeLetter } from './writeLetters.ts'

const CODE_MS = 30 * 60_000
const HOUR_MS = 60 * 60_000
/** Codes an hour: to an account, and to an address, whoever asks; those that were refused there are among them. */
const LETTERS_AN_HOUR = 5
const WRONG_TRIES = 5

type Asked = { address: string; language: Language }

/**
 * Sends a code to an address that somebody says is his.
 * @throws {AppError} server/too-many, mail/address-refused, mail/not-sent; then no code counts
 */
export async function askForProof(
  { database, clock, newId, log, config }: Platform,
  post: MailPost,
  accountId: string,
  { address, language }: Asked,
): Promise<void> {
  const code = newCode()
  const code_hash = codeHash(accountId, address, code)
  const now = clock()
  await database.write(async (tx) => {
    await countLetter(tx, accountId, address, now)
    const row = { address, language, code_hash, expires_at: now + CODE_MS, wrong_tries: 0 }
    await tx
      .insertInto('mail_code')
      .values({ account_id: accountId, ...row })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
      .execute()
  })
  try {
    await post.send({
      ...codeLetter(language, code, config.mail?.publicUrl ?? ''),
      to: address,
      id: newId(),
    })
  } catch (cause) {
    const refused = cause instanceof MailFailed && cause.trouble === 'refused'
    await database.write(async (tx) => {
      await tx.deleteFrom('mail_code').where('code_hash', '=', code_hash).execute()
      if (!refused) await uncountLetter(tx, accountId, address, now)
    })
    if (!(cause instanceof MailFailed)) throw cause
    log.warn({ accountId, ...cause.facts }, 'mail.code-not-sent')
    throw new AppError(refused ? 'mail/address-refused' : 'mail/not-sent', {}, { cause })
  }
}

async function countLetter(tx: Tx, account_id: string, address: string, at: number): Promise<void> {
  await tx
    .deleteFrom('mail_letter')
    .where('at', '<=', at - HOUR_MS)
    .execute()
  const box = address.toLowerCase()
  for (const [column, value] of [
    ['account_id', account_id],
    ['address', box],
  ] as const) {
    const sent = await tx.selectFrom('mail_letter').select('at').where(column, '=', value).execute()
    if (sent.length < LETTERS_AN_HOUR) continue
    const freeAt = Math.min(...sent.map((one) => one.at)) + HOUR_MS
    throw new AppError('server/too-many', {
      retryAfterSeconds: Math.max(1, Math.ceil((freeAt - at) / 1000)),
    })
  }
  await tx.insertInto('mail_letter').values({ account_id, address: box, at }).execute()
}

const uncountLetter = (tx: Tx, accountId: string, address: string, at: number) =>
  tx
    .deleteFrom('mail_letter')
    .where('account_id', '=', accountId)
    .where('address', '=', address.toLowerCase())
    .where('at', '=', at)
    .execute()

/** @throws {AppError} mail/wrong-code, also for one that has expired or was tried too often */
export async function proveAddress(
  { database, clock }: Platform,
  actor: Actor,
  code: string,
): Promise<void> {
  const { userId } = actor
  const proved = await database.write(async (tx) => {
    const own = tx.selectFrom('mail_code').selectAll().where('account_id', '=', userId)
    const now = clock()
    const asked = await own.where('expires_at', '>', now).executeTakeFirst()
    if (!asked) return false
    if (asked.code_hash !== codeHash(userId, asked.address, code)) {
      // Counted, and so not thrown from here.
      await countWrong(tx, userId, asked.wrong_tries + 1)
      return false
    }
    await dropCode(tx, userId)
    const { address, language } = asked
    await putAddress(tx, { accountId: userId, address, language, day: digestDay(now) })
    await record(tx, actor, 'mail.confirmed', now)
    return true
  })
  if (!proved) throw new AppError('mail/wrong-code')
}

const countWrong = (tx: Tx, accountId: string, wrong_tries: number) =>
  wrong_tries < WRONG_TRIES
    ? tx.updateTable('mail_code').set({ wrong_tries }).where('account_id', '=', accountId).execute()
    : dropCode(tx, accountId)

export async function removeAddress({ database, clock }: Platform, actor: Actor): Promise<void> {
  await database.write(async (tx) => {
    const known = await findAddress(tx, actor.userId)
    await dropAddress(tx, actor.userId)
    if (known) await record(tx, actor, 'mail.removed', clock())
  })
}

/** Where somebody's notices go is a matter of safety: it stands in the chain of each of his blocs, without the address. */
async function record(tx: Tx, actor: Actor, event: string, at: number): Promise<void> {
  const blocs = await tx
    .selectFrom('membership')
    .select('bloc_id')
    .where('agency_id', '=', actor.agencyId ?? '')
    .execute()
  for (const { bloc_id } of blocs)
    await appendAudit(tx, {
      blocId: bloc_id,
      at,
      actor,
      event,
      subject: actor.userId,
      facts: {},
    })
}
