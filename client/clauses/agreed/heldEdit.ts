import type { Editor } from '@tiptap/core'
import { Fragment, type Node } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Mapping, Step, StepMap } from '@tiptap/pm/transform'

/** An edit that was not let in, to be made later, in another editor. */
export type HeldEdit = {
  /** Over what others have written elsewhere meanwhile. @returns false where the place is not the same any more, and nothing was done */
  make(editor: Pick<Editor, 'state' | 'view'>): boolean
}

export type GrowingEdit = HeldEdit & {
  /**
   * The same, gone on with in a draft.
   * @param draft all of it
   * @param changed clauses in which it says something else than the text
   * @returns null where the draft says more than this edit has become
   */
  grown(draft: Node, changed: readonly string[]): HeldEdit | null
}

/** Keeps an edit as what it does to the blocks it reaches into. @param tr refused by the editor it was meant for */
export function heldEdit(tr: Transaction): GrowingEdit {
  const { before } = tr
  const [first, last] = touchedBlocks(before, tr)
  const touched = before.children.slice(first, last + 1)
  // As JSON: the other editor has a schema of its own.
  const wanted = touched.map(said)
  const steps = tr.steps.map((step) => step.toJSON())
  const from = startOf(before, first)
  const caret = tr.selection.head
  const [above, below] = [before.maybeChild(first - 1), before.maybeChild(last + 1)].map(idOf)
  const grown: GrowingEdit['grown'] = (draft, changed) => {
    const now = between(draft, above, below)
    const ids = new Set([...touched, ...(now ?? [])].map(idOf))
    if (!now || changed.some((id) => !ids.has(id))) return null
    const blocks = now.map((block) => block.toJSON())
    return {
      make({ state, view }) {
        const at = placeOf(wanted, state.doc)
        if (at === null) return false
        view.dispatch(becoming(state, at, sizeOf(touched), blocks).scrollIntoView())
        return true
      },
    }
  }
  return {
    grown,
    make({ state, view }) {
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
    },
  }
}

/** The blocks at this place become these, letter by letter where they are alike; the caret stands behind what is new. */
function becoming(
  state: EditorState,
  at: number,
  size: number,
  blocks: readonly unknown[],
): Transaction {
  const { tr, schema, doc } = state
  const old = doc.slice(at, at + size).content
  const wanted = schema.topNodeType.create(null, Fragment.fromJSON(schema, [...blocks]))
  const start = old.findDiffStart(wanted.content)
  const end = old.findDiffEnd(wanted.content)
  if (start === null || end === null) return tr
  const twice = Math.max(0, start - Math.min(end.a, end.b))
  tr.replace(at + start, at + end.a + twice, wanted.slice(start, end.b + twice))
  const behind = Math.min(at + end.b + twice, tr.doc.content.size)
  return tr.setSelection(TextSelection.near(tr.doc.resolve(behind), -1))
}

/** What stands between two blocks; null where one is gone, or they have changed places. */
function between(
  doc: Node,
  above: string | null | undefined,
  below: string | null | undefined,
): readonly Node[] | null {
  const ids = doc.children.map(idOf)
  const from = above == null ? 0 : ids.indexOf(above) + 1
  const to = below == null ? ids.length : ids.indexOf(below)
  return (above != null && from === 0) || to < from ? null : doc.children.slice(from, to)
}

const idOf = (block: Node | null): string | null => (block ? String(block.attrs.id) : null)

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

const sizeOf = (blocks: readonly Node[]) => blocks.reduce((sum, { nodeSize }) => sum + nodeSize, 0)
const startOf = (doc: Node, index: number) => sizeOf(doc.children.slice(0, index))

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
