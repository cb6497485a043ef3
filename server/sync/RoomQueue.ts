import { AsyncResource } from 'node:async_hooks'
import type { ContentFrame } from './Peer.ts'

type Turn = { kind: 'frame'; frame: ContentFrame } | { kind: 'task'; run: () => Promise<void> }

/** A queue works in nobody's name: whoever happened to wake it must not lend it his open transaction. */
const nobody = new AsyncResource('RoomQueue')

/**
 * One document, one order. Frames that have gathered while something else was at work are taken together, so that
 * they share a commit; everything else has a turn of its own.
 */
export class RoomQueue {
  readonly #takeFrames: (frames: readonly ContentFrame[]) => Promise<void>
  #turns: Turn[] = []
  #running = false

  /** @param takeFrames must not throw */
  constructor(takeFrames: (frames: readonly ContentFrame[]) => Promise<void>) {
    this.#takeFrames = takeFrames
  }

  frame(frame: ContentFrame): void {
    frame.peer.frameQueued()
    this.#add({ kind: 'frame', frame })
  }

  /** Resolves with the task's outcome, or rejects with it; the queue goes on either way. */
  task<T>(work: () => Promise<T>): Promise<T> {
    const asCaller = AsyncResource.bind(work)
    return new Promise((resolve, reject) => {
      this.#add({ kind: 'task', run: () => asCaller().then(resolve, reject) })
    })
  }

  #add(turn: Turn): void {
    this.#turns.push(turn)
    if (this.#running) return
    this.#running = true
    // What arrives in the same breath shares the first turn.
    nobody.runInAsyncScope(() => setImmediate(() => void this.#run()))
  }

  async #run(): Promise<void> {
    while (this.#turns.length > 0) {
      const frames = this.#gather()
      if (frames.length > 0) {
        await this.#takeFrames(frames)
        for (const { peer } of frames) peer.framesDone(1)
        continue
      }
      const turn = this.#turns.shift()
      if (turn?.kind === 'task') await turn.run()
    }
    this.#running = false
  }

  #gather(): ContentFrame[] {
    const end = this.#turns.findIndex((turn) => turn.kind !== 'frame')
    const taken = this.#turns.splice(0, end === -1 ? this.#turns.length : end)
    return taken.flatMap((turn) => (turn.kind === 'frame' ? [turn.frame] : []))
  }
}
