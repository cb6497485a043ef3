// What somebody has after an afternoon with Tiptap and y-websocket: text, three marks, collaboration, and nothing else.
import { Node } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Italic } from '@tiptap/extension-italic'
import { Text } from '@tiptap/extension-text'
import { Underline } from '@tiptap/extension-underline'
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { createRoot } from 'react-dom/client'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** By the names of our schema, so that both pages load the same bytes. */
const Document = Node.create({ name: 'doc', topNode: true, content: 'clause+' })
const Paragraph = Node.create({
  name: 'clause',
  content: 'text*',
  addAttributes: () => ({ id: { default: null }, level: { default: 'text' } }),
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: () => ['p', 0],
})

const [server, room] = decodeURIComponent(location.hash.slice(1)).split('|')
const doc = new Y.Doc()
const provider = new WebsocketProvider(server ?? '', room ?? '', doc)

function Page() {
  const editor = useEditor({
    extensions: [
      Document,
      Paragraph,
      Text,
      Bold,
      Italic,
      Underline,
      Collaboration.configure({ fragment: doc.getXmlFragment('body') }),
    ],
    editorProps: { attributes: { class: 'page-text' } },
  })
  return (
    <>
      {editor && <Toolbar editor={editor} />}
      <EditorContent editor={editor} />
    </>
  )
}

function Toolbar({ editor }: { editor: Editor }) {
  const { bold, italic, underline } = useEditorState({
    editor,
    selector: () => ({
      bold: editor.isActive('bold'),
      italic: editor.isActive('italic'),
      underline: editor.isActive('underline'),
    }),
  })
  return (
    <div role="toolbar">
      <button type="button" aria-pressed={bold} onClick={() => editor.commands.toggleBold()}>
        B
      </button>
      <button type="button" aria-pressed={italic} onClick={() => editor.commands.toggleItalic()}>
        I
      </button>
      <button
        type="button"
        aria-pressed={underline}
        onClick={() => editor.commands.toggleUnderline()}
      >
        U
      </button>
    </div>
  )
}

// The text is there before the editor is bound, as the guides have it.
provider.once('sync', () => {
  const root = document.getElementById('root')
  if (root) createRoot(root).render(<Page />)
})
