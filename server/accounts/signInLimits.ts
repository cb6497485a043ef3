import { RateLimiterMemory } from 'rate-limiter-flexible'
import { AppError } from '../../shared/base/errors.ts'

const WINDOW_SECONDS = 15 * 60

/**
 * Failed sign-ins only, so that a hall of people behind one address signs in freely.
 * A few per account from one address; many more per account from anywhere, lest a stranger lock somebody out.
 */
export class SignInLimits {
  readonly #pair = new RateLimiterMemory({ points: 10, duration: WINDOW_SECONDS })
  readonly #account = new RateLimiterMemory({ points: 100, duration: WINDOW_SECONDS })
  readonly #address = new RateLimiterMemory({ points: 100, duration: WINDOW_SECONDS })

  #keys({ account, address }: Attempt): [RateLimiterMemory, string][] {
    return [
      [this.#pair, JSON.stringify([account, address])],
      [this.#account, account],
      [this.#address, address],
    ]
  }

  /** @throws {AppError} server/too-many with `retryAfterSeconds` */
  async demand(attempt: Attempt): Promise<void> {
    for (const [limiter, key] of this.#keys(attempt)) {
      const state = await limiter.get(key)
      if (state && (state.consumedPoints ?? 0) >= limiter.points)
        throw new AppError('server/too-many', {
          retryAfterSeconds: Math.max(1, Math.ceil((state.msBeforeNext ?? 0) / 1000)),
        })
    }
  }

  async failed(attempt: Attempt): Promise<void> {
    for (const [limiter, key] of this.#keys(attempt)) await limiter.penalty(key)
  }

  /** Forgives the person, not the address: else an attacker's own account would wipe its slate. */
  async succeeded({ account, address }: Attempt): Promise<void> {
    await this.#pair.delete(JSON.stringify([account, address]))
  }
}

export type Attempt = { account: string; address: string }
