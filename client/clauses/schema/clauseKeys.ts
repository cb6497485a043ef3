import { Extension } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import { isInTable } from '@tiptap/pm/tables'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { demote, joinAbove, joinBelow, leaveTable, promote, splitClause } from './commands.ts'

/** Keys as a drafter expects them. Comes before the tables' keys, so it steps aside inside a table. */
export const ClauseKeys = Extension.create<{ model: NumberingModel }>({
  name: 'clauseKeys',
  priority: 1000,
  addOptions: () => ({ model: 'articles' as NumberingModel }),
  addKeyboardShortcuts() {
    const { model } = this.options
    const run = (command: Command) => () =>
      command(this.editor.state, (tr) => this.editor.view.dispatch(tr))
    const inTable = () => isInTable(this.editor.state)
    /** Tab never falls through to the browser while one is writing; Escape leaves the page. */
    const climb = (command: Command) => () => {
      if (inTable() || !this.editor.isEditable) return false
      run(command)()
      return true
    }
    const enter = () => run(splitClause(model))() || this.editor.commands.splitBlock()
    return {
      Enter: enter,
      'Shift-Enter': enter,
      'Mod-Enter': run(leaveTable),
      Backspace: run(joinAbove),
      'Shift-Backspace': run(joinAbove),
      Delete: run(joinBelow),
      Tab: climb(demote(model)),
      'Shift-Tab': climb(promote(model)),
      Escape: () => this.editor.commands.blur(),
    }
  },
})
