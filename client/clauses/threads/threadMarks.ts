import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { uniqueIds } from '../../../shared/clauses/uniqueIds.ts'
import type { Anchor } from '../../../shared/comments/anchor.ts'
import {
  findWords,
  type Letters,
  type WordsPlace,
  wordsLocator,
} from '../../../shared/comments/locateWords.ts'

/** Without an anchor the quote is marked where its clause still says it. */
export type MarkedThread = { id: string; clauseId: string; anchor: Anchor | null; quote: string }
export type Range = { from: number; to: number }

export type Marking = {
  threads: readonly MarkedThread[]
  active: string | null
  /** Positions in the document; null for one whose words are gone. */
  ranges: ReadonlyMap<string, Range | null>
  marks: DecorationSet
}

const NOTHING: Marking = {
  threads: [],
  active: null,
  ranges: new Map(),
  marks: DecorationSet.empty,
}

const key = new PluginKey<Marking>('threadMarks')

export const markingOf = (state: EditorState): Marking => key.getState(state) ?? NOTHING

type Change = { threads: readonly MarkedThread[]; active: string | null } | 'again'

/** Marks the words that threads are on. Decorations: nothing of it enters the text, and nothing of it can be undone. */
export const ThreadMarks = Extension.create({
  name: 'threadMarks',
  addProseMirrorPlugins: () => [
    new Plugin<Marking>({
      key,
      state: { init: () => NOTHING, apply },
      props: { decorations: (state) => markingOf(state).marks },
      view: findLost,
    }),
  ],
})

export const markThreads = (
  tr: Transaction,
  threads: readonly MarkedThread[],
  active: string | null,
): Transaction => tr.setMeta(key, { threads, active } satisfies Change)

function apply(tr: Transaction, before: Marking, _: EditorState, state: EditorState): Marking {
  const change = tr.getMeta(key) as Change | undefined
  if (change === 'again') return located(before, state, tr.doc)
  if (change) return located({ ...before, ...change }, state, tr.doc)
  if (!tr.docChanged || before.threads.length === 0) return before
  // What others wrote is in the shared text already; y-tiptap may replace the whole document for one letter of it.
  return isFromOutside(tr) ? located(before, state, tr.doc) : mapped(before, tr)
}

const isFromOutside = (tr: Transaction): boolean =>
  (tr.getMeta(ySyncPluginKey) as { isChangeOrigin?: boolean } | undefined)?.isChangeOrigin === true

function mapped(before: Marking, tr: Transaction): Marking {
  const ranges = new Map(
    [...before.ranges].map(([id, range]): [string, Range | null] => {
      if (!range) return [id, null]
      const from = tr.mapping.map(range.from, 1)
      const to = tr.mapping.map(range.to, -1)
      return [id, from < to ? { from, to } : null]
    }),
  )
  return { ...before, ranges, marks: before.marks.map(tr.mapping, tr.doc) }
}

function located(before: Marking, state: EditorState, doc: Node): Marking {
  const shared = ySyncPluginKey.getState(state)?.doc as Y.Doc | undefined
  if (!shared) return before
  const locate = wordsLocator(shared)
  const blocks = blocksOf(doc)
  const ranges = new Map(
    before.threads.map((thread): [string, Range | null] => {
      const { anchor, clauseId } = thread
      const place = anchor ? locate(anchor, clauseId) : quotedIn(blocks.get(clauseId), thread)
      return [thread.id, place ? rangeOf(blocks.get(place.clauseId), place) : null]
    }),
  )
  const marks = [...ranges].flatMap(([id, range]) =>
    range ? [decoration(id, range, id === before.active)] : [],
  )
  return { ...before, ranges, marks: DecorationSet.create(doc, marks) }
}

/** An element of its own for each: where two overlap, both are there. */
const decoration = (id: string, { from, to }: Range, active: boolean) =>
  Decoration.inline(from, to, {
    nodeName: 'span',
    class: active ? 'thread-mark thread-active' : 'thread-mark',
    'data-marks': id,
  })

type Block = { node: Node; pos: number }

function blocksOf(doc: Node): Map<string, Block> {
  const blocks: { id: string; node: Node; pos: number }[] = []
  doc.forEach((node, pos) => {
    const { id } = node.attrs
    blocks.push({ id: typeof id === 'string' ? id : '', node, pos })
  })
  const ids = uniqueIds(blocks)
  return new Map(blocks.map(({ node, pos }, i) => [ids[i] ?? '', { node, pos }]))
}

/** Where each text of a block starts. */
function textsOf({ node, pos }: Block): { start: number; text: Node }[] {
  if (node.isTextblock) return [{ start: pos + 1, text: node }]
  const found: { start: number; text: Node }[] = []
  node.descendants((child, at) => {
    if (child.isTextblock) found.push({ start: pos + 1 + at + 1, text: child })
    return !child.isTextblock
  })
  return found
}

function quotedIn(block: Block | undefined, { clauseId, quote }: MarkedThread): WordsPlace | null {
  if (!block || quote === '') return null
  const letters: Letters[] = textsOf(block).map(({ text }, box) => ({
    clauseId,
    box,
    text: text.textContent,
  }))
  return findWords(letters, { exact: quote, prefix: '', suffix: '' }, clauseId)
}

function rangeOf(block: Block | undefined, { box, from, to }: WordsPlace): Range | null {
  const found = block && textsOf(block)[box]
  if (!found) return null
  const end = Math.min(to, found.text.content.size)
  return from < end ? { from: found.start + from, to: found.start + end } : null
}

/** After so long without a letter what has been lost before is looked for once more: it may have been put in again. */
const PAUSE_MS = 400

/**
 * Words that one's own typing took away, or carried into another clause, are looked for once the frame is drawn. The
 * whole text is read for that: not with every letter, as long as some words are gone.
 */
function findLost(view: EditorView) {
  let frame = 0
  let pause: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    frame = 0
    if (view.composing) frame = requestAnimationFrame(again)
    else view.dispatch(view.state.tr.setMeta(key, 'again' satisfies Change))
  }
  return {
    update({ state }: EditorView, before: EditorState) {
      const { ranges } = markingOf(state)
      if (state.doc === before.doc || ranges.size === 0) return
      const known = markingOf(before).ranges
      const isLost = ([id, range]: [string, Range | null]) =>
        range ? !isInOneText(state.doc, range) : known.get(id) != null
      clearTimeout(pause)
      if ([...ranges].some(isLost)) frame ||= requestAnimationFrame(again)
      else if ([...ranges.values()].includes(null)) pause = setTimeout(again, PAUSE_MS)
    },
    destroy() {
      clearTimeout(pause)
      cancelAnimationFrame(frame)
    },
  }
}

const isInOneText = (doc: Node, { from, to }: Range) =>
  doc.resolve(from).sameParent(doc.resolve(to))
