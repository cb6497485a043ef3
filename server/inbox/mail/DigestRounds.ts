import { createHash } from 'node:crypto'
import { digestDay } from '../../../shared/inbox/digestDay.ts'
import type { AppDeps } from '../../authorize.ts'
import { gatherDigest } from './gatherDigest.ts'
import { MailFailed, type MailPost } from './MailPost.ts'
import { digestsDue, type Mailed, markDigest } from './mailStore.ts'
import { Pauses } from './Pauses.ts'
import { digestLetter } from './writeLetters.ts'

/** The mail server as a whole, among the accounts in `Pauses`. */
const SERVER = ''
const LAST_LETTER_MS = 3_000

/**
 * Sends each digest that is due, one after the other. A letter goes out at least once: it is marked in one transaction
 * after the mail server has taken it, so a crash between the two sends it again, under the same Message-ID; one that
 * never got through is tried again, with what is unread by then.
 */
export class DigestRounds {
  readonly #deps: AppDeps
  readonly #post: MailPost
  readonly #publicUrl: string
  readonly #pauses = new Pauses()
  /** Sent by this process, and refused by the disk: to be marked, never sent again. */
  readonly #unmarked = new Map<string, { day: number; items: readonly Mailed[] }>()
  /** On whose letter the mail server broke off, with no answer to anybody's since. */
  #brokeOffOn: string | undefined
  /** Behind whom the next round begins, so that one bad letter keeps nobody waiting. */
  #behind = ''
  #round: Promise<void> | undefined
  #stopped = false

  constructor(deps: AppDeps, post: MailPost, publicUrl: string) {
    this.#deps = deps
    this.#post = post
    this.#publicUrl = publicUrl
  }

  /** Looks what is due and sends it; whoever asks meanwhile waits for the same round. Never rejects. */
  look(): Promise<void> {
    this.#round ??= this.#send()
      .catch((cause) => this.#deps.platform.log.error({ err: cause }, 'digests.failed'))
      .finally(() => {
        this.#round = undefined
      })
    return this.#round
  }

  /** Resolves when nothing more is sent or marked. A letter on its way may arrive, unless that takes too long. */
  async stop(): Promise<void> {
    this.#stopped = true
    const cut = setTimeout(() => this.#post.stop(), LAST_LETTER_MS)
    await this.#round
    clearTimeout(cut)
    this.#post.stop()
  }

  async #send(): Promise<void> {
    const { clock, database } = this.#deps.platform
    const day = digestDay(clock())
    const due = await digestsDue(database.read, day)
    const behind = this.#behind
    const [first, last] = [due.filter((id) => id > behind), due.filter((id) => id <= behind)]
    for (const accountId of [...first, ...last]) {
      if (this.#stopped || this.#pauses.waits(SERVER, clock())) return
      if (this.#pauses.waits(accountId, clock())) continue
      try {
        await this.#sendTo(accountId, day)
        this.#pauses.succeeded(accountId)
      } catch (cause) {
        if (this.#stopped) return
        await this.#failed(accountId, day, cause)
      }
    }
  }

  async #sendTo(accountId: string, day: number): Promise<void> {
    const unmarked = this.#unmarked.get(accountId)
    if (unmarked) await this.#mark(accountId, unmarked.day, unmarked.items)
    if (unmarked && unmarked.day >= day) return
    const gathered = await gatherDigest(this.#deps, accountId)
    if (!gathered) return
    const { to, language, digest, items } = gathered
    if (items.length > 0) {
      const letter = digestLetter(language, digest, this.#publicUrl)
      await this.#post.send({ ...letter, to, id: letterId(accountId, day) })
      this.#pauses.succeeded(SERVER)
      this.#brokeOffOn = undefined
      this.#deps.platform.log.info({ accountId, items: items.length }, 'digest.sent')
    }
    await this.#mark(accountId, day, items)
  }

  async #mark(accountId: string, day: number, items: readonly Mailed[]): Promise<void> {
    this.#unmarked.set(accountId, { day, items })
    await this.#deps.platform.database.write((tx) => markDigest(tx, accountId, day, items))
    this.#unmarked.delete(accountId)
  }

  async #failed(accountId: string, day: number, cause: unknown): Promise<void> {
    const { clock, database, log } = this.#deps.platform
    if (!(cause instanceof MailFailed)) {
      const pauseMs = this.#pauses.failed(accountId, clock())
      log.error({ err: cause, accountId, pauseMs }, 'digest.failed')
      return
    }
    const { trouble, facts } = cause
    if (trouble === 'down') this.#brokeOff(accountId)
    else this.#brokeOffOn = undefined
    if (trouble === 'refused') {
      // Asked again tomorrow: nothing of it counts as sent.
      log.warn({ accountId, ...facts }, 'digest.refused')
      await database.write((tx) => markDigest(tx, accountId, day, []))
      return
    }
    const pauseMs = this.#pauses.failed(accountId, clock())
    log.warn({ accountId, trouble, ...facts, pauseMs }, 'digest.put-off')
  }

  /** It may be this letter that the mail server breaks off on; on a second one's it is the server. */
  #brokeOff(accountId: string): void {
    const { clock, log } = this.#deps.platform
    this.#behind = accountId
    if (this.#brokeOffOn !== undefined && this.#brokeOffOn !== accountId) {
      const pauseMs = this.#pauses.failed(SERVER, clock())
      log.warn({ pauseMs }, 'digests.put-off')
    }
    this.#brokeOffOn = accountId
  }
}

const letterId = (accountId: string, day: number): string =>
  `digest-${createHash('sha256').update(`${accountId} ${day}`).digest('hex').slice(0, 32)}`
