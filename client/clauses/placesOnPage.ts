import type { Editor } from '@tiptap/core'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import type { Store } from '../base/store.ts'

/** Px from the top of the editor's root element. */
export type Place = { top: number; height: number }
export type PlacesOnPage = Store<ReadonlyMap<string, Place>> & { destroy(): void }

/** Id of each block as `/clauses` gives it, with its position in the ProseMirror document. */
export function blocksById(editor: Editor): { id: string; pos: number }[] {
  const blocks: { id: string; pos: number }[] = []
  editor.state.doc.forEach((node, pos) => {
    const { id } = node.attrs
    blocks.push({ id: typeof id === 'string' ? id : '', pos })
  })
  const ids = uniqueIds(blocks)
  return blocks.map(({ pos }, index) => ({ id: ids[index] ?? '', pos }))
}

/** Where each block stands, measured once per frame after the text or the page's size has changed. */
export function placesOnPage(editor: Editor, root: HTMLElement): PlacesOnPage {
  const listeners = new Set<() => void>()
  let places: ReadonlyMap<string, Place> = new Map()
  let frame = 0
  const measure = () => {
    frame = 0
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
  const schedule = () => {
    frame ||= requestAnimationFrame(measure)
  }
  const onTransaction = ({ transaction }: { transaction: { docChanged: boolean } }) => {
    if (transaction.docChanged) schedule()
  }
  editor.on('transaction', onTransaction)
  const observer = new ResizeObserver(schedule)
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
