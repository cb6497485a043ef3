import { can } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import { ChangedSince } from '../agreements/changes/ChangedSince.tsx'
import { withDescendants } from '../agreements/clauseTree.ts'
import { PersonalViews } from '../agreements/PersonalViews.tsx'
import { PositionCard } from '../agreements/PositionCard.tsx'
import { useStore } from '../base/store.ts'
import { type Translate, useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import type { Desk } from './useDesk.ts'

/** The card of positions on one clause or on the structure, with exactly the words that are on the screen. */
export function ClausePosition(props: {
  desk: Desk
  connection: DocumentConnection
  clauseId: string
  /** The agency whose mark was pressed. */
  pressed?: string | null
}) {
  const { desk, clauseId } = props
  const t = useText()
  const { document, clauses, agreement, waiting } = desk
  // Looked at anew with every change of what is pending.
  useStore(props.connection)
  const structureText = useStructureText(desk)
  const clause = clauses.find(({ id }) => id === clauseId)
  const marks = agreement.rows.get(clauseId)
  if (!marks) return null
  const item =
    clauseId === STRUCTURE
      ? { id: STRUCTURE, text: structureText, hash: agreement.structureHash }
      : clause
  if (!item) return null
  const group = clause ? withDescendants(clauses, clauseId) : []
  const spoken = clause ? group.map(({ id }) => id) : [STRUCTURE]
  const obstacle = obstacleFor(t, desk, props.connection.hasUnsent(spoken))
  const whole = group.length > 1 ? group.filter(({ id }) => waiting.includes(id)) : []
  const place = desk.placeOf(clauseId)
  const mayView = can(desk.actor, 'view.leave', desk.scene) && document.phase === 'drafting'
  return (
    <>
      <PositionCard
        key={clauseId}
        documentId={document.id}
        place={place}
        item={item}
        marks={marks}
        whole={whole}
        agencies={desk.agencies}
        agencyId={desk.actor.agencyId}
        obstacle={obstacle}
      />
      <ChangedSince
        key={`changes:${clauseId} ${props.pressed ?? ''}`}
        documentId={document.id}
        clauseId={clauseId}
        hash={item.hash}
        marks={marks}
        agencies={desk.agencies}
        own={desk.actor.agencyId}
        first={props.pressed ?? null}
      />
      <PersonalViews
        key={`view:${clauseId}`}
        documentId={document.id}
        place={place}
        item={item}
        views={desk.views.filter((view) => view.clauseId === clauseId)}
        agencies={desk.agencies}
        writer={mayView && !props.connection.hasUnsent(spoken) ? desk.user.id : null}
      />
    </>
  )
}

function obstacleFor(t: Translate, desk: Desk, unsent: boolean): string | null {
  const { document, actor, scene } = desk
  if (!can(actor, 'position.take', scene)) return t('position.notYours')
  if (document.phase !== 'drafting') return t('position.afterLock')
  return unsent ? t('position.unsent') : null
}

/** What the structure hash covers, as lines to read. */
function useStructureText({ document, clauses, agencies }: Desk): string {
  const t = useText()
  const titles = document.signers.map((id) => {
    const name = agencies.get(id)?.name ?? id
    return `– ${name}: ${(document.signingTitles[id] ?? '').replaceAll('\n', ', ')}`
  })
  return [
    `${t('structure.title')}: ${document.title.replaceAll('\n', ' ')}`,
    `${t('structure.place')}: ${document.place}`,
    `${t('structure.recipients')}: ${document.recipients.join('; ')}`,
    `${t('structure.signingTitles')}:`,
    ...titles,
    t('structure.order', { count: clauses.length }),
  ].join('\n')
}
