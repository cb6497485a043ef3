import { useQueries } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import type { DocumentView } from '../../../shared/documents/api.ts'
import { citeFrom, numberingModel } from '../../../shared/documents/document.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import { useStore } from '../../base/store.ts'
import { useText } from '../../base/useText.ts'
import type { OwnedHandle } from '../editorHandle.ts'
import { findPickables, type Pickable, pickablesOf } from './pickable.ts'
import styles from './ReferencePicker.module.css'
import { type Asked, askedIn, dismiss, putByHand, putReference } from './referenceTrigger.ts'
import { useBlocDocuments } from './useFollow.ts'

/** Opens where an `@` asks for a reference. */
export function ReferencePicker(props: { handle: OwnedHandle; document: DocumentView }) {
  const { editor } = props.handle
  const asked = useEditorState({ editor, selector: ({ editor: { state } }) => askedIn(state) })
  return asked && <OpenPicker {...props} asked={asked} />
}

function OpenPicker(props: { handle: OwnedHandle; document: DocumentView; asked: Asked }) {
  const { handle, document, asked } = props
  const { editor } = handle
  const t = useText()
  const listId = useId()
  const all = usePickables(handle, document)
  const found = useMemo(() => {
    // Nobody refers to the clause that he is writing, in which the words now stand too.
    const others = all.filter(
      ({ document, clause }) => document !== null || clause !== asked.blockId,
    )
    return findPickables(others, asked.query)
  }, [all, asked.query, asked.blockId])
  const [chosen, setChosen] = useState({ query: asked.query, index: 0 })
  // Other words, another list: its first is the likeliest.
  const index = chosen.query === asked.query ? Math.min(chosen.index, found.length - 1) : 0
  const list = useRef<HTMLDivElement>(null)
  const optionId = (at: number) => `${listId}-${at}`

  const keys = (key: string): boolean => {
    if (found.length === 0) return false
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const step = key === 'ArrowDown' ? 1 : found.length - 1
      setChosen({ query: asked.query, index: (index + step) % found.length })
      return true
    }
    const one = found[index]
    if ((key === 'Enter' || key === 'Tab') && one) putReference(editor.view, referenceTo(one))
    else if (key === 'Escape') dismiss(editor.view)
    else return false
    return true
  }
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const { storage } = editor
    storage.referenceTrigger.keys = (key) => latest.current(key)
    return () => {
      storage.referenceTrigger.keys = null
    }
  }, [editor])
  useSpokenList(editor, found.length > 0 ? listId : null, optionId(index))
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' })
  }, [index])
  const place = usePlace(editor, asked.from, found.length)

  if (found.length === 0) return null
  return (
    <div
      className={styles.picker}
      data-above={place?.above}
      style={place ? { top: place.top, left: place.left } : { visibility: 'hidden' }}
    >
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('reference.pick')}
        className={styles.list}
        // It scrolls, so it can be reached; the keys are the same there.
        tabIndex={0}
        onKeyDown={(event) => {
          if (keys(event.key)) event.preventDefault()
        }}
      >
        {found.map((one, at) => (
          // Keys go to the text, which names the current option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={`${one.document} ${one.clause}`}
            id={optionId(at)}
            role="option"
            aria-selected={at === index}
            className={styles.option}
            // Keeps the caret in the text: on a phone the keyboard would close.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => putByHand(editor.view, referenceTo(one))}
          >
            <b>{one.words}</b>
            <span>{one.text}</span>
          </div>
        ))}
      </div>
      <p role="status" className="unseen">
        {t('reference.found', { count: found.length })}
      </p>
    </div>
  )
}

const WAS_LONGEST = 100

const referenceTo = ({ document, clause, words }: Pickable) => ({
  document,
  clause,
  was: words.slice(0, WAS_LONGEST),
})

/** The clauses of this document as they are on the screen, behind them those of the bloc's others. */
function usePickables(handle: OwnedHandle, document: DocumentView): readonly Pickable[] {
  const own = useStore(handle.clauses)
  const others = (useBlocDocuments(document) ?? []).filter(({ id }) => id !== document.id)
  return useQueries({
    queries: others.map(({ id }) => ({
      queryKey: queryKey.clauses(id),
      queryFn: () => call(clauseRoutes.list, { params: { documentId: id } }),
    })),
    combine: (answers) => [
      ...pickablesOf(own, numberingModel(document.kind)),
      ...answers.flatMap(({ data }, index) => {
        const other = others[index]
        if (!data || !other) return []
        const { id, kind } = other
        const cite = (place: string) => citeFrom(kind, place)
        return pickablesOf(data.clauses, numberingModel(kind), id, cite)
      }),
    ],
  })
}

/** The text itself says which list belongs to it and which option is the current one. */
function useSpokenList(editor: Editor, listId: string | null, optionId: string): void {
  useEffect(() => {
    const { dom } = editor.view
    if (listId === null) return
    dom.setAttribute('aria-autocomplete', 'list')
    dom.setAttribute('aria-controls', listId)
    dom.setAttribute('aria-activedescendant', optionId)
    return () => {
      for (const name of ['autocomplete', 'controls', 'activedescendant'])
        dom.removeAttribute(`aria-${name}`)
    }
  }, [editor, listId, optionId])
}

const HEIGHT = 300
const WIDTH = 420
const FOOT = 48

/** Under the `@`, or above it where there is no room. */
function usePlace(editor: Editor, from: number, options: number) {
  const [place, setPlace] = useState<{ top: number; left: number; above: boolean } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list may need another place
  useLayoutEffect(() => {
    const root = editor.view.dom.closest('[data-editor]')
    if (!root || from > editor.state.doc.content.size) return
    const box = root.getBoundingClientRect()
    const at = editor.view.coordsAtPos(from)
    const above = at.bottom + HEIGHT > window.innerHeight - FOOT && at.top > HEIGHT
    setPlace({
      above,
      top: (above ? at.top - 4 : at.bottom + 4) - box.top,
      left: Math.max(0, Math.min(at.left - box.left, box.width - Math.min(WIDTH, box.width))),
    })
  }, [editor, from, options])
  return place
}
