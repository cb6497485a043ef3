import '@fontsource/tinos/400.css'
import '@fontsource/tinos/400-italic.css'
import '@fontsource/tinos/700.css'
import '@fontsource/tinos/700-italic.css'
import './page.css'
import './tables.css'
import './suggest/suggest.css'
import type { Editor } from '@tiptap/core'
import { memo, useEffect, useRef, useState } from 'react'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import type { DocumentView } from '../../shared/documents/api.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import { useSelected } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { RefusalPanel } from '../sync/RefusalPanel.tsx'
import { refusalText } from '../sync/refusalText.ts'
import { SwallowedPanel } from '../sync/SwallowedPanel.tsx'
import { Button } from '../ui/Button.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { bindEditor, isBindable } from './bindEditor.ts'
import styles from './ClauseEditor.module.css'
import { ClauseMenu } from './ClauseMenu.tsx'
import { CurrentClause } from './CurrentClause.tsx'
import { ACT_KINDS } from './clauseActs.ts'
import { EditorToolbar } from './EditorToolbar.tsx'
import {
  createEditorHandle,
  type EditorHandle,
  type LeftOff,
  type OwnedHandle,
} from './editorHandle.ts'
import { LateFindPanel } from './find/LateFindPanel.tsx'
import { PageHead } from './PageHead.tsx'
import { PasteNotice } from './paste/PasteNotice.tsx'
import { putBack } from './putBack.ts'
import { ReadOnlyReason } from './ReadOnlyReason.tsx'
import { ReferencePicker } from './references/ReferencePicker.tsx'
import { useCitations } from './references/useCitations.ts'
import { useCitedSelection } from './references/useCitedSelection.tsx'
import { useElsewhere } from './references/useElsewhere.ts'
import { useFollow } from './references/useFollow.ts'
import { StructureMarks } from './StructureMarks.tsx'
import type { Fork } from './suggest/fork.ts'
import { DRAFT_ACTS, useDraftActs } from './suggest/useDraftActs.ts'
import { UnsentMarks } from './UnsentMarks.tsx'
import { useClauseActs } from './useClauseActs.tsx'
import { useSpokenActs } from './useSpokenActs.ts'

/** The page: head from the record, text from the shared document. Nothing is bound before the text has come. */
export const ClauseEditor = memo(function ClauseEditor(props: {
  connection: DocumentConnection
  document: DocumentView
  editable: boolean
  /** One's own draft, written in instead of the shared text; `awaited` until the device has been asked for it. */
  fork: Fork | 'awaited' | null
  /** Why this person may not write now; shown when he tries. */
  readOnlyReason: string | null
  currentClauseId: string | null
  onCurrentClause(id: string | null): void
  onEditor(handle: EditorHandle | null): void
}) {
  const { connection, document, fork, readOnlyReason, currentClauseId } = props
  const t = useText()
  const say = useSay()
  const loaded = useSelected(connection, (state) => state.loaded)
  const writable = useSelected(connection, (state) => state.writable)
  const refused = useSelected(connection, (state) => state.refused)
  const root = useRef<HTMLDivElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const [outdated, setOutdated] = useState(false)
  const [held, setHeld] = useState<Held | null>(null)
  const model = numberingModel(document.kind)
  const onTooLarge = () => say.problem(t('editor.tooLarge'))
  const label = t('editor.text', { title: firstLine(document.title) })
  const words = { broken: t('reference.broken'), hint: t('reference.hint') }
  const editable = props.editable && writable
  // Whatever hangs on an editor must not meet the one that is just being replaced.
  const handle = held?.writes === editable && held.fork === fork ? held.owned : null
  /** Bound anew when the text closes or opens: the reader finds his place again. */
  const left = useRef<LeftOff | null>(null)
  const latest = useRef({ ...props, label, onTooLarge, words })
  latest.current = { ...props, label, onTooLarge, words }

  useEffect(() => {
    if (!loaded || fork === 'awaited' || !root.current || !page.current) return
    const source = fork ? { ...connection, doc: fork.doc, awareness: fork.awareness } : connection
    const bindable = isBindable(source)
    setOutdated(!bindable)
    if (!bindable) return
    const { editor, unbind } = bindEditor(source, {
      model,
      element: page.current,
      label: latest.current.label,
      words: latest.current.words,
      writes: editable,
      draft: fork !== null,
      onTooLarge: () => latest.current.onTooLarge(),
      onUnknown() {
        setOutdated(true)
        letGo()
      },
    })
    setEditable(editor, editable)
    const record = latest.current.document
    const owned = createEditorHandle(editor, root.current, connection, record, fork?.doc ?? null)
    owned.resume(left.current)
    const stopFollowing = followCurrent(editor, (id) => latest.current.onCurrentClause(id))
    let gone = false
    const letGo = () => {
      if (gone) return
      gone = true
      left.current = editor.isDestroyed ? null : owned.leave()
      latest.current.onEditor(null)
      setHeld(null)
      stopFollowing()
      owned.destroy()
      unbind()
    }
    setHeld({ owned, writes: editable, fork })
    latest.current.onEditor(owned)
    return letGo
  }, [connection, fork, loaded, model, editable])

  useEffect(() => handle?.setDocument(document), [handle, document])
  const drafting = document.phase === 'drafting'
  useEffect(
    () => handle?.editor.storage.scoreMarks.words.set(drafting ? t : null),
    [handle, drafting, t],
  )

  const refusalReason = refused ? t(refusalText(refused.code)) : null
  const reason = editable ? null : (readOnlyReason ?? refusalReason)
  return (
    <div ref={root} className={styles.editor} data-editor>
      <RefusalPanel connection={connection} />
      {editable && handle && tools({ handle, connection, document, model }, fork)}
      {handle && <References handle={handle} document={document} />}
      {handle && <LateFindPanel handle={handle} connection={connection} editable={editable} />}
      {editable && handle && <PasteNotice editor={handle.editor} model={model} />}
      <SwallowedPanel
        connection={connection}
        onPutBack={
          editable && handle && !fork ? (passage) => putBack(handle.editor, passage) : null
        }
        onDone={() => handle?.editor.view.dom.focus({ preventScroll: true })}
      />
      <article className={`page page-${model} ${styles.page}`}>
        <PageHead document={document} />
        {outdated && (
          <div role="alert" className={styles.outdated}>
            <p>{t('editor.outdated')}</p>
            <Button look="primary" onClick={() => location.reload()}>
              {t('editor.reload')}
            </Button>
          </div>
        )}
        <div ref={page} hidden={outdated} />
        {!held && !outdated && <PageSkeleton label={t('editor.loading')} />}
        <ReadOnlyReason reason={reason} page={page} />
      </article>
      {handle && <UnsentMarks connection={connection} handle={handle} model={model} />}
      {handle && drafting && <StructureMarks handle={handle} model={model} />}
      {handle && <CurrentClause positions={handle.clausePositions} id={currentClauseId} />}
    </div>
  )
})

type Held = { owned: OwnedHandle; writes: boolean; fork: Fork | 'awaited' | null }
type Writing = {
  handle: OwnedHandle
  connection: DocumentConnection
  document: DocumentView
  model: NumberingModel
}

const tools = (writing: Writing, fork: Fork | 'awaited' | null) =>
  fork === null ? (
    <SharedTools {...writing} />
  ) : fork === 'awaited' ? null : (
    <DraftTools {...writing} fork={fork} />
  )

/** In a draft nothing is done by the server: clauses are moved in the draft, and merged and deleted by typing. */
function DraftTools({ handle, document, model, fork }: Writing & { fork: Fork }) {
  const start = useDraftActs(handle, fork)
  useSpokenActs(handle.editor)
  return (
    <>
      <EditorToolbar
        editor={handle.editor}
        model={model}
        draft
        onFind={() => handle.openFind(false)}
      >
        <ClauseMenu handle={handle} kinds={DRAFT_ACTS} off={false} onStart={start} />
      </EditorToolbar>
      <ReferencePicker handle={handle} document={document} />
    </>
  )
}

/** Apart, so that what others do to the structure draws no more than this anew. */
function SharedTools(props: Writing) {
  const { handle, connection, document, model } = props
  const citations = useCitations(handle, document.id, model)
  const acts = useClauseActs(handle, connection, citations)
  const offline = useSelected(connection, ({ save }) => save === 'offline' || save === 'unsaved')
  const citedSelection = useCitedSelection(handle.editor, citations)
  useSpokenActs(handle.editor)
  return (
    <>
      <EditorToolbar editor={handle.editor} model={model} onFind={() => handle.openFind(false)}>
        <ClauseMenu
          handle={handle}
          kinds={ACT_KINDS}
          off={offline || acts.busy}
          onStart={acts.start}
        />
      </EditorToolbar>
      {acts.dialog}
      {citedSelection}
      <ReferencePicker handle={handle} document={document} />
    </>
  )
}

/** What references say and where they lead, for whoever reads too. */
function References({ handle, document }: { handle: OwnedHandle; document: DocumentView }) {
  useElsewhere(handle, document)
  useFollow(handle, document)
  return null
}

const firstLine = (title: string) => title.split('\n')[0] ?? title

/** A read-only text can still be reached by Tab and selected with the keyboard. */
function setEditable(editor: Editor, editable: boolean) {
  editor.setEditable(editable, false)
  const { dom } = editor.view
  dom.tabIndex = 0
  dom.setAttribute('aria-readonly', String(!editable))
}

function followCurrent(editor: Editor, onCurrent: (id: string | null) => void): () => void {
  let current: string | null = null
  const onTransaction = () => {
    if (!editor.isFocused) return
    const { $head } = editor.state.selection
    const { id } =
      ($head.depth > 0 ? $head.node(1) : editor.state.doc.nodeAt($head.pos))?.attrs ?? {}
    const next = typeof id === 'string' ? id : null
    if (next === current) return
    current = next
    onCurrent(next)
  }
  editor.on('transaction', onTransaction)
  editor.on('focus', onTransaction)
  return () => {
    editor.off('transaction', onTransaction)
    editor.off('focus', onTransaction)
  }
}

const SKELETON_LINES = ['96%', '100%', '62%', '34%', '98%', '99%', '71%', '40%', '97%', '83%']

function PageSkeleton({ label }: { label: string }) {
  return (
    <div className={styles.skeleton} role="img" aria-label={label}>
      {SKELETON_LINES.map((width) => (
        <div key={width} style={{ width }} />
      ))}
    </div>
  )
}
