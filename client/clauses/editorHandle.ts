import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type { Doc } from 'yjs'
import type { ClauseView } from '../../shared/clauses/api.ts'
import type { Elsewhere } from '../../shared/clauses/sayReferences.ts'
import { findBlock } from '../../shared/clauses/yjs.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { type Store, settableStore } from '../base/store.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { caretPlaces } from './caretPlaces.ts'
import type { ActKind } from './clauseActs.ts'
import { liveClauses } from './liveClauses.ts'
import { blocksById, type Place, placesOnPage } from './placesOnPage.ts'
import { setElsewhere } from './references/referenceLabels.ts'
import { selectedPlace } from './threads/selectedPlace.ts'
import type { SharedPlace } from './threads/sharedPlace.ts'
import { type ThreadsOnPage, threadsOnPage } from './threads/threadsOnPage.ts'

/** What the page around the editor may ask of it. */
export type EditorHandle = {
  readonly editor: Editor
  /** Brings a clause to the top of the screen; the caret stays where it is. */
  scrollToClause(id: string): void
  /** Puts the caret into a clause, at its end unless said otherwise. */
  focusClause(id: string, offset?: number): void
  /** Brings somebody's caret to the middle of the screen. @returns false when it stands nowhere */
  scrollToCaret(clientId: number): boolean
  readonly clausePositions: Store<ReadonlyMap<string, Place>>
  readonly clauses: Store<readonly ClauseView[]>
  /** The clauses that are on the page: of one's own draft, where that is what one writes in. */
  readonly page: Store<readonly ClauseView[]>
  /** The others, by the clause their caret is in. */
  readonly carets: Store<ReadonlyMap<string, readonly PresenceUser[]>>
  readonly threads: ThreadsOnPage
  /** The page is one's own draft: where things stand in it nobody else can see. */
  readonly isDraft: boolean
  /** Whether the others have this clause. */
  isShared(clauseId: string): boolean
  /** The words that are selected, to hang a thread on; null where none are. */
  selected(): SharedPlace | null
  /** Brings the words of a thread to the middle of the screen. @returns false where they are not marked */
  scrollToThread(id: string): boolean
  /** Moves, merges or deletes a clause, asking first where that is due; null while nothing can be written. */
  readonly acts: Store<StartAct | null>
  /** What the find panel shows; null while it is closed. */
  readonly find: Store<FindAsked | null>
  /** Opens the find panel, or brings one back to it. */
  openFind(replace: boolean, from?: FindElsewhere): void
  closeFind(): void
}

/** Asked for again, it is another object. */
export type FindAsked = {
  replace: boolean
  /** What another document's find panel was looking for, and which of its matches is wanted here. */
  from?: FindElsewhere
}
export type FindElsewhere = { text: string; matchCase: boolean; clauseId: string; nth: number }

export type StartAct = (kind: ActKind, clauseId: string) => void

export type OwnedHandle = EditorHandle & {
  /** `now`: of this very moment. */
  readonly page: Store<readonly ClauseView[]> & { now(): readonly ClauseView[] }
  setDocument(document: DocumentView): void
  /** What references to other documents say. */
  setElsewhere(elsewhere: Elsewhere): void
  /** `clauses` of this very moment. */
  clausesNow(): readonly ClauseView[]
  setActs(acts: StartAct | null): void
  /** The block of one's own caret, and how far into it. */
  caret(): { id: string; offset: number } | null
  /** For the next editor of this text. */
  leave(): LeftOff
  resume(left: LeftOff | null): void
  destroy(): void
}

/** Where somebody was when the editor was taken away from under him. */
export type LeftOff = {
  caret: { id: string; offset: number } | null
  focused: boolean
  find: FindAsked | null
}

export function createEditorHandle(
  editor: Editor,
  root: HTMLElement,
  connection: DocumentConnection,
  document: DocumentView,
  /** The draft that the page is, where it is not the shared text. */
  draft: Doc | null,
): OwnedHandle {
  const clausePositions = placesOnPage(editor, root)
  const clauses = liveClauses(connection.doc, document)
  const page = draft ? liveClauses(draft, document) : clauses
  const carets = caretPlaces(editor, connection.awareness)
  const threads = threadsOnPage(editor, root, clausePositions)
  const positionOf = (id: string) => blocksById(editor).find((block) => block.id === id)?.pos
  const elementAt = (pos: number) => {
    const node = editor.view.nodeDOM(pos)
    return node instanceof HTMLElement ? node : null
  }
  const acts = settableStore<StartAct | null>(null)
  const find = settableStore<FindAsked | null>(null)
  return {
    editor,
    clausePositions,
    clauses,
    page,
    carets,
    threads,
    isDraft: draft !== null,
    isShared: (clauseId) => findBlock(connection.doc, clauseId) !== undefined,
    selected: () => selectedPlace(editor, connection.doc),
    scrollToThread(id) {
      const mark = editor.view.dom.querySelector<HTMLElement>(`[data-marks="${CSS.escape(id)}"]`)
      bringTo(mark, 'center')
      return mark !== null
    },
    acts,
    setActs: acts.set,
    find,
    openFind: (replace, from) => find.set({ replace, ...(from && { from }) }),
    closeFind: () => find.set(null),
    clausesNow: clauses.now,
    caret() {
      const { $head } = editor.state.selection
      const block = blocksById(editor)[$head.index(0)]
      return block ? { id: block.id, offset: $head.pos - block.pos } : null
    },
    scrollToClause(id) {
      const pos = positionOf(id)
      if (pos !== undefined) bringTo(elementAt(pos), 'start')
    },
    focusClause(id, offset) {
      const pos = positionOf(id)
      const node = pos === undefined ? null : editor.state.doc.nodeAt(pos)
      if (pos === undefined || !node) return
      const into = Math.min(offset ?? node.nodeSize - 1, node.nodeSize - 1)
      const end = editor.state.doc.resolve(pos + into)
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
    leave() {
      return { caret: this.caret(), focused: editor.isFocused, find: find.getSnapshot() }
    },
    resume(was) {
      find.set(was?.find ?? null)
      const pos = was?.caret && positionOf(was.caret.id)
      const node = typeof pos === 'number' ? editor.state.doc.nodeAt(pos) : null
      if (typeof pos === 'number' && node && was?.caret) {
        const place = editor.state.doc.resolve(pos + Math.min(was.caret.offset, node.nodeSize - 1))
        editor.view.dispatch(editor.state.tr.setSelection(TextSelection.near(place, -1)))
      }
      if (was?.focused) editor.view.dom.focus({ preventScroll: true })
    },
    setDocument(record) {
      clauses.setDocument(record)
      page.setDocument(record)
    },
    setElsewhere(elsewhere) {
      clauses.setElsewhere(elsewhere)
      page.setElsewhere(elsewhere)
      editor.view.dispatch(setElsewhere(editor.state.tr, elsewhere))
    },
    destroy() {
      clausePositions.destroy()
      clauses.destroy()
      page.destroy()
      carets.destroy()
      threads.destroy()
    },
  }
}

function bringTo(element: HTMLElement | null, block: 'start' | 'center') {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  element?.scrollIntoView({ block, behavior: calm ? 'auto' : 'smooth' })
}
