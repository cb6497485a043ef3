import type { Node, ResolvedPos } from '@tiptap/pm/model'
import { type Command, type EditorState, Selection, TextSelection } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import {
  type ClauseLevel,
  isClauseLevel,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { demoted, following, lifted, promoted } from '../levels.ts'

/** The clause the caret stands in, with its place among the blocks; null in tables. */
function clauseAt($pos: ResolvedPos): { node: Node; pos: number; level: ClauseLevel } | null {
  const node = $pos.depth === 1 ? $pos.parent : null
  if (node?.type.name !== 'clause') return null
  return { node, pos: $pos.before(1), level: levelIn(node) }
}

const levelIn = (clause: Node): ClauseLevel => {
  const { level } = clause.attrs
  return isClauseLevel(level) ? level : 'text'
}

const caretIn = (state: EditorState) => {
  const { selection } = state
  return selection instanceof TextSelection && selection.empty ? clauseAt(selection.$from) : null
}

/** Every clause that the selection touches. */
export function selectedClauses(state: EditorState): { pos: number; level: ClauseLevel }[] {
  const clauses: { pos: number; level: ClauseLevel }[] = []
  for (const { $from, $to } of state.selection.ranges)
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (node.type.name === 'clause') clauses.push({ pos, level: levelIn(node) })
      return node.type.name === 'table' ? false : undefined
    })
  return clauses
}

/** Attribute steps only: a changed or wrapped node would tear a colleague's typing out of the clause. */
function changeLevels(next: (level: ClauseLevel) => ClauseLevel): Command {
  return (state, dispatch) => {
    const changes = selectedClauses(state)
      .map(({ pos, level }) => ({ pos, level, to: next(level) }))
      .filter(({ level, to }) => level !== to)
    if (changes.length === 0) return false
    const { tr } = state
    for (const { pos, to } of changes) tr.setNodeAttribute(pos, 'level', to)
    dispatch?.(tr.scrollIntoView())
    return true
  }
}

export const demote = (model: NumberingModel) => climb((level) => demoted(level, model))
export const promote = (model: NumberingModel) => climb((level) => promoted(level, model))
export const setLevel = (level: ClauseLevel) => changeLevels(() => level)

const UNNUMBERED: readonly ClauseLevel[] = ['text', 'basis']

/** Plain text among numbered clauses hangs under them and stays what it is; alone it gets a number. */
const climb =
  (next: (level: ClauseLevel) => ClauseLevel): Command =>
  (state, dispatch) => {
    const isNumbered = selectedClauses(state).some(({ level }) => !UNNUMBERED.includes(level))
    const stays = (level: ClauseLevel) => isNumbered && UNNUMBERED.includes(level)
    return changeLevels((level) => (stays(level) ? level : next(level)))(state, dispatch)
  }

/** Enter: in an empty clause one level up; before the text a new clause above it; else the rest goes into the next. */
export const splitClause =
  (model: NumberingModel): Command =>
  (state, dispatch) => {
    const { $from, $to } = state.selection
    const here = clauseAt($from)
    if (!here || !clauseAt($to)) return false
    const { tr } = state
    if (!state.selection.empty) tr.deleteSelection()
    const $at = tr.selection.$from
    const now = clauseAt($at)
    if (!now) return false
    const up = now.node.content.size === 0 ? lifted(now.level) : null
    if (up !== null) tr.setNodeAttribute(now.pos, 'level', up)
    else if ($at.parentOffset === 0 && now.node.content.size > 0)
      // The text keeps its node, and with it its id and whatever a colleague is typing into it.
      tr.insert(now.pos, now.node.type.create({ level: now.level }))
    else {
      const level = following(now.level, model)
      const atEnd = $at.parentOffset === now.node.content.size
      const marks = state.storedMarks ?? (state.selection.empty ? $at.marks() : [])
      tr.split($at.pos, 1, [{ type: now.node.type, attrs: { level, id: null } }])
      if (atEnd && level === now.level) tr.ensureMarks(marks)
    }
    dispatch?.(tr.scrollIntoView())
    return true
  }

/** Backspace before the text: first the number goes, then the clause joins the one above. */
export const joinAbove: Command = (state, dispatch) => {
  const here = caretIn(state)
  if (!here || state.selection.$from.parentOffset > 0) return false
  const { tr } = state
  if (here.level !== 'text') {
    dispatch?.(tr.setNodeAttribute(here.pos, 'level', 'text').scrollIntoView())
    return true
  }
  const above = state.doc.resolve(here.pos).nodeBefore
  if (!above) return true
  const abovePos = here.pos - above.nodeSize
  const empty = here.node.content.size === 0
  if (above.type.name === 'table') {
    if (empty && state.doc.childCount > 1) tr.delete(here.pos, here.pos + here.node.nodeSize)
    tr.setSelection(Selection.near(tr.doc.resolve(here.pos), -1))
  } else if (above.content.size === 0 && !empty) {
    // The id belongs to the text: the empty clause above goes and leaves its level behind.
    tr.setNodeAttribute(here.pos, 'level', levelIn(above))
    tr.delete(abovePos, here.pos)
  } else tr.join(here.pos)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Delete behind the text: the clause below joins this one; an empty clause simply goes. */
export const joinBelow: Command = (state, dispatch) => {
  const here = caretIn(state)
  if (!here || state.selection.$from.parentOffset < here.node.content.size) return false
  const end = here.pos + here.node.nodeSize
  const below = state.doc.resolve(end).nodeAfter
  if (!below) return true
  const { tr } = state
  if (here.node.content.size === 0) {
    tr.delete(here.pos, end)
    tr.setSelection(Selection.near(tr.doc.resolve(here.pos), 1))
  } else if (below.type.name === 'table') return true
  else tr.join(end)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** A new clause under the table the caret is in: the way out of a table that ends the document. */
export const leaveTable: Command = (state, dispatch) => {
  const { $head } = state.selection
  const clause = state.schema.nodes.clause
  if (!clause || !isInTable(state) || $head.depth === 0) return false
  const { tr } = state
  const after = $head.after(1)
  tr.insert(after, clause.create({ level: 'text' }))
  tr.setSelection(TextSelection.create(tr.doc, after + 1))
  dispatch?.(tr.scrollIntoView())
  return true
}
