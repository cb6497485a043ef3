import { Extension } from '@tiptap/core'
import { isChangeOrigin } from '@tiptap/extension-collaboration'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { AddMarkStep, RemoveMarkStep } from '@tiptap/pm/transform'
import { MARKS } from '../../../shared/clauses/clause.ts'

/** A proposal is about words: what is bold is nobody's agreement, and would be lost without being seen. */
export const LettersOnly = Extension.create({
  name: 'lettersOnly',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('lettersOnly'),
      filterTransaction: (tr) =>
        isChangeOrigin(tr) ||
        !tr.steps.some(
          (step) =>
            (step instanceof AddMarkStep || step instanceof RemoveMarkStep) &&
            (MARKS as readonly string[]).includes(step.mark.type.name),
        ),
    }),
  ],
})
