import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import type { Store } from '../base/store.ts'

/** Px from the top of the editor's root element. */
export type Place = { top: number; height: number }
export type PlacesOnPage = Store<ReadonlyMap<string, Place>> & { destroy(): void }

/** Id of each block as `/clauses` gives it, with its position in the ProseMirror document and its size there. */
export function blocksById(
  editor: Pick<Editor, 'state'>,
): { id: string; pos: number; size: number }[] {
  const blocks: { id: string; pos: number; size: number }[] = []
  editor.state.doc.forEach((node, pos) => {
    const { id } = node.attrs
    blocks.push({ id: typeof id === 'string' ? id : '', pos, size: node.nodeSize })
  })
  const ids = uniqueIds(blocks)
  return blocks.map((block, index) => ({ ...block, id: ids[index] ?? '' }))
}

/** Indexes of the blocks that differ; null where there are other blocks, or in another order. */
function changedLetters(before: Node, now: Node): number[] | null {
  if (before.childCount !== now.childCount) return null
  const changed: number[] = []
  for (const [index, block] of now.children.entries()) {
    const old = before.child(index)
    if (old === block) continue
    if (!old.sameMarkup(block)) return null
    changed.push(index)
  }
  return changed
}

function startOf(doc: Node, index: number): number {
  let pos = 0
  for (let at = 0; at < index; at += 1) pos += doc.child(at).nodeSize
  return pos
}

/** Where each block stands, measured once per frame after the text or the page's size has changed. */
export function placesOnPage(editor: Editor, root: HTMLElement): PlacesOnPage {
  const listeners = new Set<() => void>()
  let places: ReadonlyMap<string, Place> = new Map()
  let frame = 0
  /** Blocks whose letters have changed since; null where more than letters has. */
  let touched: Set<number> | null = null
  const measure = () => {
    frame = 0
    const blocks = touched
    touched = new Set()
    if (blocks && [...blocks].every((index) => isAsHigh(index))) return
    const top = root.getBoundingClientRect().top
    const next = new Map<string, Place>()
    for (const { id, pos } of blocksById(editor)) {
      const element = editor.view.nodeDOM(pos)
      if (!(element instanceof HTMLElement)) continue
      const box = element.getBoundingClientRect()
      next.set(id, { top: Math.round(box.top - top), height: Math.round(box.height) })
    }
    if (equal(places, next)) return
    places = next
    for (const listener of [...listeners]) listener()
  }
  /** Most letters move nothing: then one block is looked at and not hundreds. */
  const isAsHigh = (index: number) => {
    const { doc } = editor.state
    if (index >= doc.childCount) return false
    const { id } = doc.child(index).attrs
    const element = editor.view.nodeDOM(startOf(doc, index))
    return (
      element instanceof HTMLElement &&
      places.get(id)?.height === Math.round(element.getBoundingClientRect().height)
    )
  }
  const schedule = () => {
    frame ||= requestAnimationFrame(measure)
  }
  const onResize = () => {
    touched = null
    schedule()
  }
  const onTransaction = ({ transaction }: { transaction: Transaction }) => {
    if (!transaction.docChanged) return
    const changed = changedLetters(transaction.before, transaction.doc)
    if (!changed) touched = null
    for (const index of changed ?? []) touched?.add(index)
    schedule()
  }
  editor.on('transaction', onTransaction)
  const observer = new ResizeObserver(onResize)
  observer.observe(root)
  schedule()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => places,
    destroy() {
      cancelAnimationFrame(frame)
      observer.disconnect()
      editor.off('transaction', onTransaction)
    },
  }
}

function equal(one: ReadonlyMap<string, Place>, other: ReadonlyMap<string, Place>): boolean {
  if (one.size !== other.size) return false
  for (const [id, { top, height }] of other) {
    const before = one.get(id)
    if (before?.top !== top || before.height !== height) return false
  }
  return true
}
