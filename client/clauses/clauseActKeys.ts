import type { Editor } from '@tiptap/core'
import type { ActKind } from './clauseActs.ts'
import { blocksById } from './placesOnPage.ts'

/**
 * What a key asks the server for: Alt+Shift+↑ and ↓ move the clause of the caret (UX-60); Backspace and Delete at the
 * edge of a clause merge it, where that is to be asked first: others write in what would go, or refer to it. Null leaves the key to the editor.
 */
export function actOfKey(
  event: KeyboardEvent,
  editor: Editor,
  mustAsk: (clauseId: string) => boolean,
): { kind: ActKind; clauseId: string } | null {
  if (event.isComposing || editor.view.composing || event.ctrlKey || event.metaKey) return null
  const { selection, doc } = editor.state
  const { $head } = selection
  const blocks = blocksById(editor)
  const at = $head.index(0)
  const own = blocks[at]?.id
  if (own === undefined) return null
  if (event.altKey && event.shiftKey) {
    if (event.key === 'ArrowUp') return { kind: 'up', clauseId: own }
    return event.key === 'ArrowDown' ? { kind: 'down', clauseId: own } : null
  }
  if (event.altKey || !selection.empty || $head.depth !== 1) return null
  const joinsUp = $head.parentOffset === 0 && $head.parent.attrs.level === 'text' && at > 0
  const joinsDown = $head.parentOffset === $head.parent.content.size && at + 1 < blocks.length
  const [going, upper] =
    event.key === 'Backspace' && joinsUp
      ? [at, at - 1]
      : event.key === 'Delete' && joinsDown
        ? [at + 1, at]
        : [null, null]
  if (going === null) return null
  if (doc.child(going).type.name === 'table' || doc.child(upper).type.name === 'table') return null
  const clauseId = blocks[going]?.id ?? ''
  return mustAsk(clauseId) ? { kind: 'merge', clauseId } : null
}
