import type { Editor } from '@tiptap/core'

/** Which text of a block starts there: of a table the paragraph, counted through its cells from 0; 0 in a clause. */
export function boxAt(editor: Editor, index: number, start: number): number {
  const { doc } = editor.state
  const block = doc.child(index)
  if (block.isTextblock) return 0
  let pos = 0
  for (let i = 0; i < index; i += 1) pos += doc.child(i).nodeSize
  let [box, found] = [0, 0]
  block.descendants((node, at) => {
    if (!node.isTextblock) return true
    if (pos + 1 + at + 1 === start) found = box
    box += 1
    return false
  })
  return found
}
