import type { SessionUser } from '../../shared/accounts/api.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { BlocView } from '../../shared/documents/api.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { FailedPage } from '../ui/FailedPage.tsx'
import { DocumentDesk } from './DocumentDesk.tsx'
import { useDocument } from './useDocuments.ts'

export function DocumentPanel(props: {
  documentId: DocumentId
  bloc: BlocView
  user: SessionUser
  visible: boolean
  onEditor(documentId: string, handle: EditorHandle | null): void
}) {
  const document = useDocument(props.documentId)
  if (document.data) return <DocumentDesk {...props} document={document.data} />
  if (!document.error) return null
  return <FailedPage error={document.error} onAgain={() => void document.refetch()} />
}
