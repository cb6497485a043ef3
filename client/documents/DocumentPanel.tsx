import type { SessionUser } from '../../shared/accounts/api.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { BlocView } from '../../shared/documents/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { Button } from '../ui/Button.tsx'
import { Calm } from '../ui/Calm.tsx'
import { DocumentDesk } from './DocumentDesk.tsx'
import { useDocument } from './useDocuments.ts'

export function DocumentPanel(props: {
  documentId: DocumentId
  bloc: BlocView
  user: SessionUser
  visible: boolean
  onEditor(documentId: string, handle: EditorHandle | null): void
}) {
  const t = useText()
  const document = useDocument(props.documentId)
  if (document.data) return <DocumentDesk {...props} document={document.data} />
  if (!document.error) return null
  return (
    <Calm title={t('home.failed')}>
      <p>{errorText(t, document.error)}</p>
      <Button look="primary" onClick={() => void document.refetch()}>
        {t('common.retry')}
      </Button>
    </Calm>
  )
}
