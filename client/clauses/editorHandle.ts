import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import type { Store } from '../base/store.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { caretPlaces } from './caretPlaces.ts'
import { liveClauses } from './liveClauses.ts'
import { blocksById, type Place, placesOnPage } from './placesOnPage.ts'

/** What the page around the editor may ask of it. */
export type EditorHandle = {
  readonly editor: Editor
  /** Brings a clause to the top of the screen; the caret stays where it is. */
  scrollToClause(id: string): void
  /** Puts the caret at the end of a clause. */
  focusClause(id: string): void
  /** Brings somebody's caret to the middle of the screen. @returns false when it stands nowhere */
  scrollToCaret(clientId: number): boolean
  readonly clausePositions: Store<ReadonlyMap<string, Place>>
  readonly clauses: Store<readonly ClauseView[]>
  /** The others, by the clause their caret is in. */
  readonly carets: Store<ReadonlyMap<string, readonly PresenceUser[]>>
}

export type OwnedHandle = EditorHandle & {
  setDocument(document: DocumentView): void
  destroy(): void
}

export function createEditorHandle(
  editor: Editor,
  root: HTMLElement,
  connection: DocumentConnection,
  document: DocumentView,
): OwnedHandle {
  const clausePositions = placesOnPage(editor, root)
  const clauses = liveClauses(connection.doc, document)
  const carets = caretPlaces(editor, connection.awareness)
  const positionOf = (id: string) => blocksById(editor).find((block) => block.id === id)?.pos
  const elementAt = (pos: number) => {
    const node = editor.view.nodeDOM(pos)
    return node instanceof HTMLElement ? node : null
  }
  return {
    editor,
    clausePositions,
    clauses,
    carets,
    scrollToClause(id) {
      const pos = positionOf(id)
      if (pos !== undefined) bringTo(elementAt(pos), 'start')
    },
    focusClause(id) {
      const pos = positionOf(id)
      const node = pos === undefined ? null : editor.state.doc.nodeAt(pos)
      if (pos === undefined || !node) return
      const end = editor.state.doc.resolve(pos + node.nodeSize - 1)
      editor.view.dispatch(editor.state.tr.setSelection(TextSelection.near(end, -1)))
      editor.view.dom.focus({ preventScroll: true })
      bringTo(elementAt(pos), 'start')
    },
    scrollToCaret(clientId) {
      const caret = editor.view.dom.querySelector<HTMLElement>(`[data-caret="${clientId}"]`)
      if (!caret) return false
      caret.dispatchEvent(new Event('caret-moved'))
      bringTo(caret, 'center')
      return true
    },
    setDocument: clauses.setDocument,
    destroy() {
      clausePositions.destroy()
      clauses.destroy()
      carets.destroy()
    },
  }
}

function bringTo(element: HTMLElement | null, block: 'start' | 'center') {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' })
}
