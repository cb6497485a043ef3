import type { Peer } from './Peer.ts'
import { packShared } from './packFrames.ts'
import { BrokenLog } from './updateLog.ts'

export type AnswerHooks = {
  /** Runs work in a turn of the room. */
  turn(work: () => void): void
  /** @throws {BrokenLog}; anything else means that the question was none */
  framesFor(stateVector: Uint8Array): readonly Uint8Array[]
  onBroken(cause: BrokenLog): void
  onSenseless(cause: unknown): void
}

/**
 * Who asks what it lacks, each in a turn of the room. A connection has one question at a time, the newest: whoever asks
 * again and again is answered once.
 */
export class AnswerQueue {
  readonly #hooks: AnswerHooks
  readonly #asked = new Map<Peer, Uint8Array>()

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
    this.#asked.delete(peer)
    if (peer.state !== 'open' || stateVector === undefined) return
    try {
      peer.sendPacked(...packShared(this.#hooks.framesFor(stateVector)))
    } catch (cause) {
      if (cause instanceof BrokenLog) {
        // No fault of whoever asked.
        this.#hooks.onBroken(cause)
        return
      }
      this.#hooks.onSenseless(cause)
      peer.refuse('input/invalid')
    }
  }

  forget(peer: Peer): void {
    this.#asked.delete(peer)
  }
}
