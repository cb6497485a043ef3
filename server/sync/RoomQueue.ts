import { AsyncResource } from 'node:async_hooks'
import type { ContentFrame } from './Peer.ts'

type Turn = { kind: 'frame'; frame: ContentFrame } | { kind: 'task'; run: () => Promise<void> }

/** A queue works in nobody's name: whoever happened to wake it must not lend it his open transaction. */
const nobody = new AsyncResource('RoomQueue')

/** Edits a second from which a room counts as busy: two in each of the longest windows. */
const BUSY = 20
/** How long a room may work without a look at what else there is to do. */
const BREATH_MS = 10
/** Over which the edits are counted. */
const RATE_MS = 500

/**
 * How long after one flush the next may come. A commit and a write to each socket is what an edit costs, so the
 * fuller and busier the room, the more edits share one; in a small or quiet room nobody waits.
 * @returns ms: 16 from 200 sockets, three times as long while they type at once, never more than 50
 */
export function flushWindow(sockets: number, editsPerSecond: number): number {
  if (sockets < 50) return 0
  const calm = (16 * Math.min(sockets, 200)) / 200
  return editsPerSecond < BUSY ? calm : 3 * calm + 2
}

export type QueueOptions = {
  /** Must not throw. */
  takeFrames(frames: readonly ContentFrame[]): Promise<void>
  /** ms between the end of one turn of frames and the next. */
  window(editsPerSecond: number): number
}

/**
 * One document, one order. Frames that have gathered while something else was at work, or within the flush window,
 * are taken together, so that they share a commit and a write; everything else has a turn of its own and waits for
 * no window.
 */
export class RoomQueue {
  readonly #options: QueueOptions
  #turns: Turn[] = []
  #running = false
  #lastFlush = Number.NEGATIVE_INFINITY
  #lastBreath = 0
  /** Frames a second, fading. */
  #rate = { value: 0, at: 0 }
  /** Ends the window early. */
  #wake: (() => void) | null = null

  constructor(options: QueueOptions) {
    this.#options = options
  }

  frame(frame: ContentFrame): void {
    frame.peer.frameQueued(frame.update.byteLength)
    this.#rate = { value: this.#currentRate() + 1000 / RATE_MS, at: performance.now() }
    this.#add({ kind: 'frame', frame })
  }

  /** Resolves with the task's outcome, or rejects with it; the queue goes on either way. */
  task<T>(work: () => Promise<T>): Promise<T> {
    const asCaller = AsyncResource.bind(work)
    return new Promise((resolve, reject) => {
      this.#add({ kind: 'task', run: () => asCaller().then(resolve, reject) })
      this.#wake?.()
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
      await this.#untilWindowEnds()
      const frames = this.#gather()
      if (frames.length > 0) {
        await this.#options.takeFrames(frames)
        this.#lastFlush = performance.now()
        for (const { peer, update } of frames) peer.frameDone(update.byteLength)
        continue
      }
      const turn = this.#turns.shift()
      if (turn?.kind === 'task') await turn.run()
      await this.#breathe()
    }
    this.#running = false
  }

  /** Turns that wait for nothing would keep everything else of the process waiting. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < BREATH_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.#lastBreath = performance.now()
  }

  #currentRate(): number {
    return this.#rate.value * Math.exp((this.#rate.at - performance.now()) / RATE_MS)
  }

  /** Waits only while nothing but frames is waiting. */
  async #untilWindowEnds(): Promise<void> {
    const window = this.#options.window(this.#currentRate())
    const left = this.#lastFlush + window - performance.now()
    if (left <= 0 || this.#turns.some(({ kind }) => kind === 'task')) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  #gather(): ContentFrame[] {
    const end = this.#turns.findIndex((turn) => turn.kind !== 'frame')
    const taken = this.#turns.splice(0, end === -1 ? this.#turns.length : end)
    return taken.flatMap((turn) => (turn.kind === 'frame' ? [turn.frame] : []))
  }
}
