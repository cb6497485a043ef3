import '../../../client/ui/tokens.css'
import '../../../client/ui/base.css'
import './harness.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { addWords } from '../../../client/base/dictionary.ts'
import { constantStore, useStore } from '../../../client/base/store.ts'
import * as baseStrings from '../../../client/base/strings.ts'
import { ClauseEditor } from '../../../client/clauses/ClauseEditor.tsx'
import type { EditorHandle } from '../../../client/clauses/editorHandle.ts'
import { strings as findStrings } from '../../../client/clauses/find/strings.ts'
import { OutlinePanel } from '../../../client/clauses/OutlinePanel.tsx'
import { readHtml } from '../../../client/clauses/paste/readHtml.ts'
import { strings as referenceStrings } from '../../../client/clauses/references/strings.ts'
import { strings as editorStrings } from '../../../client/clauses/strings.ts'
import type { DocumentConnection } from '../../../client/sync/connectDocument.ts'
import { OfflineBanner } from '../../../client/sync/OfflineBanner.tsx'
import { PresenceBar } from '../../../client/sync/PresenceBar.tsx'
import { SaveIndicator } from '../../../client/sync/SaveIndicator.tsx'
import { strings as syncStrings } from '../../../client/sync/strings.ts'
import { useDocumentConnection } from '../../../client/sync/useDocumentConnection.ts'
import { SessionView } from '../../../shared/accounts/api.ts'
import type { ClauseView } from '../../../shared/clauses/api.ts'
import { DocumentView } from '../../../shared/documents/api.ts'

/** What the tests reach into; everything else they do as a person would. */
export type Harness = {
  handle: EditorHandle | null
  connection: DocumentConnection
  setEditable(editable: boolean): void
  /** What a clipboard's HTML holds. */
  readHtml: typeof readHtml
}
declare global {
  interface Window {
    harness: Harness
  }
}

addWords({
  vi: {
    ...baseStrings.vi,
    ...editorStrings.vi,
    ...findStrings.vi,
    ...referenceStrings.vi,
    ...syncStrings.vi,
  },
  en: {
    ...baseStrings.en,
    ...editorStrings.en,
    ...findStrings.en,
    ...referenceStrings.en,
    ...syncStrings.en,
  },
})

const noClauses = constantStore<readonly ClauseView[]>([])

/** Apart, as on the desk: it follows every letter. */
function Outline({ handle, current }: { handle: EditorHandle | null; current: string | null }) {
  const clauses = useStore(handle?.clauses ?? noClauses)
  return (
    <OutlinePanel
      clauses={clauses}
      marks={() => null}
      counts={() => 0}
      presence={(id) =>
        handle?.carets
          .getSnapshot()
          .get(id)
          ?.map(({ agency }) => agency) ?? []
      }
      problems={() => []}
      current={current}
      onMove={null}
      onSelect={(id) => handle?.focusClause(id)}
    />
  )
}

function Desk({ first }: { first: DocumentView }) {
  const [document, setDocument] = useState(first)
  const connection = useDocumentConnection(document, user.id)
  useEffect(
    () =>
      connection.onNotice(({ type }) => {
        if (type === 'document') void fetchDocument().then(setDocument)
      }),
    [connection],
  )
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [editable, setEditable] = useState(true)
  window.harness = { handle, connection, setEditable, readHtml }
  return (
    <div className="harness">
      <header>
        <SaveIndicator connection={connection} />
        <PresenceBar connection={connection} onSelect={(client) => handle?.scrollToCaret(client)} />
        <OfflineBanner connection={connection} />
      </header>
      <aside>
        <Outline handle={handle} current={current} />
      </aside>
      <main>
        <ClauseEditor
          connection={connection}
          document={document}
          editable={editable}
          fork={null}
          readOnlyReason={editable ? null : 'Văn bản đã khóa để ký.'}
          currentClauseId={current}
          onCurrentClause={setCurrent}
          onEditor={setHandle}
        />
      </main>
    </div>
  )
}

const id = location.hash.slice(1)
const { user } = SessionView.parse(await (await fetch('/api/session')).json())
const fetchDocument = async () =>
  DocumentView.parse(await (await fetch(`/api/documents/${id}`)).json())
const first = await fetchDocument()
const root = window.document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <Desk first={first} />
      </QueryClientProvider>
    </StrictMode>,
  )
