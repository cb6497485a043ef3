import type { Editor } from '@tiptap/core'
import { type Store, settableStore } from '../../base/store.ts'
import { blocksById, type PlacesOnPage } from '../placesOnPage.ts'
import { type MarkedThread, markingOf, markThreads } from './threadMarks.ts'

export type ThreadsOnPage = {
  /** These are marked; the active one strongly. */
  show(threads: readonly MarkedThread[], active: string | null): void
  /**
   * Clause of each marked thread, those first whose words come first; null for one whose words are gone. One without an
   * anchor is in it only while its quote is found.
   */
  readonly clauses: Store<ReadonlyMap<string, string | null>>
  /** Where the words of each begin, px from the top of the editor's root element. */
  readonly tops: Store<ReadonlyMap<string, number>>
}

/** `into`: how far into its block it begins. */
type Found = { id: string; from: number; at: string | null; into: number }

/** The threads of a page: shown in its text, and where they are, once per frame. */
export function threadsOnPage(
  editor: Editor,
  root: HTMLElement,
  places: PlacesOnPage,
): ThreadsOnPage & { destroy(): void } {
  const clauses = settableStore<ReadonlyMap<string, string | null>>(new Map())
  const tops = settableStore<ReadonlyMap<string, number>>(new Map())
  let frame = 0
  /** Where in its block each thread begins: as long as that stays, and the blocks, nothing has to be measured. */
  let starts = ''
  let moved = false
  const read = () => {
    frame = 0
    const { threads, ranges } = markingOf(editor.state)
    const blocks = blocksById(editor)
    const found = threads.flatMap(({ id, anchor }): Found[] => {
      const range = ranges.get(id)
      const block = range && blocks.findLast(({ pos }) => pos < range.from)
      if (range && block)
        return [{ id, from: range.from, at: block.id, into: range.from - block.pos }]
      return anchor ? [{ id, from: 0, at: null, into: 0 }] : []
    })
    found.sort((a, b) => a.from - b.from)
    setIfNew(clauses, new Map(found.map(({ id, at }) => [id, at])))
    const now = JSON.stringify(found.map(({ id, at, into }) => [id, at, into]))
    if (now === starts && !moved) return
    starts = now
    moved = false
    setIfNew(tops, topsOf(editor, root))
  }
  const schedule = () => {
    frame ||= requestAnimationFrame(read)
  }
  let seen = markingOf(editor.state)
  const onTransaction = () => {
    const now = markingOf(editor.state)
    if (now === seen) return
    seen = now
    schedule()
  }
  editor.on('transaction', onTransaction)
  const stop = places.subscribe(() => {
    moved = true
    schedule()
  })
  return {
    clauses,
    tops,
    show(threads, active) {
      if (!editor.isDestroyed) editor.view.dispatch(markThreads(editor.state.tr, threads, active))
    },
    destroy() {
      cancelAnimationFrame(frame)
      stop()
      editor.off('transaction', onTransaction)
    },
  }
}

function topsOf(editor: Editor, root: HTMLElement): Map<string, number> {
  const top = root.getBoundingClientRect().top
  const tops = new Map<string, number>()
  for (const mark of editor.view.dom.querySelectorAll<HTMLElement>('[data-marks]')) {
    const id = mark.dataset.marks ?? ''
    if (!tops.has(id)) tops.set(id, Math.round(mark.getBoundingClientRect().top - top))
  }
  return tops
}

function setIfNew<T>(
  store: { getSnapshot(): ReadonlyMap<string, T>; set(value: ReadonlyMap<string, T>): void },
  next: ReadonlyMap<string, T>,
): void {
  const before = store.getSnapshot()
  if (JSON.stringify([...before]) !== JSON.stringify([...next])) store.set(next)
}
