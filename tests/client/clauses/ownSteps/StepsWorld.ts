import { defaultDeleteFilter } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { OwnSteps } from '../../../../client/clauses/undo/OwnSteps.ts'
import { ActMemory } from '../../../../server/clauses/ActMemory.ts'
import { type Act, runAct, runInverse } from '../../../../server/clauses/inverseActs.ts'
import { AppError } from '../../../../shared/base/errors.ts'
import type { ClauseId } from '../../../../shared/base/ids.ts'
import { type Block, isClauseLevel } from '../../../../shared/clauses/clause.ts'
import { clauseById, cutClause } from '../../../../shared/clauses/cutClause.ts'
import { texts } from '../../../../shared/clauses/inlineText.ts'
import { numberBlocks } from '../../../../shared/clauses/numbering.ts'
import { isPlaceFor } from '../../../../shared/clauses/subtree.ts'
import { findBlock, insertClause, readBody, writeBody } from '../../../../shared/clauses/yjs.ts'

/** The server's text and its acts, by the server's own code, with lines that take no time. */
export class StepsWorld {
  readonly doc = new Y.Doc()
  readonly memory = new ActMemory()
  #clients = 1000

  constructor(blocks: readonly Block[]) {
    this.doc.clientID = 1
    writeBody(this.doc, blocks)
  }

  get blocks(): Block[] {
    return readBody(this.doc)
  }

  /** As a reader sees it. */
  get text(): string {
    const { blocks } = this
    const labels = numberBlocks(
      blocks.map(({ level }) => level),
      'articles',
    )
    return blocks
      .map((block, i) => `${labels[i]}|${block.level}|${block.id}|${JSON.stringify(block)}`)
      .join('\n')
  }

  act(accountId: string, name: string, act: Act): void {
    this.#edit((scene) => {
      const { inverse } = runAct(scene, act)
      scene.acts.keep(accountId, name, inverse)
    })
  }

  undo(accountId: string, name: string, as: string): void {
    this.#edit((scene) => {
      const inverse = scene.acts.find(accountId, name)
      scene.acts.forget(accountId, name)
      if (!inverse) throw new AppError('act/gone', { why: 'forgotten' })
      scene.acts.keep(accountId, as, runInverse(scene, inverse).inverse)
    })
  }

  #edit(
    run: (scene: { doc: Y.Doc; memory: ActMemory; acts: ReturnType<ActMemory['of']> }) => void,
  ): void {
    const { doc, memory } = this
    this.#clients += 1
    doc.clientID = this.#clients
    doc.transact(() => run({ doc, memory, acts: memory.of('one', 'epoch') }))
  }
}

/** Somebody at an editor, whose keys are done at once. */
export class Hand {
  readonly doc = new Y.Doc()
  readonly steps: OwnSteps
  readonly name: string
  readonly #world: StepsWorld
  readonly #newId: () => string
  /** Acts that could not be taken back. */
  gone = 0

  constructor(world: StepsWorld, clientId: number, newId: () => string) {
    this.#world = world
    this.#newId = newId
    this.name = `hand${clientId}`
    this.doc.clientID = clientId
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(world.doc), world)
    world.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) Y.applyUpdate(this.doc, update, world)
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== world) Y.applyUpdate(world.doc, update, this)
    })
    const manager = new Y.UndoManager(this.doc.getXmlFragment('body'), {
      trackedOrigins: new Set([this]),
      captureTimeout: 0,
      deleteFilter: (item) =>
        defaultDeleteFilter(item, new Set(['clause', 'paragraph', 'table'])) === true,
    })
    this.steps = new OwnSteps(manager, newId)
    this.steps.setTakeBackAct(async (actId, as) => {
      try {
        world.undo(this.name, actId, as)
        return 'done'
      } catch (cause) {
        if (!(cause instanceof AppError) || cause.code !== 'act/gone') throw cause
        this.gone += 1
        return 'gone'
      }
    })
  }

  get blocks(): Block[] {
    return readBody(this.doc)
  }
  get text(): string {
    return JSON.stringify(this.blocks)
  }

  #write(change: () => void): void {
    this.doc.transact(change, this)
  }

  type(clauseId: string, at: number, words: string): void {
    this.#write(() => {
      const element = findBlock(this.doc, clauseId)
      if (!element) return
      const [part = new Y.XmlText()] = texts(element)
      if (part.parent === null) element.insert(0, [part])
      part.insert(Math.min(at, part.length), words)
    })
  }

  erase(clauseId: string, at: number, count: number): void {
    this.#write(() => {
      const [part] = texts(findBlock(this.doc, clauseId) ?? new Y.XmlElement('clause'))
      if (part && at < part.length) part.delete(at, Math.min(count, part.length - at))
    })
  }

  setLevel(clauseId: string, level: string): void {
    if (isClauseLevel(level))
      this.#write(() => void findBlock(this.doc, clauseId)?.setAttribute('level', level))
  }

  split(clauseId: string, at: number): void {
    const block = clauseById(this.doc, clauseId)
    if (!block) return
    this.#write(() => {
      const runs = cutClause(this.doc, clauseId, at) ?? []
      insertClause(this.doc, clauseId, { ...block, id: this.#newId() as ClauseId, runs })
    })
  }

  /** @returns whether the server did it */
  act(act: Act): boolean {
    const name = this.#newId()
    const end = this.steps.beginAct(name)
    try {
      this.#world.act(this.name, name, act)
      end(true)
      return true
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause
      end(false)
      return false
    }
  }

  /** One step, and until it is done. @returns whether there was one */
  async back(way: 'undo' | 'redo'): Promise<boolean> {
    const did = this.steps.run(way)
    // Acts are taken back by promises that are settled already.
    for (let i = 0; i < 6; i += 1) await Promise.resolve()
    return did
  }

  /** Where a block of this index may go, by id; `undefined` where there is nowhere. */
  places(index: number): (string | null)[] {
    const blocks = readBody(this.doc)
    const levels = blocks.map(({ level }) => level)
    return [null, ...blocks.keys()]
      .filter((after) => isPlaceFor(levels, index, after))
      .map((after) => (after === null ? null : (blocks[after]?.id ?? null)))
  }
}
