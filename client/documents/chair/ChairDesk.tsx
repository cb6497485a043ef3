import { type KeyboardEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { can } from '../../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../../shared/agreements/agreement.ts'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { BracketOptions } from '../../brackets/BracketOptions.tsx'
import type { EditorHandle } from '../../clauses/editorHandle.ts'
import { ProposalCard } from '../../proposals/ProposalCard.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Problem } from '../../ui/Field.tsx'
import { ProposalTalk } from '../ProposalTalk.tsx'
import type { Desk } from '../useDesk.ts'
import styles from './ChairDesk.module.css'
import { chairAct } from './chairKeys.ts'
import type { QueueItem } from './chairQueue.ts'
import { useChairQueue } from './useChairQueue.ts'

/** Everything that waits for the chair in the three documents, one after the other, by keys alone if need be. */
export function ChairDesk(props: { desk: Desk; handle: EditorHandle | null; onClose(): void }) {
  const { desk, onClose } = props
  const t = useText()
  const { queue, error } = useChairQueue(desk.bloc)
  /** `isNews`: it took the place of one that somebody else has decided, and may not have been read. */
  const [at, setAt] = useState<{ key: string; index: number; isNews: boolean } | null>(null)
  /** The item of which a button was pressed last. */
  const acted = useRef<string | null>(null)
  const shown = useRef<HTMLDivElement>(null)
  const items = queue ?? []
  const found = items.findIndex(({ key }) => key === at?.key)
  // What was decided is gone: the one that comes after it has its place.
  const index = found >= 0 ? found : Math.min(at?.index ?? 0, items.length - 1)
  const item = items[index]
  // Kept to, whatever comes before it.
  if (item && item.key !== at?.key)
    setAt({ key: item.key, index, isNews: at !== null && acted.current !== at.key })
  const goTo = (next: number) => {
    const there = items[Math.max(0, Math.min(next, items.length - 1))]
    if (there) setAt({ key: there.key, index: items.indexOf(there), isNews: false })
  }
  const press = (act: string) => {
    if (at?.isNews) setAt({ ...at, isNews: false })
    else shown.current?.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)?.click()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    if (target instanceof HTMLElement && target.matches('textarea, input')) return
    const act = chairAct(event)
    if (act === null) return
    event.preventDefault()
    if (act === 'next') goTo(index + 1)
    else if (act === 'previous') goTo(index - 1)
    else if (act !== 'held') press(act)
  }
  return (
    <Dialog open onClose={onClose} shape="wide" title={t('chair.title')} lead={t('chair.keys')}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys that press the buttons inside */}
      <div className={styles.desk} onKeyDown={onKeyDown}>
        <Problem>{error ? errorText(t, error) : null}</Problem>
        <p role="status" className={styles.count}>
          {queue === null
            ? error
              ? null
              : t('chair.loading')
            : item
              ? t(at?.isNews ? 'chair.replaced' : 'chair.place', {
                  index: index + 1,
                  count: items.length,
                })
              : t('chair.none')}
        </p>
        {item ? (
          <>
            <div
              ref={shown}
              className={styles.card}
              data-queue={item.key}
              onClickCapture={() => {
                acted.current = item.key
              }}
            >
              <p className={styles.document}>{t(`desk.kind.${item.document.kind}`)}</p>
              <Item key={item.key} item={item} {...props} />
            </div>
            <div className={styles.actions}>
              <Button size="small" disabled={index <= 0} onClick={() => goTo(index - 1)}>
                {t('chair.previous')} <kbd>P</kbd>
              </Button>
              <Button
                size="small"
                autoFocus
                // Not `disabled`: with one thing waiting the focus, and with it the keys, would be elsewhere.
                aria-disabled={index >= items.length - 1}
                onClick={() => goTo(index + 1)}
              >
                {t('chair.next')} <kbd>N</kbd>
              </Button>
              <Place item={item} onGo={onClose} />
            </div>
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

function Item({
  item,
  desk,
  handle,
}: {
  item: QueueItem
  desk: Desk
  handle: EditorHandle | null
}) {
  const t = useText()
  const { document, clause, place } = item
  if (item.kind === 'objection') {
    const { agencyId, by, note } = item.position
    return (
      <article aria-label={t('chair.objection')}>
        <p className={styles.what}>
          {t('chair.objects', {
            place: item.clauseId === STRUCTURE ? t('structure.name') : place || t('late.gone'),
          })}
        </p>
        <p>
          {desk.agencies.get(agencyId)?.name ?? agencyId} · {by.name}
        </p>
        {note === undefined ? null : <p className={styles.note}>{note}</p>}
        <p className={styles.words}>{clause?.text ?? ''}</p>
      </article>
    )
  }
  if (item.kind === 'bracket')
    return (
      <article aria-label={t('chair.bracket')}>
        <p className={styles.what}>{t('chair.brackets', { place: place || t('late.gone') })}</p>
        <p className={styles.words}>{clause?.text ?? item.bracket.text}</p>
        <BracketOptions
          documentId={document.id}
          bracket={item.bracket}
          agencies={desk.agencies}
          own={desk.actor.agencyId}
          rights={{
            proposes: false,
            supports: can(desk.actor, 'position.take', desk.scene) && document.phase === 'drafting',
            settles: can(desk.actor, 'bracket.settle', desk.scene) && document.phase === 'drafting',
          }}
          numbered
        />
      </article>
    )
  return (
    <ProposalCard
      documentId={document.id}
      phase={document.phase}
      proposal={item.proposal}
      clause={clause}
      {...item.text}
      agencies={desk.agencies}
      actor={desk.actor}
      scene={desk.scene}
      // The undo stack of a page has the acts on its own text alone.
      handle={document.id === desk.document.id ? handle : null}
    >
      <ProposalTalk desk={desk} documentId={document.id} proposal={item.proposal} />
    </ProposalCard>
  )
}

function Place({ item, onGo }: { item: QueueItem; onGo(): void }) {
  const t = useText()
  const [, navigate] = useLocation()
  const { document, clauseId, place } = item
  if (place === '') return null
  return (
    <Button
      size="small"
      look="ghost"
      onClick={() => {
        onGo()
        navigate(`/bloc/${document.blocId}/${document.kind}#${clauseId}`)
      }}
    >
      {t('chair.go', { place })}
    </Button>
  )
}
