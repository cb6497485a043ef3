import type { EditorView } from '@tiptap/pm/view'
import styles from './typedAhead.module.css'
import type { typeWords } from './typeWords.ts'

/** Whatever is typed while the page is between two editors: kept, and typed where the caret then is. */
export type TypedAhead = {
  /** What it has, as one reads it. */
  words(): string
  /** Hands it over, once nothing is being composed, and goes. */
  typeInto(view: EditorView, type: typeof typeWords): void
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
    typeInto(view, type) {
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
