import { AgreeAllDialog } from '../agreements/AgreeAllDialog.tsx'
import { replacedByConsent } from '../agreements/marks.ts'
import { useSelected } from '../base/store.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Desk } from './useDesk.ts'

/** Agreeing to all of the document on the desk, from wherever that is offered. */
export function AgreeAll(props: { desk: Desk; connection: DocumentConnection; onClose(): void }) {
  const { document, agreement, actor } = props.desk
  const isUnsent = useSelected(props.connection, ({ pending }) => pending > 0)
  return (
    <AgreeAllDialog
      documentId={document.id}
      title={document.title}
      contentHash={agreement.contentHash}
      items={agreement.total}
      replaces={replacedByConsent(agreement.rows, actor.agencyId)}
      unsent={isUnsent}
      onClose={props.onClose}
    />
  )
}
