import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { FindQuery } from '../../../shared/vietnamese/findMatches.ts'
import { type Match, searcher } from './matchesIn.ts'

/** A place that outlives what others write: y-tiptap may replace the whole text for one letter of theirs. */
type Anchor = { blockId: unknown; offset: number }

export type Finding = {
  query: FindQuery | null
  search: (doc: Node) => Match[]
  matches: readonly Match[]
  /** Index of the current one; -1 where nothing was found. */
  at: number
  anchor: Anchor
  marks: DecorationSet
  /** The text has changed since; the next frame searches again. */
  stale: boolean
}

type Change = { query: FindQuery | null; from: number } | { goTo: number } | 'again'

const key = new PluginKey<Finding>('findMarks')

const NOTHING: Finding = {
  query: null,
  search: () => [],
  matches: [],
  at: -1,
  anchor: { blockId: null, offset: 0 },
  marks: DecorationSet.empty,
  stale: false,
}

export const findingOf = (state: EditorState): Finding => key.getState(state) ?? NOTHING

/** Marks what is looked for. Seen by oneself alone; nothing of it enters the shared text. */
export const FindMarks = Extension.create({
  name: 'findMarks',
  addProseMirrorPlugins() {
    return [
      new Plugin<Finding>({
        key,
        state: { init: () => NOTHING, apply },
        props: { decorations: (state) => findingOf(state).marks },
        view: searchEachFrame,
      }),
    ]
  },
})

const changed = (tr: Transaction, change: Change) => tr.setMeta(key, change)

/** Looks for something else, or with null for nothing; the first match from this position on is the current one. */
export const lookFor = (tr: Transaction, query: FindQuery | null, from: number): Transaction =>
  changed(tr, { query, from })

/** What the next frame would do, now: no match is gone to or replaced by places that others have written over since. */
export function findNow(view: EditorView): Finding {
  if (findingOf(view.state).stale) view.dispatch(changed(view.state.tr, 'again'))
  return findingOf(view.state)
}

/** The next match (1) or the one before (-1) becomes the current one, around the ends of the text. */
export function stepMatch(view: EditorView, step: 1 | -1): void {
  const { matches, at } = findNow(view)
  const { length } = matches
  if (length === 0) return
  view.dispatch(changed(view.state.tr, { goTo: (at + step + length) % length }))
}

function apply(tr: Transaction, before: Finding): Finding {
  const change = tr.getMeta(key) as Change | undefined
  if (change === undefined) {
    if (!tr.docChanged || !before.query) return before
    return { ...before, marks: before.marks.map(tr.mapping, tr.doc), stale: true }
  }
  if (change === 'again') {
    const matches = before.search(tr.doc)
    return marked(before, tr.doc, matches, nearest(tr.doc, matches, before.anchor))
  }
  if ('goTo' in change) return marked(before, tr.doc, before.matches, change.goTo)
  const { query, from } = change
  if (!query) return NOTHING
  const isSame = query.text === before.query?.text && query.matchCase === before.query.matchCase
  const search = isSame ? before.search : searcher(query)
  const matches = search(tr.doc)
  const next = matches.findIndex((match) => match.from >= from)
  return marked({ ...before, query, search }, tr.doc, matches, Math.max(next, 0))
}

function marked(before: Finding, doc: Node, matches: readonly Match[], index: number): Finding {
  const at = matches.length === 0 ? -1 : index
  const current = matches[at]
  const marks = matches.map(({ from, to }, i) =>
    Decoration.inline(from, to, { class: i === at ? 'found found-current' : 'found' }),
  )
  const anchor = current ? anchorAt(doc, current.from) : before.anchor
  return {
    ...before,
    matches,
    at,
    anchor,
    marks: DecorationSet.create(doc, marks),
    stale: false,
  }
}

function anchorAt(doc: Node, pos: number): Anchor {
  const $pos = doc.resolve(pos)
  return { blockId: $pos.node(1).attrs.id, offset: pos - $pos.before(1) }
}

/** The match where the current one was: the nearest in its block, else the first after that block. */
function nearest(doc: Node, matches: readonly Match[], { blockId, offset }: Anchor): number {
  let best = 0
  let distance = Number.POSITIVE_INFINITY
  doc.forEach((block, start) => {
    if (block.attrs.id !== blockId) return
    matches.forEach(({ from }, i) => {
      if (from < start) return
      const inside = from < start + block.nodeSize
      const away = inside ? Math.abs(from - start - offset) : block.nodeSize + from - start
      if (away < distance) [best, distance] = [i, away]
    })
  })
  return best
}

/** However much is typed, the text is searched once a frame, and not under a syllable that is being composed. */
function searchEachFrame(view: EditorView) {
  let frame = 0
  const again = () => {
    frame = 0
    if (!findingOf(view.state).stale) return
    if (view.composing) frame = requestAnimationFrame(again)
    else findNow(view)
  }
  return {
    update({ state }: EditorView) {
      if (findingOf(state).stale) frame ||= requestAnimationFrame(again)
    },
    destroy: () => cancelAnimationFrame(frame),
  }
}
