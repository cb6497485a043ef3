import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { CaseSensitive, ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useStore } from '../../base/store.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { announce } from '../../ui/liveRegion.ts'
import { Spoken } from '../../ui/Spoken.tsx'
import type { EditorHandle, FindAsked } from '../editorHandle.ts'
import styles from './FindPanel.module.css'
import { findingOf, findNow, lookFor, stepMatch } from './findMarks.ts'
import { ReplaceRow } from './ReplaceRow.tsx'

/** Longer ones are no words any more. UTF-16 units. */
const QUERY_LIMIT = 200

/** Finds in the open document, and replaces where one may write (UX-62). */
export function FindPanel(props: { handle: EditorHandle; editable: boolean }) {
  const asked = useStore(props.handle.find)
  return asked ? <OpenPanel {...props} asked={asked} /> : null
}

function OpenPanel(props: { handle: EditorHandle; editable: boolean; asked: FindAsked }) {
  const { handle, editable, asked } = props
  const { editor } = handle
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [matchCase, setMatchCase] = useState(false)
  const [note, setNote] = useState('')
  /** One's own step or query, and not what somebody else writes meanwhile. */
  const wanted = useRef(false)
  const { at, count } = useEditorState({
    editor,
    selector: () => {
      const { at, matches } = findingOf(editor.state)
      return { at, count: matches.length }
    },
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    const words = selectedWords(editor)
    if (words !== '') setText(words)
    input.current?.focus({ preventScroll: true })
    input.current?.setSelectionRange(0, input.current.value.length)
  }, [editor, asked])

  useEffect(() => {
    setNote('')
    wanted.current = text !== ''
    look(editor, text, matchCase)
  }, [editor, text, matchCase])
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
  const found = count === 0 ? t('find.none') : t('find.count', { at: at + 1, count })
  useSpokenMatch(count === 0 ? found : t('find.spoken', { at: at + 1, count }), wanted)
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
          {text === '' ? '' : found}
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
      {editable ? (
        <ReplaceRow
          view={editor.view}
          open={asked.replace}
          count={count}
          onReplaced={(said) => {
            setNote(said)
            // The button that was pressed goes grey with the last match, and would let go of the keyboard.
            if (findingOf(editor.state).matches.length === 0) input.current?.focus()
            showCurrent(editor)
          }}
        />
      ) : null}
      <div className={styles.note}>{note === '' ? null : <Spoken text={note} />}</div>
    </search>
  )
}

function Tool(props: {
  label: string
  pressed?: boolean
  off?: boolean
  onClick(): void
  children: React.ReactNode
}) {
  return (
    <Button
      look="ghost"
      size="small"
      icon
      className={styles.tool ?? ''}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      disabled={props.off}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  )
}

/** Which match it is, said once for each time it was asked for. */
function useSpokenMatch(text: string, wanted: RefObject<boolean>) {
  useEffect(() => {
    if (wanted.current) announce(text)
    wanted.current = false
  }, [text, wanted])
}

/** F3 and Shift+F3 from anywhere on the desk, while the panel is open and its document on screen. */
function useFindKeys(editor: Editor, step: (by: 1 | -1) => void) {
  const latest = useRef(step)
  latest.current = step
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'F3' || editor.view.dom.offsetParent === null) return
      event.preventDefault()
      latest.current(event.shiftKey ? -1 : 1)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [editor])
}

function look(editor: Editor, text: string, matchCase: boolean) {
  if (editor.isDestroyed) return
  const { matches, at } = findNow(editor.view)
  // Whoever goes on typing a word stays at the match that he sees.
  const from = matches[at]?.from ?? editor.state.selection.from
  const query = text === '' ? null : { text, matchCase }
  editor.view.dispatch(lookFor(editor.state.tr, query, from))
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
