import { useQuery } from '@tanstack/react-query'
import type { PersonRef } from '../../../shared/base/contract.ts'
import type { ClauseId, DocumentId } from '../../../shared/base/ids.ts'
import type { BracketDecision } from '../../../shared/brackets/api.ts'
import { type ClauseOrigin, versionRoutes } from '../../../shared/versions/api.ts'
import type { AgencyDirectory } from '../../base/agencyDirectory.ts'
import { call } from '../../base/api.ts'
import { errorText } from '../../base/errorText.ts'
import { queryKey } from '../../base/queryKey.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Field.tsx'
import { When } from '../../ui/When.tsx'
import styles from './OriginDialog.module.css'
import { type OriginEvent, originEvents } from './originEvents.ts'
import { sayEvent } from './sayEvent.ts'

export type OriginLinks = {
  onProposal(id: string): void
  onThread(id: string): void
  /** To the positions on the clause. */
  onPosition(): void
}

/** Where a clause comes from: whose its words are, and what has happened to it, each a way to its place (P16). */
export function OriginDialog(
  props: OriginLinks & {
    documentId: DocumentId
    clauseId: string
    place: string
    shape: 'side' | 'sheet'
    agencies: AgencyDirectory
    /** Of its brackets. */
    decisions: readonly BracketDecision[]
    onClose(): void
  },
) {
  const { documentId, clauseId, agencies } = props
  const t = useText()
  const { data, error, isPending } = useQuery({
    queryKey: queryKey.origin(documentId, clauseId),
    queryFn: () =>
      call(versionRoutes.origin, { params: { documentId, clauseId: clauseId as ClauseId } }),
    refetchOnMount: 'always',
  })
  // What was there when the document was set up is nobody's.
  const nameOf = ({ name, agencyId }: PersonRef) =>
    [name || t('origin.system'), agencies.get(agencyId ?? '')?.shortName].filter(Boolean).join(', ')
  return (
    <Dialog
      open
      onClose={props.onClose}
      shape={props.shape}
      title={t('origin.title', { place: props.place })}
    >
      <Problem>{error ? errorText(t, error) : null}</Problem>
      {isPending ? <p role="status">{t('origin.loading')}</p> : null}
      {data ? (
        <>
          <Authors origin={data} nameOf={nameOf} />
          <h3 className={styles.heading}>{t('origin.history')}</h3>
          {data.first ? null : <p className={styles.quiet}>{t('origin.longAgo')}</p>}
          <Events {...props} events={originEvents(data, props.decisions)} nameOf={nameOf} />
        </>
      ) : null}
    </Dialog>
  )
}

type NameOf = (person: PersonRef) => string

function Authors({ origin: { authors }, nameOf }: { origin: ClauseOrigin; nameOf: NameOf }) {
  const t = useText()
  if (authors.length === 0) return <p className={styles.quiet}>{t('origin.noWords')}</p>
  return (
    <>
      <h3 className={styles.heading}>{t('origin.authors')}</h3>
      <ul className={styles.authors}>
        {authors.map(({ by, words }) => (
          <li key={by.id}>{t('origin.words', { name: nameOf(by), count: words })}</li>
        ))}
      </ul>
    </>
  )
}

function Events(
  props: OriginLinks & {
    events: readonly OriginEvent[]
    agencies: AgencyDirectory
    nameOf: NameOf
  },
) {
  const t = useText()
  if (props.events.length === 0) return <p className={styles.quiet}>{t('origin.none')}</p>
  return (
    <ol className={styles.events}>
      {props.events.map((event) => (
        <li key={JSON.stringify(event)} data-event={event.kind}>
          <p>{sayEvent(t, event, props.agencies)}</p>
          <p className={styles.who}>
            {props.nameOf(event.by)} · <When at={event.at} />
          </p>
          <Way {...props} event={event} />
        </li>
      ))}
    </ol>
  )
}

/** Leads to what an event was about, where that has a place. */
function Way({ event, ...links }: OriginLinks & { event: OriginEvent }) {
  const t = useText()
  const way =
    event.kind === 'proposed' || event.kind === 'decided'
      ? { label: t('origin.toProposal'), go: () => links.onProposal(event.id) }
      : event.kind === 'talked'
        ? { label: t('origin.toThread'), go: () => links.onThread(event.id) }
        : event.kind === 'position'
          ? { label: t('origin.toPosition'), go: links.onPosition }
          : null
  if (!way) return null
  return (
    <Button size="small" look="ghost" onClick={way.go}>
      {way.label}
    </Button>
  )
}
