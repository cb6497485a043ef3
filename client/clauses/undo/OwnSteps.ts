import * as Y from 'yjs'
import { StepCarrier } from './carrySteps.ts'
import { putOwnLast } from './idSpans.ts'
import { replant, type StackItem } from './replant.ts'

export type Way = 'undo' | 'redo'

/**
 * `forGood`: it is done, and too large to be redone. `gone`: it can never be taken back; `later`: it may be. Of these
 * two the person has been told.
 */
export type TakenBack = 'done' | 'forGood' | 'gone' | 'later'

/**
 * Has the server take an act back, and waits until that has come.
 * @param as its name from now on, by which it can be redone
 */
export type TakeBackAct = (actId: string, as: string) => Promise<TakenBack>

const ACT = 'act'
/** Keys pressed while the server is at work; whoever holds one down does not want a hundred steps later. */
const WAITING = 8

const actOf = (item: StackItem | undefined): string | null => {
  const act = item?.meta.get(ACT)
  return typeof act === 'string' ? act : null
}

/**
 * One's own steps, in the order in which they were made: typing, which Yjs takes back, and acts that the server ran,
 * which it takes back itself. Both stand on the stacks of one UndoManager, so whatever clears or bounds these stays true.
 */
export class OwnSteps {
  readonly #manager: Y.UndoManager
  readonly #newId: () => string
  readonly #carrier: StepCarrier
  readonly #listeners = new Set<() => void>()
  readonly #waiting: Way[] = []
  #takeBackAct: TakeBackAct | null = null
  #isBusy = false
  /** Counts one's own edits. */
  #edits = 0

  constructor(manager: Y.UndoManager, newId: () => string) {
    this.#manager = manager
    this.#newId = newId
    this.#carrier = new StepCarrier(manager)
    for (const event of ['stack-item-added', 'stack-item-updated'] as const)
      manager.on(event, this.#onEdit)
    manager.on('stack-cleared', this.#tell)
  }

  destroy(): void {
    this.#carrier.destroy()
    this.#waiting.length = 0
    for (const event of ['stack-item-added', 'stack-item-updated'] as const)
      this.#manager.off(event, this.#onEdit)
    this.#manager.off('stack-cleared', this.#tell)
  }

  /** Null while nothing can be written. */
  setTakeBackAct(takeBackAct: TakeBackAct | null): void {
    this.#takeBackAct = takeBackAct
  }

  /**
   * The server is about to run an act of this name for the person; keys wait until the answer, which says whether it
   * has.
   */
  beginAct(actId: string): (done: boolean) => void {
    this.#isBusy = true
    this.#manager.stopCapturing()
    const place = this.#manager.undoStack.length
    return (done) => {
      if (done) {
        this.#manager.clear(false, true)
        // Below what was typed meanwhile: the act was asked for before that.
        this.#manager.undoStack.splice(place, 0, actStep(actId))
      }
      this.#goOn()
    }
  }

  /** The step that an undo would take back. */
  last(): StackItem | undefined {
    return this.#manager.undoStack.at(-1)
  }

  can(way: Way): boolean {
    return this.#stack(way).length > 0
  }

  /** @returns whether there was anything to do; what the server does is done a moment later */
  run(way: Way): boolean {
    if (this.#isBusy) {
      if (this.#waiting.length < WAITING) this.#waiting.push(way)
      return true
    }
    for (let top = this.#stack(way).at(-1); top; top = this.#stack(way).at(-1)) {
      const actId = actOf(top)
      if (actId !== null) {
        if (this.#takeBackAct) void this.#runAct(way, actId, this.#takeBackAct)
        return this.#takeBackAct !== null
      }
      if (this.#runStep(way, top)) return true
    }
    return false
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #stack(way: Way): StackItem[] {
    return way === 'undo' ? this.#manager.undoStack : this.#manager.redoStack
  }

  #setStack(way: Way, stack: StackItem[]): void {
    if (way === 'undo') this.#manager.undoStack = stack
    else this.#manager.redoStack = stack
  }

  /** @returns false where nothing was left of it; it is off the stack then, as always */
  #runStep(way: Way, top: StackItem): boolean {
    const below = this.#stack(way).slice(0, -1)
    const { doc, undoStack, redoStack } = this.#manager
    replant(doc, top, [...undoStack, ...redoStack])
    putOwnLast(top.insertions, doc.clientID)
    // Alone: Yjs would go on to the next by itself, and could take an act for a step that has nothing in it.
    this.#setStack(way, [top])
    try {
      return (way === 'undo' ? this.#manager.undo() : this.#manager.redo()) !== null
    } finally {
      this.#setStack(way, below)
      this.#tell()
    }
  }

  async #runAct(way: Way, actId: string, takeBack: TakeBackAct): Promise<void> {
    this.#isBusy = true
    const step = this.#stack(way).pop()
    const place = this.#stack(way).length
    this.#manager.stopCapturing()
    this.#tell()
    const before = this.#edits
    const as = this.#newId()
    const taken = await takeBack(actId, as)
    // Whoever types after an undo redoes nothing.
    const isLast = this.#edits === before
    if (taken === 'done' && (way === 'redo' || isLast))
      this.#stack(way === 'undo' ? 'redo' : 'undo').push(actStep(as))
    else if (taken === 'later' && step && (way === 'undo' || isLast))
      this.#stack(way).splice(place, 0, step)
    if (taken === 'gone' || taken === 'later') this.#waiting.length = 0
    this.#goOn()
  }

  #goOn(): void {
    this.#manager.stopCapturing()
    this.#isBusy = false
    this.#tell()
    const next = this.#waiting.shift()
    if (next) this.run(next)
  }

  #onEdit = (): void => {
    this.#edits += 1
    this.#tell()
  }

  #tell = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }
}

const actStep = (actId: string): StackItem =>
  ({
    insertions: Y.mergeDeleteSets([]),
    deletions: Y.mergeDeleteSets([]),
    meta: new Map([[ACT, actId]]),
  }) as unknown as StackItem
