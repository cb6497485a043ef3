import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { CellSelection, isInTable, handlePaste as pasteIntoTable } from '@tiptap/pm/tables'
import type { EditorView } from '@tiptap/pm/view'
import { type ClauseLevel, isClauseLevel } from '../../../shared/clauses/clause.ts'
import {
  isPastedTable,
  type PastedBlock,
  type PastedClause,
} from '../../../shared/pasting/pasted.ts'
import { insertBlocks } from './insertBlocks.ts'
import {
  blockNode,
  cellLines,
  type Letters,
  lettersOf,
  type PastedNode,
  paragraphNode,
  textNodes,
  wordsOf,
} from './pastedNodes.ts'
import { type Swap, swapsAt } from './swapLetters.ts'

/** Words that were put in, and where they begin. */
type Placed = { start: number; letters: readonly Letters[] }

/** Levels that go on with a line without a number; under a heading such a line is plain text. */
const GO_ON: readonly ClauseLevel[] = ['paragraph', 'point', 'text', 'basis']

/**
 * Puts pasted blocks where the selection is.
 * @returns the letters of them that can be read otherwise; null when the change was not let in, being too large
 */
export function pasteBlocks(view: EditorView, blocks: readonly PastedBlock[]): Swap[] | null {
  const before = view.state.doc
  const placed = isInTable(view.state) ? pasteIntoCells(view, blocks) : pasteIntoText(view, blocks)
  const { doc } = view.state
  if (doc === before) return null
  return placed.flatMap(({ start, letters }) => swapsAt(doc, start, letters))
}

const send = (view: EditorView, tr: Transaction) =>
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'))

function pasteIntoText(view: EditorView, blocks: readonly PastedBlock[]): Placed[] {
  const { state } = view
  const { tr } = state
  const [first, ...more] = blocks
  if (first && more.length === 0 && !isPastedTable(first) && !takesLevel(state, first)) {
    const placed = pasteWords(state, tr, first)
    send(view, tr)
    return [placed]
  }
  const ready = atTheirLevels(blocks, levelHere(state)).map((block) =>
    blockNode(state.schema, block),
  )
  const starts = insertBlocks(tr, {
    nodes: ready.map(({ node }) => node),
    openStart: isOpen(first),
    openEnd: isOpen(blocks.at(-1)),
  })
  send(view, tr)
  return starts.map((start, index) => ({ start, letters: lettersIn(ready[index]) }))
}

const lettersIn = (ready: PastedNode | undefined) => ready?.letters ?? []

/** A line without a number, which may join the words it comes next to. */
const isOpen = (block: PastedBlock | undefined) =>
  block !== undefined && block.level === 'text' && block.label === null

/** One numbered line alone is a clause where nothing is written yet, and words anywhere else. */
function takesLevel({ selection }: EditorState, { level }: PastedClause): boolean {
  const { $from, $to } = selection
  const fresh = $from.depth === 1 && $from.sameParent($to) && $from.parent.content.size === 0
  return level !== 'text' && fresh
}

function pasteWords(state: EditorState, tr: Transaction, clause: PastedClause): Placed {
  const runs = wordsOf(clause, true)
  const inherited = state.storedMarks ?? state.selection.$from.marks()
  const nodes = textNodes(state.schema, runs).map((node) =>
    clause.loose && node.marks.length === 0 ? node.mark(inherited) : node,
  )
  const start = tr.selection.from
  tr.replaceSelection(new Slice(Fragment.from(nodes), 0, 0))
  return { start, letters: lettersOf(runs) }
}

function levelHere({ selection }: EditorState): ClauseLevel {
  const level: unknown = selection.$from.depth === 1 ? selection.$from.parent.attrs.level : null
  return isClauseLevel(level) && GO_ON.includes(level) ? level : 'text'
}

/** Lines of which none has a number go on with the level they are put at. */
const atTheirLevels = (
  blocks: readonly PastedBlock[],
  here: ClauseLevel,
): readonly PastedBlock[] =>
  blocks.every(isOpen)
    ? blocks.map((block) => (isPastedTable(block) ? block : { ...block, level: here }))
    : blocks

/** A table lies over the cells from the one of the caret on; anything else becomes lines of the cell. */
function pasteIntoCells(view: EditorView, blocks: readonly PastedBlock[]): Placed[] {
  const { schema, selection, tr } = view.state
  const [first, ...more] = blocks
  const start = selection.from
  if (first && more.length === 0 && isPastedTable(first)) {
    const { node, letters } = blockNode(schema, first)
    pasteIntoTable(view, new ClipboardEvent('paste'), new Slice(Fragment.from(node), 0, 0))
    return [{ start, letters }]
  }
  const lines = cellLines(blocks)
  const nodes: Node[] = lines.map((runs) => paragraphNode(schema, runs))
  const slice = new Slice(Fragment.from(nodes), 1, 1)
  if (selection instanceof CellSelection) pasteIntoTable(view, new ClipboardEvent('paste'), slice)
  else send(view, tr.replaceSelection(slice))
  return [{ start, letters: lettersOf(lines.flat()) }]
}
