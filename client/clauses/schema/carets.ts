import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { DecorationAttrs } from '@tiptap/pm/view'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import { PresenceUser } from '../../../shared/sync/protocol.ts'

/** How long a name stays beside a caret that moved (UX-22). */
const NAME_MS = 3_000

type Colour = { name: string; color: string }
/** How y-tiptap types what it hands over; everything was checked by the filter before. */
type AwarenessState = { user?: unknown; cursor?: unknown } | null

/**
 * Other people's carets. The same plugin that CollaborationCaret wraps, without its wrapper: that one sends a
 * `user` of the client's own making, and who somebody is comes from the server alone.
 */
export const Carets = Extension.create<{ awareness: Awareness | null }>({
  name: 'carets',
  priority: 999,
  addOptions: () => ({ awareness: null }),
  addProseMirrorPlugins() {
    const { awareness } = this.options
    if (!awareness) return []
    return [
      yCursorPlugin(awareness, {
        // Not by the document: who only reads has a copy of it.
        awarenessStateFilter: (_own: number, client: number, state: AwarenessState) =>
          client !== awareness.clientID && PresenceUser.safeParse(state?.user).success,
        cursorBuilder: (user: PresenceUser, client: number) => caretElement(user, client),
        selectionBuilder: (user: Colour): DecorationAttrs => ({
          class: 'caret-selection',
          style: `background-color: ${user.color}33`,
          title: user.name,
        }),
      }) as Plugin,
      new Plugin({
        key: new PluginKey('caretNames'),
        view: (view) => {
          const onChange = ({ updated }: { updated: number[] }) => {
            // The plugin above moves the widgets in the next task; the names are shown once they are there.
            setTimeout(() => {
              for (const client of updated)
                view.dom
                  .querySelector<HTMLElement>(`[data-caret="${client}"]`)
                  ?.dispatchEvent(new Event('caret-moved'))
            }, 0)
          }
          awareness.on('change', onChange)
          return { destroy: () => awareness.off('change', onChange) }
        },
      }),
    ]
  },
})

function caretElement(user: PresenceUser, client: number): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.dataset.caret = String(client)
  caret.style.setProperty('--caret', user.color)
  const name = document.createElement('span')
  name.className = 'caret-name'
  name.textContent = user.agency === '' ? user.name : `${user.name} · ${user.agency}`
  caret.append(name)
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = () => {
    caret.classList.add('caret-moved')
    clearTimeout(timer)
    timer = setTimeout(() => caret.classList.remove('caret-moved'), NAME_MS)
  }
  caret.addEventListener('caret-moved', show)
  show()
  return caret
}
