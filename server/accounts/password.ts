import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../shared/base/errors.ts'

/** argon2id, as OWASP's first choice for it: 19 MiB, two passes, one lane. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Hash of random bytes nobody kept: checked for unknown accounts, so that the time taken tells nothing. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$g8bIcnbK+Dwslhju9NqH6Q$gnj8WbeoqegTozqtQboML7yejEty93UlJhROAHYJOeE'

/** Hashing is meant to be dear: more than two at once would starve everybody who is writing. */
const AT_ONCE = 2
/** Whoever comes behind these would have given up before the turn comes. */
const WAITING_LIMIT = 256
let running = 0
const waiting: (() => void)[] = []

/** @throws {AppError} server/busy when too many wait already */
export async function inHashingTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= WAITING_LIMIT) throw new AppError('server/busy')
  if (running < AT_ONCE) running += 1
  else await new Promise<void>((go) => waiting.push(go))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // The turn is handed on, or given back.
    if (next) next()
    else running -= 1
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inHashingTurn(() => hash(password.normalize('NFC'), COST))

/** To be called within {@link inHashingTurn}. */
export const passwordMatches = (password: string, hashed: string): Promise<boolean> =>
  verify(hashed, password.normalize('NFC'))
