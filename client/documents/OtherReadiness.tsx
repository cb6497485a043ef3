import type { DocumentSummary } from '../../shared/documents/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { BoardColumn } from '../locking/BoardColumn.tsx'
import { useReadiness } from '../locking/useLocking.ts'
import { usePlaceOf } from './useDesk.ts'
import { useDocument, useStoredClauses } from './useDocuments.ts'

/** A document that is not open here sends no notices: it is asked anew while somebody looks. */
const ASKED_EVERY_MS = 5_000
const NONE: readonly never[] = []

/** Of a document that is not on the desk: the server's own list, the one that its lock is judged by. */
export function OtherReadiness(props: {
  summary: DocumentSummary
  agencies: AgencyDirectory
  onShow(clauseId: string): void
}) {
  const { id, kind } = props.summary
  const t = useText()
  const { data: document } = useDocument(id)
  const phase = document?.phase ?? props.summary.phase
  const readiness = useReadiness(id, phase === 'drafting', ASKED_EVERY_MS)
  const stored = useStoredClauses(id, true)
  const placeOf = usePlaceOf(kind, stored.data?.clauses ?? NONE)
  return (
    <BoardColumn
      title={t(`desk.kind.${kind}`)}
      phase={phase}
      blockers={readiness.data && stored.data ? readiness.data.blockers : null}
      error={readiness.error ?? stored.error}
      agencies={props.agencies}
      parties={document?.parties.length ?? 0}
      placeOf={placeOf}
      onShow={props.onShow}
    />
  )
}
