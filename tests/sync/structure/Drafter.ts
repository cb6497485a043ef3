import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { giveIds } from '../../../client/clauses/schema/clauseIds.ts'
import {
  demote,
  joinAbove,
  joinBelow,
  promote,
  setLevel,
  splitClause,
} from '../../../client/clauses/schema/commands.ts'
import { duplicateClause } from '../../../client/clauses/schema/duplicateClause.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { labelDecorations } from '../../../client/clauses/schema/labels.ts'
import { CLAUSE_LEVELS, type NumberingModel } from '../../../shared/clauses/clause.ts'
import { bodyOf, readBody } from '../../../shared/clauses/yjs.ts'
import type { Chance } from '../../support/seeded.ts'

const schema = getSchema(schemaExtensions)
const idsOf = (page: Node) => page.children.map(({ attrs }) => String(attrs.id))

/** Somebody at an editor without a screen: the commands of the page, and the binding's own way into the Y.Doc. */
export class Drafter {
  readonly doc = new Y.Doc()
  readonly model: NumberingModel
  readonly problems: string[] = []
  readonly #chance: Chance
  readonly #newId: () => string

  constructor(clientId: number, model: NumberingModel, chance: Chance, newId: () => string) {
    this.doc.clientID = clientId
    this.model = model
    this.#chance = chance
    this.#newId = newId
  }

  get page(): Node {
    return initProseMirrorDoc(bodyOf(this.doc), schema).doc
  }

  /** The numbers as this screen shows them, '' where there is none. */
  get labels(): string[] {
    const page = this.page
    const shown = new Map(
      labelDecorations(page, this.model)
        .find()
        .map(({ from, spec }) => [from, String(spec.label)]),
    )
    const labels: string[] = []
    page.forEach((_, pos) => {
      labels.push(shown.get(pos) ?? '')
    })
    return labels
  }

  /** One random act on the structure. */
  act(): void {
    const { doc: page, meta } = initProseMirrorDoc(bodyOf(this.doc), schema)
    const selection = this.#selectionIn(page)
    if (!selection) return
    const before = EditorState.create({ doc: page, selection })
    const { model } = this
    const chance = this.#chance
    const commands: readonly Command[] = [
      splitClause(model),
      splitClause(model),
      demote(model),
      promote(model),
      setLevel(chance.pick(CLAUSE_LEVELS)),
      joinAbove,
      joinBelow,
      duplicateClause,
      (state, dispatch) => {
        dispatch?.(state.tr.insertText(chance.pick(['x', 'đ ', 'ế'])))
        return true
      },
    ]
    let after = before
    chance.pick(commands)(before, (tr: Transaction) => {
      after = before.apply(tr)
    })
    if (after === before) return
    const { doc } = giveIds(before.doc, after.doc, after.tr, this.#newId)
    this.doc.transact(() => updateYFragment(this.doc, bodyOf(this.doc), doc, meta), this)
    this.#watchIds(page, doc)
  }

  /**
   * Those that were there keep their order, and the binding has written what the editor shows. Where two acts at once
   * have left two blocks of one id, the server parts them; until then nothing can be said of it.
   */
  #watchIds(before: Node, after: Node): void {
    const [old, now] = [idsOf(before), idsOf(after)]
    const kept = now.filter((id) => old.includes(id))
    const order = old.filter((id) => now.includes(id))
    const isClear = new Set(old).size === old.length
    if (isClear && kept.join() !== order.join())
      this.problems.push(`${order.join()} became ${kept.join()}`)
    const written = readBody(this.doc).map(({ id }) => id)
    if (written.join() !== now.join())
      this.problems.push(`wrote ${written.join()} for ${now.join()}`)
  }

  /** A caret mostly, at the edges more often than by chance; sometimes over several clauses. */
  #selectionIn(page: Node): TextSelection | null {
    const spots: number[] = []
    page.forEach((block, pos) => {
      if (block.type.name === 'clause') spots.push(pos + 1, pos + block.nodeSize - 1, pos + 1)
    })
    if (spots.length === 0) return null
    const spot = () => {
      const $at = page.resolve(this.#chance.pick(spots))
      if (this.#chance.oneIn(2) || $at.parent.content.size === 0) return $at.pos
      return $at.start() + this.#chance.below($at.parent.content.size + 1)
    }
    const anchor = spot()
    return TextSelection.create(page, anchor, this.#chance.oneIn(5) ? spot() : anchor)
  }
}
