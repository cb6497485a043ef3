import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { Mapping, Step, StepMap } from '@tiptap/pm/transform'

/** Makes an edit in an editor where it could not be made at first. @returns false where the place is not the same any more */
export type HeldEdit = (editor: Pick<Editor, 'state' | 'view'>) => boolean

/** An edit that was not let in, to be made later: in another editor, over what others have written elsewhere meanwhile. */
export function heldEdit(tr: Transaction): HeldEdit {
  const { before } = tr
  const [first, last] = touchedBlocks(before, tr)
  // As JSON: the other editor has a schema of its own.
  const steps = tr.steps.map((step) => step.toJSON())
  const wanted = before.children.slice(first, last + 1).map(said)
  const from = startOf(before, first)
  const caret = tr.selection.head
  return ({ state, view }) => {
    const at = placeOf(wanted, state.doc)
    if (at === null) return false
    const moved = new Mapping(at === from ? [] : [StepMap.offset(at - from)])
    const again = state.tr
    for (const json of steps) {
      const step = Step.fromJSON(state.schema, json).map(moved)
      if (!step || again.maybeStep(step).failed) return false
    }
    const place = Math.max(0, Math.min(caret + at - from, again.doc.content.size))
    again.setSelection(TextSelection.near(again.doc.resolve(place), -1))
    view.dispatch(again.scrollIntoView())
    return true
  }
}

/** Indexes of the first and the last block that the steps reach into. */
function touchedBlocks(before: Node, tr: Transaction): [number, number] {
  let [from, to] = [before.content.size, 0]
  const { maps } = tr.mapping
  const backThrough = (index: number, pos: number, side: number) =>
    maps.slice(0, index).reduceRight((at, map) => map.invert().map(at, side), pos)
  maps.forEach((map, index) => {
    map.forEach((start, end) => {
      from = Math.min(from, backThrough(index, start, -1))
      to = Math.max(to, backThrough(index, end, 1))
    })
  })
  const last = before.childCount - 1
  const indexAt = (pos: number) => Math.min(before.resolve(pos).index(0), last)
  return from > to ? [0, last] : [indexAt(from), indexAt(to)]
}

const said = (block: Node) => JSON.stringify(block.toJSON())

const startOf = (doc: Node, index: number) =>
  doc.children.slice(0, index).reduce((sum, { nodeSize }) => sum + nodeSize, 0)

/** Where these blocks begin in another document; null where they do not stand there as they were, one behind the other. */
function placeOf(wanted: readonly string[], now: Node): number | null {
  const found = now.children.findIndex((_, index) =>
    wanted.every((block, n) => {
      const here = now.maybeChild(index + n)
      return here !== null && said(here) === block
    }),
  )
  return found < 0 ? null : startOf(now, found)
}
