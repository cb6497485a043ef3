import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { newClauseId } from '../schema/clauseIds.ts'
import { undoManagerOf } from '../schema/undoManager.ts'
import { OwnSteps, type Way } from './OwnSteps.ts'

declare module '@tiptap/core' {
  interface Storage {
    undoSteps: { steps: OwnSteps | null }
  }
}

/** One's own steps in this editor; null before it is on a page. */
export const stepsOf = (editor: Editor): OwnSteps | null => editor.storage.undoSteps.steps

/** Undo and redo of typing and of what the server ran for the person, by the same keys and buttons. */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  // After Collaboration, whose commands these take the place of.
  priority: 900,
  addStorage: (): { steps: OwnSteps | null } => ({ steps: null }),
  addCommands() {
    const { storage } = this
    const command =
      (way: Way) =>
      () =>
      (props: { tr: { setMeta(name: string, value: boolean): unknown }; dispatch: unknown }) => {
        props.tr.setMeta('preventDispatch', true)
        const { steps } = storage
        return props.dispatch ? (steps?.run(way) ?? false) : (steps?.can(way) ?? false)
      }
    return { undo: command('undo'), redo: command('redo') }
  },
  addProseMirrorPlugins() {
    const { storage } = this
    return [
      new Plugin({
        key: new PluginKey('undoSteps'),
        view({ state }) {
          const manager = undoManagerOf(state)
          if (manager) storage.steps ??= new OwnSteps(manager, newClauseId)
          return {}
        },
      }),
    ]
  },
  onDestroy() {
    this.storage.steps?.destroy()
    this.storage.steps = null
  },
})
