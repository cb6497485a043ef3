import express, { type Request, type Router } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../shared/base/errors.ts'
import { verificationRoute } from '../../shared/signing/api.ts'
import type { AppDeps } from '../authorize.ts'
import { routesServed } from '../platform/http.ts'
import { loadKnownFacts } from './knownFacts.ts'
import { isPdf, verifyInThread } from './verifyInThread.ts'

const PER_MINUTE = 60
const MAX_FILE = '50mb'
/** Each takes a thread and up to its memory; more than these wait their turn. */
const AT_ONCE = 2
const MOST_WAITING = 10

/** Whoever has the file may ask, without an account: a signature is there for strangers to check. */
export function serveVerification(router: Router, { platform }: AppDeps): void {
  const limiter = new RateLimiterMemory({ points: PER_MINUTE, duration: 60 })
  const inTurn = turns(AT_ONCE)
  routesServed(router).push(verificationRoute)

  const admit = async (req: Request) => {
    try {
      await limiter.consume(req.ip ?? '')
    } catch (cause) {
      if (cause instanceof RateLimiterRes)
        throw new AppError('server/too-many', { retryAfterMs: cause.msBeforeNext })
      throw cause
    }
    if (!req.is('application/pdf'))
      throw new AppError('input/wrong-type', { expected: 'application/pdf' })
  }
  router.post(
    verificationRoute.path,
    async (req, _res, next) => {
      await admit(req)
      next()
    },
    express.raw({ type: () => true, limit: MAX_FILE }),
    async (req, res) => {
      const bytes: unknown = req.body
      if (!Buffer.isBuffer(bytes) || !isPdf(bytes)) throw new AppError('verify/not-a-pdf')
      const facts = await loadKnownFacts(platform.database.read, platform.clock())
      res.json(verificationRoute.reply.parse(await inTurn(() => verifyInThread(bytes, facts))))
    },
  )
}

/** Runs at most `count` jobs at a time, the others in the order they came. @throws {AppError} server/busy */
function turns(count: number): <T>(job: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (job) => {
    if (waiting.length >= MOST_WAITING) throw new AppError('server/busy')
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await job()
    } finally {
      // A turn that is handed on stays counted.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
