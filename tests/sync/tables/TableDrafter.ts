import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  CellSelection,
  deleteColumn,
  deleteRow,
  splitCell,
  TableMap,
  toggleHeader,
} from '@tiptap/pm/tables'
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { resizeColumn } from '../../../client/clauses/schema/columnWidths.ts'
import { schemaExtensions } from '../../../client/clauses/schema/editorExtensions.ts'
import { cellPositions } from '../../../client/clauses/schema/tableOfNode.ts'
import { mergeWhole, onWhole, ownTableEditing } from '../../../client/clauses/schema/wholeTables.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import type { Chance } from '../../support/seeded.ts'

const schema = getSchema(schemaExtensions)

/** Acts that take nothing away. */
const BUILDING: readonly Command[] = [
  addRowAfter,
  addRowBefore,
  addColumnAfter,
  addColumnBefore,
  resizeColumn(1),
  resizeColumn(-1),
]
const ALL: readonly Command[] = [...BUILDING, deleteRow, deleteColumn, mergeWhole, splitCell]
/**
 * A cell that becomes a heading is another node in its place: what others type into it comes back to them, and two who
 * do it at once leave two headings side by side.
 */
const HEADING = toggleHeader('row')

/**
 * Somebody at a table without a screen: the page's own commands, the repair that the editor makes of its own changes,
 * and the binding's way into the Y.Doc.
 */
export class TableDrafter {
  readonly doc = new Y.Doc()
  readonly typed: string[] = []
  columnsAdded = 0
  readonly #chance: Chance
  readonly #commands: readonly Command[]

  constructor(clientId: number, chance: Chance, takesAway: boolean) {
    this.doc.clientID = clientId
    this.#chance = chance
    this.#commands = takesAway ? [...ALL, ...(clientId === 2 ? [HEADING] : [])] : BUILDING
  }

  get page(): Node {
    return initProseMirrorDoc(bodyOf(this.doc), schema).doc
  }

  /** What ProseMirror finds wrong in the tables; widths that differ within a column are none of it. */
  get problems(): string[] {
    return this.page.children
      .filter(({ type }) => type.name === 'table')
      .flatMap((table) => TableMap.get(table).problems ?? [])
      .map(({ type }) => type)
      .filter((type) => type !== 'colwidth mismatch')
  }

  act(): void {
    const { doc: page, meta } = initProseMirrorDoc(bodyOf(this.doc), schema)
    const cells = cellsIn(page)
    if (cells.length === 0) return
    const [one, other] = [this.#chance.pick(cells), this.#chance.pick(cells)]
    const start = TextSelection.near(page.resolve(one + 2), 1)
    const isRange = this.#chance.oneIn(3)
    const selection = isRange ? CellSelection.create(page, one, other) : start
    const before = EditorState.create({ doc: page, selection, plugins: [ownTableEditing()] })
    const command = this.#chance.oneIn(2) ? this.#type : this.#chance.pick(this.#commands)
    let after = before
    const run = command === this.#type ? command : onWhole(command)
    run(before, (tr) => {
      after = before.apply(tr)
    })
    if (after.doc === page) return
    if (command === addColumnAfter || command === addColumnBefore) this.columnsAdded += 1
    this.doc.transact(() => updateYFragment(this.doc, bodyOf(this.doc), after.doc, meta), this)
  }

  /**
   * Only one of them is first in an empty cell: the texts of two who are first at once are made one by the binding, and
   * what a third types into the other comes back to him.
   */
  readonly #type: Command = (state, dispatch) => {
    const { $head } = state.selection
    const at = $head.parent.inlineContent ? $head.pos : TextSelection.near($head, 1).from
    if (this.doc.clientID !== 2 && state.doc.resolve(at).parent.content.size === 0) return false
    const word = `w${this.doc.clientID}x${this.typed.length} `
    this.typed.push(word.trim())
    dispatch?.(state.tr.insertText(word, at))
    return true
  }
}

function cellsIn(page: Node): number[] {
  const cells: number[] = []
  page.forEach((table, pos) => {
    if (table.type.name === 'table') cells.push(...cellPositions(table, pos).flat())
  })
  return cells
}
