import '../../../client/ui/tokens.css'
import '../../../client/ui/base.css'
import './harness.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import i18next from 'i18next'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { constantStore, useStore } from '../../../client/base/store.ts'
import * as baseStrings from '../../../client/base/strings.ts'
import { ClauseEditor } from '../../../client/clauses/ClauseEditor.tsx'
import type { EditorHandle } from '../../../client/clauses/editorHandle.ts'
import { strings as findStrings } from '../../../client/clauses/find/strings.ts'
import { OutlinePanel } from '../../../client/clauses/OutlinePanel.tsx'
import { readHtml } from '../../../client/clauses/paste/readHtml.ts'
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

await i18next.use(initReactI18next).init({
  lng: 'vi',
  resources: {
    vi: {
      translation: { ...baseStrings.vi, ...editorStrings.vi, ...findStrings.vi, ...syncStrings.vi },
    },
    en: {
      translation: { ...baseStrings.en, ...editorStrings.en, ...findStrings.en, ...syncStrings.en },
    },
  },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
})

const noClauses = constantStore<readonly ClauseView[]>([])

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
  const clauses = useStore(handle?.clauses ?? noClauses)
  window.harness = { handle, connection, setEditable, readHtml }
  return (
    <div className="harness">
      <header>
        <SaveIndicator connection={connection} />
        <PresenceBar connection={connection} onSelect={(client) => handle?.scrollToCaret(client)} />
        <OfflineBanner connection={connection} />
      </header>
      <aside>
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
      </aside>
      <main>
        <ClauseEditor
          connection={connection}
          document={document}
          editable={editable}
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
