import styles from './typedAhead.module.css'

/** Whatever is typed while the page is between two editors. */
export type TypedAhead = {
  /** How often Backspace was pressed before there was anything, and what stands there now, lines ended by Enter. */
  typed(): { erased: number; words: string }
  /** An input method is still at work in it. */
  composes(): boolean
  /** Takes nothing more. @returns whether it had the focus */
  stop(): boolean
}

/** Of the keys that write nothing the field has these; others would lead out of it, or about in it, unlike in the text. */
const WRITING = new Set(['Backspace', 'Enter', 'Process', 'Dead', 'Unidentified', 'Shift'])

/**
 * A field out of sight that has the focus: keyboards, input methods and the keyboard of a phone write into it as they
 * would into the page.
 * @param label for a screen reader
 * @param onComposed an input method has finished
 */
export function typedAhead(label: string, onComposed: () => void): TypedAhead {
  const field = document.createElement('textarea')
  field.className = styles.field ?? ''
  field.setAttribute('aria-label', label)
  let erased = 0
  let composing = false
  field.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event
    const isCommand = (ctrlKey || metaKey) && !altKey
    if (isCommand ? key === 'Backspace' : [...key].length > 1 && !WRITING.has(key))
      event.preventDefault()
    else if (key === 'Backspace' && field.value === '') erased += 1
  })
  field.addEventListener('compositionstart', () => {
    composing = true
  })
  field.addEventListener('compositionend', () => {
    composing = false
    onComposed()
  })
  document.body.append(field)
  field.focus({ preventScroll: true })
  return {
    typed: () => ({ erased, words: field.value }),
    composes: () => composing,
    stop() {
      const hadFocus = document.activeElement === field
      field.remove()
      return hadFocus
    },
  }
}
