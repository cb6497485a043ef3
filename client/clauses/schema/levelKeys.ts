import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import {
  type ClauseLevel,
  NUMBERED_LEVELS,
  type NumberingModel,
} from '../../../shared/clauses/clause.ts'
import { OFFERED_LEVELS } from '../levels.ts'
import { setLevel } from './commands.ts'

/** Ctrl+Alt with one of these, as Word's headings have it (UX-60). */
const BY_DIGIT: readonly ClauseLevel[] = [
  'text',
  ...NUMBERED_LEVELS.filter((level) => level !== 'annex'),
]

/** The level that a key asks for. By its place on the keyboard: on a Vietnamese one AltGr and a digit is that digit. */
export function levelOfKey(event: KeyboardEvent): ClauseLevel | null {
  const { ctrlKey, metaKey, altKey, shiftKey, code } = event
  if (!(ctrlKey || metaKey) || !altKey || shiftKey || event.getModifierState('AltGraph'))
    return null
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  return digit === undefined ? null : (BY_DIGIT[Number(digit)] ?? null)
}

export const LevelKeys = Extension.create<{ model: NumberingModel }>({
  name: 'levelKeys',
  addOptions: () => ({ model: 'articles' as NumberingModel }),
  addProseMirrorPlugins() {
    const { model } = this.options
    return [
      new Plugin({
        key: new PluginKey('levelKeys'),
        props: {
          handleKeyDown(view, event) {
            const level = levelOfKey(event)
            if (level === null || isInTable(view.state)) return false
            if (OFFERED_LEVELS[model].includes(level)) setLevel(level)(view.state, view.dispatch)
            return true
          },
        },
      }),
    ]
  },
})
