import type { EditorView } from '@tiptap/pm/view'
import styles from './typedAhead.module.css'

/** Whatever is typed while the page is between two editors: kept, and typed where the caret then is. */
export type TypedAhead = {
  /** What it has, as one reads it. */
  words(): string
  /** Hands it over, once nothing is being composed, and goes. */
  typeInto(view: EditorView): void
  /** Takes nothing more. */
  stop(): void
}

/**
 * A field out of sight that has the focus: keyboards, input methods and the keyboard of a phone write into it as they
 * would into the page.
 * @param label for a screen reader
 */
export function typedAhead(label: string): TypedAhead {
  const field = document.createElement('textarea')
  field.className = styles.field ?? ''
  field.setAttribute('aria-label', label)
  let erased = 0
  let composing = false
  let whenComposed: (() => void) | null = null
  field.addEventListener('keydown', ({ key }) => {
    if (key === 'Backspace' && field.value === '') erased += 1
  })
  field.addEventListener('compositionstart', () => {
    composing = true
  })
  field.addEventListener('compositionend', () => {
    composing = false
    whenComposed?.()
  })
  document.body.append(field)
  field.focus({ preventScroll: true })
  const stop = () => field.remove()
  return {
    words: () => field.value,
    stop,
    typeInto(view) {
      whenComposed = () => {
        const { value } = field
        const hadFocus = document.activeElement === field
        stop()
        if (view.isDestroyed) return
        if (hadFocus) view.focus()
        type(view, erased, value)
      }
      if (!composing) whenComposed()
    },
  }
}

/** As the editor hears it from a keyboard; what it would leave to the browser is done here. */
function type(view: EditorView, erased: number, words: string): void {
  for (let n = 0; n < erased; n += 1) erase(view)
  for (const [n, line] of words.split('\n').entries()) {
    if (n > 0) press(view, 'Enter')
    for (const letter of line) write(view, letter)
  }
}

function write(view: EditorView, letter: string): void {
  const { from, to } = view.state.selection
  const written = () => view.state.tr.insertText(letter, from, to).scrollIntoView()
  const isTaken = view.someProp('handleTextInput', (f) => f(view, from, to, letter, written))
  if (!isTaken) view.dispatch(written())
}

const press = (view: EditorView, key: string): boolean => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  return view.someProp('handleKeyDown', (f) => f(view, event)) === true
}

function erase(view: EditorView): void {
  if (press(view, 'Backspace')) return
  const { from, empty, $head } = view.state.selection
  const before = $head.nodeBefore
  if (!empty || !before?.isText) return
  const last = [...new Intl.Segmenter().segment(before.text ?? '')].at(-1)
  view.dispatch(view.state.tr.delete(from - (last?.segment.length ?? 0), from).scrollIntoView())
}
