import type { Peer } from './Peer.ts'

export type AnswerHooks = {
  /** Runs work in a turn of the room. */
  turn(work: () => void): void
  answer(peer: Peer, stateVector: Uint8Array): void
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
    if (peer.state === 'open' && stateVector !== undefined) this.#hooks.answer(peer, stateVector)
  }

  forget(peer: Peer): void {
    this.#asked.delete(peer)
  }
}
