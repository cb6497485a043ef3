import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../shared/base/errors.ts'
import { verificationRoute } from '../../shared/signing/api.ts'
import type { AppDeps } from '../authorize.ts'
import { routesServed } from '../platform/http.ts'
import { loadKnownFacts } from './knownFacts.ts'
import { isPdf, verifyInThread } from './verifyInThread.ts'

const PER_MINUTE = 60
const MAX_FILE = 50 * 1024 * 1024
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
        throw new AppError('server/too-many', {
          retryAfterSeconds: Math.max(1, Math.ceil(cause.msBeforeNext / 1000)),
        })
      throw cause
    }
    if (!req.is('application/pdf'))
      throw new AppError('input/wrong-type', { expected: 'application/pdf' })
    // The parser would refuse it too, but only after the whole body has passed.
    if (Number(req.headers['content-length'] ?? 0) > MAX_FILE) throw new AppError('input/too-large')
  }
  const readBody = express.raw({ type: () => true, limit: MAX_FILE, inflate: false })
  router.post(verificationRoute.path, async (req, res) => {
    await admit(req)
    const gone = goneSignal(res)
    // Reading is part of the turn: a file that waits is not yet in memory.
    const view = await inTurn(gone, async () => {
      await bodyRead(readBody, req, res, gone)
      const bytes: unknown = req.body
      if (!Buffer.isBuffer(bytes) || !isPdf(bytes)) throw new AppError('verify/not-a-pdf')
      const facts = await loadKnownFacts(platform.database.read, platform.clock())
      return verifyInThread(bytes, facts)
    })
    res.json(verificationRoute.reply.parse(view))
  })
}

/** Aborted when the connection has ended, with or without an answer. */
function goneSignal(res: Response): AbortSignal {
  const controller = new AbortController()
  if (res.closed) controller.abort()
  else res.once('close', () => controller.abort())
  return controller.signal
}

/** Settles also when whoever was sending is gone. Rejects with the parser's error, or the signal's reason. */
async function bodyRead(
  read: RequestHandler,
  req: Request,
  res: Response,
  gone: AbortSignal,
): Promise<void> {
  gone.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    gone.addEventListener('abort', () => reject(gone.reason), { once: true })
    read(req, res, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}

type InTurn = <T>(gone: AbortSignal, job: () => Promise<T>) => Promise<T>

/**
 * Runs at most `count` jobs at a time, the others in the order they came; whoever is gone leaves the queue.
 * @throws {AppError} server/busy
 */
function turns(count: number): InTurn {
  let running = 0
  const waiting = new Set<() => void>()
  const wait = (gone: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      waiting.add(resolve)
      const leave = () => {
        if (waiting.delete(resolve)) reject(gone.reason)
      }
      gone.addEventListener('abort', leave, { once: true })
    })
  return async (gone, job) => {
    gone.throwIfAborted()
    if (waiting.size >= MOST_WAITING) throw new AppError('server/busy')
    if (running >= count) await wait(gone)
    else running += 1
    try {
      return await job()
    } finally {
      // A turn that is handed on stays counted.
      const [next] = waiting
      if (next) {
        waiting.delete(next)
        next()
      } else running -= 1
    }
  }
}
