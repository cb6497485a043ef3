import type { Peer } from './Peer.ts'

/** An account waits so many times as long as its last costly answer took, and no longer than that. */
const SHARE = 10
const LONGEST_MS = 1_000

export type AnswerHooks = {
  /** Runs work in a turn of the room. */
  turn(work: () => void): void
  /** Whether the answer has to be made out of the whole text. Must not throw. */
  isCostly(stateVector: Uint8Array): boolean
  answer(peer: Peer, stateVector: Uint8Array): void
}

/**
 * Who asks what it lacks. A connection has one question at a time, the newest; an account that asks for one costly
 * answer after the other waits in between, so that nobody's words wait for it.
 */
export class AnswerQueue {
  readonly #hooks: AnswerHooks
  readonly #asked = new Map<Peer, Uint8Array>()
  /** By account: when the next costly answer may be given. */
  readonly #next = new Map<string, number>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(hooks: AnswerHooks) {
    this.#hooks = hooks
  }

  ask(peer: Peer, stateVector: Uint8Array): void {
    const isWaiting = this.#asked.has(peer)
    this.#asked.set(peer, stateVector)
    if (!isWaiting) this.#hooks.turn(() => this.#answer(peer))
  }

  #answer(peer: Peer): void {
    const stateVector = this.#asked.get(peer)
    if (peer.state !== 'open' || stateVector === undefined) {
      this.forget(peer)
      return
    }
    const isCostly = this.#hooks.isCostly(stateVector)
    const begun = performance.now()
    const wait = isCostly ? (this.#next.get(peer.accountId) ?? 0) - begun : 0
    if (wait > 0) {
      this.#later(peer, wait)
      return
    }
    this.#asked.delete(peer)
    this.#hooks.answer(peer, stateVector)
    const now = performance.now()
    if (isCostly) this.#next.set(peer.accountId, now + Math.min(LONGEST_MS, SHARE * (now - begun)))
  }

  #later(peer: Peer, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#hooks.turn(() => this.#answer(peer))
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }

  forget(peer: Peer): void {
    this.#asked.delete(peer)
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#asked.clear()
  }
}
