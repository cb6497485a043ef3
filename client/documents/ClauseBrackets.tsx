import { can } from '../../shared/accounts/permissions.ts'
import { useStore } from '../base/store.ts'
import { BracketSection } from '../brackets/BracketSection.tsx'
import { selectedSpan } from '../clauses/selectedSpan.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** The competing wordings of one clause, with what this person may do about them now. */
export function ClauseBrackets(props: {
  desk: Desk
  state: DeskState
  connection: DocumentConnection
  clauseId: string
}) {
  const { desk, state, clauseId } = props
  const { document, actor, scene, brackets } = desk
  // Looked at anew with every change of what is pending.
  useStore(props.connection)
  const clause = desk.clauses.find(({ id }) => id === clauseId)
  if (!clause) return null
  const open = document.phase === 'drafting' && !props.connection.hasUnsent([clauseId])
  return (
    <BracketSection
      key={`bracket:${clauseId}`}
      documentId={document.id}
      place={desk.placeOf(clauseId)}
      clauseId={clauseId}
      hash={clause.hash}
      brackets={brackets.of(clauseId)}
      decisions={brackets.decisions.filter((decision) => decision.clauseId === clauseId)}
      agencies={desk.agencies}
      own={actor.agencyId}
      rights={{
        proposes: open && can(actor, 'document.write', scene),
        supports: open && can(actor, 'position.take', scene),
        settles: open && can(actor, 'bracket.settle', scene),
      }}
      isTable={clause.level === 'table'}
      selected={() => (state.handle ? selectedSpan(state.handle.editor, clauseId) : null)}
    />
  )
}
