import { findWords } from '../../shared/vietnamese/searchFold.ts'

/**
 * Every key that does something here (UX-60 to UX-66): the list at Ctrl+/ shows them, and a journey presses each one
 * and looks at what it does. `typed` are letters that act by themselves at the start of a line.
 */
export const SHORTCUTS = [
  { id: 'enter', group: 'clause', keys: ['Enter'] },
  { id: 'merge', group: 'clause', keys: ['Backspace'] },
  { id: 'level', group: 'clause', keys: ['Tab', 'Shift+Tab'] },
  { id: 'plainLevel', group: 'clause', keys: ['Ctrl+Alt+0'] },
  {
    id: 'setLevel',
    group: 'clause',
    keys: [1, 2, 3, 4, 5, 6, 7].map((digit) => `Ctrl+Alt+${digit}`),
    short: 'Ctrl+Alt+1…7',
  },
  { id: 'label', group: 'clause', keys: ['Điều 4.', '2.', 'b)'], typed: true },
  { id: 'move', group: 'clause', keys: ['Alt+Shift+↑', 'Alt+Shift+↓'] },
  { id: 'cell', group: 'clause', keys: ['Tab', 'Shift+Tab'] },
  { id: 'columns', group: 'clause', keys: ['Alt+Shift+←', 'Alt+Shift+→'] },
  { id: 'belowTable', group: 'clause', keys: ['Ctrl+Enter'] },
  { id: 'bold', group: 'text', keys: ['Ctrl+B'] },
  { id: 'italic', group: 'text', keys: ['Ctrl+I'] },
  { id: 'underline', group: 'text', keys: ['Ctrl+U'] },
  { id: 'undo', group: 'text', keys: ['Ctrl+Z'] },
  { id: 'redo', group: 'text', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'] },
  { id: 'plain', group: 'text', keys: ['Ctrl+Shift+V'] },
  { id: 'reference', group: 'text', keys: ['@điều'], typed: true },
  { id: 'follow', group: 'text', keys: ['Alt+Enter'] },
  { id: 'find', group: 'find', keys: ['Ctrl+F'] },
  { id: 'replace', group: 'find', keys: ['Ctrl+H'] },
  { id: 'findNext', group: 'find', keys: ['F3', 'Shift+F3'] },
  { id: 'comment', group: 'comment', keys: ['Ctrl+Alt+M'] },
  { id: 'post', group: 'comment', keys: ['Ctrl+Enter'] },
  { id: 'mention', group: 'comment', keys: ['@sở'], typed: true },
  {
    id: 'goComment',
    group: 'comment',
    keys: ['Ctrl+Alt+N C', 'Ctrl+Alt+P C'],
  },
  { id: 'comments', group: 'comment', keys: ['Ctrl+Alt+Shift+A'] },
  { id: 'decideMany', group: 'comment', keys: ['Ctrl+Alt+Shift+D'] },
  { id: 'tabs', group: 'desk', keys: ['←', '→'] },
  { id: 'outline', group: 'desk', keys: ['↑', '↓', 'Enter'] },
  { id: 'toolbar', group: 'desk', keys: ['Alt+F10'] },
  { id: 'leave', group: 'desk', keys: ['Esc'] },
  { id: 'save', group: 'desk', keys: ['Ctrl+S'] },
  { id: 'editing', group: 'desk', keys: ['Ctrl+Alt+Shift+Z'] },
  { id: 'suggesting', group: 'desk', keys: ['Ctrl+Alt+Shift+X'] },
  { id: 'viewing', group: 'desk', keys: ['Ctrl+Alt+Shift+C'] },
  { id: 'history', group: 'desk', keys: ['Ctrl+Alt+Shift+H'] },
  { id: 'list', group: 'desk', keys: ['Ctrl+/'] },
] as const satisfies readonly Shape[]

type Shape = {
  id: string
  group: string
  keys: readonly string[]
  typed?: true
  /** What the list shows instead of all the keys. */
  short?: string
}
export type Shortcut = (typeof SHORTCUTS)[number]

/** What the list shows, as keys of a PC keyboard are printed. */
export const printedKeys = (shortcut: Shortcut): readonly string[] =>
  'short' in shortcut ? [shortcut.short] : shortcut.keys

/** Every word of the query stands in the text, with or without its marks. @param text NFC */
export const isAskedFor = (text: string, query: string): boolean =>
  query
    .normalize('NFC')
    .split(/\s+/)
    .every((word) => findWords(text, word) >= 0)
