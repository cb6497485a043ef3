import type { Router } from 'express'
import { AppError } from '../../../shared/base/errors.ts'
import { mailRoutes } from '../../../shared/inbox/api.ts'
import { digestDay } from '../../../shared/inbox/digestDay.ts'
import { type AppDeps, demandStepUp, requireActor } from '../../authorize.ts'
import { serve } from '../../platform/http.ts'
import { viewInbox } from '../viewInbox.ts'
import { DigestRounds } from './DigestRounds.ts'
import { openMailPost } from './MailPost.ts'
import { chooseMail, dropCode, findAddress } from './mailStore.ts'
import { askForProof, proveAddress, removeAddress } from './proveAddress.ts'

export type Digests = {
  /** Sends what is due now; resolves when that is done, well or not. */
  look(): Promise<void>
  stop(): Promise<void>
}

/**
 * Mail of one's own, like the inbox: nobody asks for another's. Without `SMTP_URL` nothing of it is there.
 * @param everyMs how often it looks whether digests are due; never by itself when null
 */
export function serveMail(router: Router, deps: AppDeps, everyMs: number | null): Digests | null {
  const { platform } = deps
  const { database, clock, config } = platform
  if (!config.mail) return null
  const post = openMailPost(config.mail)

  serve(router, mailRoutes.ask, async ({ body, req }) => {
    const { session, actor } = await requireActor(deps, req)
    // It outlasts the session: what one is told of would go on going there.
    demandStepUp(session, clock())
    await askForProof(platform, post, actor.userId, body)
    return viewInbox(deps, actor)
  })

  serve(router, mailRoutes.confirm, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    await proveAddress(platform, actor, body.code)
    return viewInbox(deps, actor)
  })

  serve(router, mailRoutes.drop, async ({ req }) => {
    const { actor } = await requireActor(deps, req)
    await database.write((tx) => dropCode(tx, actor.userId))
    return viewInbox(deps, actor)
  })

  serve(router, mailRoutes.remove, async ({ req }) => {
    const { actor } = await requireActor(deps, req)
    await removeAddress(platform, actor)
    return viewInbox(deps, actor)
  })

  serve(router, mailRoutes.choose, async ({ body, req }) => {
    const { actor } = await requireActor(deps, req)
    await database.write(async (tx) => {
      if (!(await findAddress(tx, actor.userId))) throw new AppError('mail/no-address')
      await chooseMail(tx, actor.userId, body, digestDay(clock()))
    })
    return viewInbox(deps, actor)
  })

  const rounds = new DigestRounds(deps, post, config.mail.publicUrl)
  const timer = everyMs === null ? undefined : setInterval(() => void rounds.look(), everyMs)
  timer?.unref()
  return {
    look: () => rounds.look(),
    async stop() {
      clearInterval(timer)
      await rounds.stop()
    },
  }
}
