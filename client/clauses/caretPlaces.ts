import type { Editor } from '@tiptap/core'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { PresenceUser } from '../../shared/sync/protocol.ts'
import type { Store } from '../base/store.ts'
import { blocksById } from './placesOnPage.ts'

export type CaretPlaces = Store<ReadonlyMap<string, readonly PresenceUser[]>> & {
  /** Position of somebody's caret in the ProseMirror document; null when it stands nowhere. */
  find(client: number): number | null
  destroy(): void
}

/** Who of the others has the caret in which clause; one person counts once per clause. */
export function caretPlaces(editor: Editor, awareness: Awareness): CaretPlaces {
  const listeners = new Set<() => void>()
  let places: ReadonlyMap<string, readonly PresenceUser[]> = new Map()
  let frame = 0

  const find = (client: number): number | null => {
    const head = (awareness.getStates().get(client) as { cursor?: { head?: unknown } } | undefined)
      ?.cursor?.head
    const sync = ySyncPluginKey.getState(editor.state)
    if (!head || !sync?.binding) return null
    return relativePositionToAbsolutePosition(
      sync.doc,
      sync.type,
      Y.createRelativePositionFromJSON(head),
      sync.binding.mapping,
    )
  }
  const read = () => {
    frame = 0
    const blocks = blocksById(editor)
    const next = new Map<string, PresenceUser[]>()
    for (const [client, state] of awareness.getStates()) {
      const user = PresenceUser.safeParse(state.user)
      const at = client === awareness.clientID || !user.success ? null : find(client)
      const block = at === null ? undefined : blocks.findLast(({ pos }) => pos < at)
      if (!block || !user.success) continue
      const people = next.get(block.id) ?? []
      if (!people.some(({ id }) => id === user.data.id)) people.push(user.data)
      next.set(block.id, people)
    }
    if (JSON.stringify([...next]) === JSON.stringify([...places])) return
    places = next
    for (const listener of [...listeners]) listener()
  }
  const schedule = () => {
    frame ||= requestAnimationFrame(read)
  }
  awareness.on('change', schedule)
  schedule()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => places,
    find,
    destroy() {
      cancelAnimationFrame(frame)
      awareness.off('change', schedule)
    },
  }
}
