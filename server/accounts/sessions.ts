import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { compileOnce } from '../platform/compileOnce.ts'
import type { Platform } from '../platform/platform.ts'
import { endedCookie, readSessionCookie, sessionCookie } from './sessionCookie.ts'

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000
const STEP_UP_MS = 5 * 60 * 1000

export type Session = {
  id: string
  accountId: string
  /** Milliseconds since 1970; null when the password was not given again. */
  stepUpUntil: number | null
}

export type Sessions = {
  /** The session of this request's cookie, in force and of an account that is not disabled. */
  find(req: IncomingMessage): Promise<Session | null>
  /** The same, as the socket's gateway asks. */
  authenticate(req: IncomingMessage): Promise<{ sessionId: string; accountId: string } | null>
  /** Those of these sessions that are no longer in force. */
  ended(sessionIds: readonly string[]): Promise<readonly string[]>
  /** @returns the session and the `Set-Cookie` line that carries its token */
  open(accountId: string): Promise<{ session: Session; cookie: string }>
  end(sessionId: string): Promise<void>
  stepUp(session: Session): Promise<Session>
  /** `Set-Cookie` line that makes the browser forget its session. */
  forgetting(): string
  onEnded(listener: (sessionId: string) => void): void
}

/** Node's own, which is faster than the one that browsers share: every request asks for it. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

const sessionRow = compileOnce((db, id: string, now: number) =>
  db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['session.id', 'session.account_id', 'session.step_up_until'])
    .where('session.id', '=', id)
    .where('session.expires_at', '>', now)
    .where('account.disabled_at', 'is', null),
)

export function createSessions({ database, clock, config }: Platform): Sessions {
  const listeners: ((sessionId: string) => void)[] = []
  const find: Sessions['find'] = async (req) => {
    const token = readSessionCookie(config, req)
    if (!token) return null
    const [row] = await sessionRow(database.read, hashOf(token), clock())
    return row ? { id: row.id, accountId: row.account_id, stepUpUntil: row.step_up_until } : null
  }
  return {
    find,
    async authenticate(req) {
      const session = await find(req)
      return session && { sessionId: session.id, accountId: session.accountId }
    },
    async ended(sessionIds) {
      const rows = await database.read
        .selectFrom('session')
        .select('id')
        .where('id', 'in', sessionIds)
        .where('expires_at', '>', clock())
        .execute()
      const standing = new Set(rows.map(({ id }) => id))
      return sessionIds.filter((id) => !standing.has(id))
    },
    async open(accountId) {
      const token = randomBytes(32).toString('base64url')
      const now = clock()
      const session: Session = { id: hashOf(token), accountId, stepUpUntil: null }
      await database.write(async (tx) => {
        await tx.deleteFrom('session').where('expires_at', '<=', now).execute()
        await tx
          .insertInto('session')
          .values({
            id: session.id,
            account_id: accountId,
            created_at: now,
            expires_at: now + LIFETIME_MS,
            step_up_until: null,
          })
          .execute()
      })
      return { session, cookie: sessionCookie(config, token, LIFETIME_MS / 1000) }
    },
    async end(sessionId) {
      await database.write((tx) => tx.deleteFrom('session').where('id', '=', sessionId).execute())
      for (const listener of listeners) listener(sessionId)
    },
    async stepUp(session) {
      const stepUpUntil = clock() + STEP_UP_MS
      await database.write((tx) =>
        tx
          .updateTable('session')
          .set({ step_up_until: stepUpUntil })
          .where('id', '=', session.id)
          .execute(),
      )
      return { ...session, stepUpUntil }
    },
    forgetting: () => endedCookie(config),
    onEnded(listener) {
      listeners.push(listener)
    },
  }
}
