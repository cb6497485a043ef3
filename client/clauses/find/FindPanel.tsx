import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { CaseSensitive, ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../base/useText.ts'
import type { DocumentConnection } from '../../sync/connectDocument.ts'
import { Button } from '../../ui/Button.tsx'
import { Spoken } from '../../ui/Spoken.tsx'
import type { EditorHandle, FindAsked, FindElsewhere } from '../editorHandle.ts'
import { blocksById } from '../placesOnPage.ts'
import { Elsewhere } from './Elsewhere.tsx'
import styles from './FindPanel.module.css'
import { findingOf, findNow, lookFor, stepMatch } from './findMarks.ts'
import { Outcome } from './Outcome.tsx'
import { type OtherText, OtherTextsContext } from './otherTexts.ts'
import { ReplaceRow } from './ReplaceRow.tsx'
import { Scope } from './Scope.tsx'
import { Tool } from './Tool.tsx'
import { useElsewhere } from './useElsewhere.ts'
import { useFindKeys } from './useFindKeys.ts'
import { useReplaceEverywhere } from './useReplaceEverywhere.ts'
import { useSpokenMatch } from './useSpokenMatch.ts'

/** Longer ones are no words any more. UTF-16 units. */
const QUERY_LIMIT = 200

export type PanelProps = { handle: EditorHandle; connection: DocumentConnection; editable: boolean }
const NO_TEXTS: readonly OtherText[] = []

/** Finds in the open document, or in all of the bloc, and replaces where one may write (UX-62). */
export function FindPanel(props: PanelProps & { asked: FindAsked }) {
  const { handle, connection, editable, asked } = props
  const { editor } = handle
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(asked.from?.text ?? '')
  const [matchCase, setMatchCase] = useState(asked.from?.matchCase ?? false)
  const [note, setNote] = useState('')
  const texts = useContext(OtherTextsContext)
  const [everywhere, setEverywhere] = useState(asked.from !== undefined)
  const own = texts?.list.find(({ documentId }) => documentId === connection.documentId) ?? null
  const others = useMemo(
    () => texts?.list.filter(({ documentId }) => documentId !== connection.documentId) ?? NO_TEXTS,
    [texts, connection.documentId],
  )
  const query = useMemo(
    () => (everywhere && text !== '' ? { text, matchCase } : null),
    [everywhere, text, matchCase],
  )
  const { found: elsewhere, refresh } = useElsewhere(everywhere ? others : NO_TEXTS, query)
  const replacing = useReplaceEverywhere({ handle, connection, own })
  /** One's own step or query, and not what somebody else writes meanwhile. */
  const wanted = useRef(false)
  const { at, count } = useEditorState({
    editor,
    selector: () => {
      const { at, matches } = findingOf(editor.state)
      return { at, count: matches.length }
    },
  })

  useEffect(() => {
    const words = asked.from?.text ?? selectedWords(editor)
    if (words !== '') setText(words)
    if (asked.from) {
      setEverywhere(true)
      setMatchCase(asked.from.matchCase)
    }
    input.current?.focus({ preventScroll: true })
    input.current?.setSelectionRange(0, input.current.value.length)
  }, [editor, asked])

  useEffect(() => {
    setNote('')
    wanted.current = text !== ''
    const { from } = asked
    const isWanted = from?.text === text && from.matchCase === matchCase
    look(editor, text, matchCase, isWanted ? from : undefined)
  }, [editor, text, matchCase, asked])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said is about these words
  useEffect(() => replacing.forget(), [text, matchCase])
  useEffect(() => () => look(editor, '', false), [editor])

  const step = (by: 1 | -1) => {
    setNote('')
    wanted.current = true
    stepMatch(editor.view, by)
    showCurrent(editor)
  }
  useFindKeys(editor, step)
  const close = () => {
    handle.closeFind()
    // By the editor where it can: the browser would put the caret at the start of the text.
    if (editable) editor.view.focus()
    else editor.view.dom.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && event.target === input.current) step(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const counted = count === 0 ? t('find.none') : t('find.count', { at: at + 1, count })
  useSpokenMatch(count === 0 ? counted : t('find.spoken', { at: at + 1, count }), wanted)
  return (
    <search
      className={styles.panel}
      data-below-toolbar={editable}
      aria-label={t('find.title')}
      onKeyDown={onKeyDown}
    >
      <div className={styles.row}>
        <input
          ref={input}
          className={styles.input}
          aria-label={t('find.query')}
          placeholder={t('find.query')}
          maxLength={QUERY_LIMIT}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <output className={styles.count} aria-live="off">
          {text === '' ? '' : counted}
        </output>
        <span className={styles.tools}>
          <Tool label={t('find.previous')} off={count === 0} onClick={() => step(-1)}>
            <ChevronUp size={16} aria-hidden />
          </Tool>
          <Tool label={t('find.next')} off={count === 0} onClick={() => step(1)}>
            <ChevronDown size={16} aria-hidden />
          </Tool>
          <Tool
            label={t('find.matchCase')}
            pressed={matchCase}
            onClick={() => setMatchCase(!matchCase)}
          >
            <CaseSensitive size={18} aria-hidden />
          </Tool>
          <Tool label={t('find.close')} onClick={close}>
            <X size={16} aria-hidden />
          </Tool>
        </span>
      </div>
      {texts ? <Scope everywhere={everywhere} onChange={setEverywhere} /> : null}
      {editable || (everywhere && others.some(({ reason }) => reason === null)) ? (
        <ReplaceRow
          view={editor.view}
          open={asked.replace}
          count={editable ? count : 0}
          busy={replacing.busy}
          everywhere={
            query
              ? {
                  count: elsewhere.reduce((sum, { hits }) => sum + (hits?.length ?? 0), count),
                  replace: (by) =>
                    void replacing.run(others, query, by, editable).then(() => {
                      refresh()
                      if (!document.activeElement?.closest('search')) input.current?.focus()
                    }),
                }
              : null
          }
          onReplaced={(said) => {
            setNote(said)
            // The button that was pressed goes grey with the last match, and would let go of the keyboard.
            if (findingOf(editor.state).matches.length === 0) input.current?.focus()
            showCurrent(editor)
          }}
        />
      ) : null}
      <div className={styles.note}>{note === '' ? null : <Spoken text={note} />}</div>
      <Outcome lines={replacing.said} busy={replacing.busy} />
      {replacing.canUndo ? (
        <Button size="small" onClick={() => void replacing.undo().then(refresh)}>
          {t('find.undo')}
        </Button>
      ) : null}
      {query && texts ? (
        <Elsewhere
          found={elsewhere}
          onShow={(other, { clauseId, nth }) =>
            texts.show(other.documentId, {
              replace: asked.replace,
              from: { text, matchCase, clauseId, nth },
            })
          }
        />
      ) : null}
    </search>
  )
}

function look(editor: Editor, text: string, matchCase: boolean, wanted?: FindElsewhere) {
  if (editor.isDestroyed) return
  const { matches, at, query: before } = findNow(editor.view)
  const query = text === '' ? null : { text, matchCase }
  // The words are asked for twice where the panel opens with them.
  const isSame = query !== null && before?.text === text && before.matchCase === matchCase
  if (isSame && !wanted) return showCurrent(editor)
  // Whoever goes on typing a word stays at the match that he sees.
  const block = wanted && blocksById(editor).find(({ id }) => id === wanted.clauseId)
  const from = block?.pos ?? matches[at]?.from ?? editor.state.selection.from
  editor.view.dispatch(lookFor(editor.state.tr, query, from))
  for (let n = 0; block && wanted && n < wanted.nth; n += 1) stepMatch(editor.view, 1)
  showCurrent(editor)
}

/** The words one has marked in the text, where they are in one clause. */
function selectedWords({ state }: Editor): string {
  const { $from, $to, empty } = state.selection
  if (empty || !$from.sameParent($to) || !$from.parent.isTextblock) return ''
  return $from.parent.textBetween($from.parentOffset, $to.parentOffset).slice(0, QUERY_LIMIT)
}

function showCurrent(editor: Editor) {
  editor.view.dom.querySelector('.found-current')?.scrollIntoView({ block: 'nearest' })
}
