import { isChangeOrigin } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import type { Command, Plugin, PluginSpec } from '@tiptap/pm/state'
import {
  CellSelection,
  findTable,
  mergeCells,
  selectedRect,
  TableMap,
  tableEditing,
} from '@tiptap/pm/tables'
import { cellPositions } from './tableOfNode.ts'

/** Whether its rows make a rectangle. Two people's changes may leave one that does not, until the server mends it. */
export const isWhole = (table: Node): boolean =>
  (TableMap.get(table).problems ?? []).every(({ type }) => type === 'colwidth mismatch')

/** A command on rows, columns or cells, which waits for the server where the table is not whole. */
export const onWhole =
  (command: Command): Command =>
  (state, dispatch, view) => {
    const table = findTable(state.selection.$head)
    return table !== null && isWhole(table.node) && command(state, dispatch, view)
  }

/**
 * Merges the selected cells, unless a row would be left without a cell: prosemirror-tables would make one for it, and
 * so a column for all.
 */
export const mergeWhole: Command = (state, dispatch, view) => {
  const { selection } = state
  if (!(selection instanceof CellSelection)) return false
  const { map, table, left, right, top, bottom } = selectedRect(state)
  const inside = new Set(map.cellsInRect({ left, right, top, bottom }))
  const starts = cellPositions(table, -1).slice(top + 1, bottom)
  const leavesAll = starts.every((cells) => cells.some((pos) => !inside.has(pos)))
  return leavesAll && onWhole(mergeCells)(state, dispatch, view)
}

/**
 * prosemirror-tables repairs uneven tables after every transaction. What others have left it must not repair: opening
 * a document would write, and of several repairs at once each would add its cells.
 */
export function ownTableEditing(): Plugin {
  const plugin = tableEditing()
  const spec = plugin.spec as PluginSpec<unknown>
  const repair = spec.appendTransaction
  spec.appendTransaction = (transactions, before, after) =>
    transactions.some(isChangeOrigin) || !before.doc.children.every(isWholeBlock)
      ? null
      : repair?.call(plugin, transactions, before, after)
  return plugin
}

const isWholeBlock = (block: Node) => block.type.name !== 'table' || isWhole(block)
