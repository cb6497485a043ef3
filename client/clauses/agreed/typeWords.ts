import type { EditorView } from '@tiptap/pm/view'

/**
 * Types into an editor what was typed elsewhere, as the editor hears it from a keyboard.
 * @param erased how often Backspace was pressed before
 * @param words lines ended by Enter
 */
export function typeWords(view: EditorView, erased: number, words: string): void {
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

/** What the editor leaves to the browser is done here. */
function erase(view: EditorView): void {
  if (press(view, 'Backspace')) return
  const { from, empty, $head } = view.state.selection
  const before = $head.nodeBefore
  if (!empty || !before?.isText) return
  const last = [...new Intl.Segmenter().segment(before.text ?? '')].at(-1)
  view.dispatch(view.state.tr.delete(from - (last?.segment.length ?? 0), from).scrollIntoView())
}
