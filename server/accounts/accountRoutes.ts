import type { Router } from 'express'
import { accountRoutes, type SessionView } from '../../shared/accounts/api.ts'
import { AppError } from '../../shared/base/errors.ts'
import { type AppDeps, requireSession } from '../authorize.ts'
import { serve } from '../platform/http.ts'
import { accountName, findAccount } from './accountStore.ts'
import { findActor } from './actorStore.ts'
import { inHashingTurn, NOBODYS_HASH, passwordMatches } from './password.ts'
import type { Session } from './sessions.ts'
import { type Attempt, SignInLimits } from './signInLimits.ts'

export function serveAccounts(router: Router, deps: AppDeps): void {
  const { platform, sessions } = deps
  const { database, log } = platform
  const limits = new SignInLimits()

  /** Asked and counted within the turn, so that many guesses at once are no way around the limit. */
  const checkPassword = (attempt: Attempt, password: string) =>
    inHashingTurn(async () => {
      await limits.demand(attempt)
      const account = await findAccount(database.read, attempt.account)
      const matches = await passwordMatches(password, account?.passwordHash ?? NOBODYS_HASH)
      if (!account || !matches) {
        await limits.failed(attempt)
        log.info({ accountId: account?.id ?? null }, 'sign-in.failed')
        throw new AppError('auth/bad-credentials')
      }
      await limits.succeeded(attempt)
      return account
    })

  serve(router, accountRoutes.signIn, async ({ body, req, res }) => {
    const attempt = { account: accountName(body.account), address: req.ip ?? '' }
    const account = await checkPassword(attempt, body.password)
    const before = await sessions.find(req)
    if (before) await sessions.end(before.id)
    const { session, cookie } = await sessions.open(account.id)
    res.append('Set-Cookie', cookie)
    return viewSession(deps, session)
  })

  serve(router, accountRoutes.session, async ({ req }) =>
    viewSession(deps, await requireSession(deps, req)),
  )

  serve(router, accountRoutes.signOut, async ({ req, res }) => {
    const session = await sessions.find(req)
    if (session) await sessions.end(session.id)
    res.append('Set-Cookie', sessions.forgetting())
    return undefined
  })

  serve(router, accountRoutes.stepUp, async ({ body, req }) => {
    const session = await requireSession(deps, req)
    const { account } = await database.read
      .selectFrom('account')
      .select('account')
      .where('id', '=', session.accountId)
      .executeTakeFirstOrThrow()
    await checkPassword({ account, address: req.ip ?? '' }, body.password)
    return viewSession(deps, await sessions.stepUp(session))
  })
}

async function viewSession({ platform }: AppDeps, session: Session): Promise<SessionView> {
  const now = platform.clock()
  const { read } = platform.database
  const actor = await findActor(read, session.accountId, now)
  if (!actor) throw new AppError('auth/required')
  const { account } = await read
    .selectFrom('account')
    .select('account')
    .where('id', '=', session.accountId)
    .executeTakeFirstOrThrow()
  const { userId, name, agencyId, role, mandated } = actor
  const fresh = session.stepUpUntil !== null && session.stepUpUntil > now
  return {
    user: { id: userId, account, name, agencyId, role, mandated },
    stepUpUntil: fresh ? new Date(session.stepUpUntil as number).toISOString() : null,
  }
}
