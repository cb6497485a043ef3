import { useState } from 'react'
import type { PositionWord } from '../../shared/agreements/agreement.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { AgencyView } from '../../shared/documents/api.ts'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { fingerprint } from '../base/fingerprint.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { AgencyLine, Square } from './AgencyMarks.tsx'
import { consents, type Marks, markOf } from './marks.ts'
import styles from './PositionCard.module.css'
import { PositionNote } from './PositionNote.tsx'
import { useTakePosition } from './usePositions.ts'

export type PositionCardProps = {
  documentId: DocumentId
  /** `Điều 2`, `khoản 1 Điều 2`, or the name of the structure. */
  place: string
  /** Exactly what is agreed to (UX-71). */
  item: { id: string; text: string; hash: string }
  marks: Marks
  /** The item and everything under it that waits for this agency; more than one offers to agree to all. */
  whole: readonly { id: string; hash: string }[]
  agencies: ReadonlyMap<string, AgencyView>
  agencyId: string | null
  /** Why this person cannot take a position now; null when they can. */
  obstacle: string | null
}

export function PositionCard(props: PositionCardProps) {
  const { documentId, place, item, marks, agencies, obstacle } = props
  const t = useText()
  const say = useSay()
  const take = useTakePosition(documentId)
  const [writing, setWriting] = useState<'reserved' | 'objects' | null>(null)
  const own = markOf(marks, props.agencyId)
  const speaks = (position: PositionWord, note?: string, clauses = [item] as typeof props.whole) =>
    afterAct(take, { position, clauses, ...(note ? { note } : {}) }, () => {
      setWriting(null)
      say.done(t(position === 'none' ? 'position.withdrawn' : 'position.saved'))
    })
  const loud = marks.filter(
    ({ state, agencyId }) =>
      (state === 'objects' || state === 'reserved') && agencyId !== props.agencyId,
  )
  return (
    <section aria-label={t('position.title', { place })}>
      <div className={styles.head}>
        <b>{t('position.title', { place })}</b>
        <span>
          {consents(marks)}/{marks.length}
        </span>
      </div>
      <blockquote className={styles.words} aria-label={t('position.text')}>
        {item.text.trim() === '' ? t('position.empty') : item.text}
      </blockquote>
      <p className={styles.print}>
        {t('position.fingerprint')}: <code>{fingerprint(item.hash)}</code>
      </p>
      {loud.length > 0 ? (
        <div className={styles.others}>
          {loud.map((mark) => (
            <AgencyLine key={mark.agencyId} mark={mark} name={agencies.get(mark.agencyId)?.name} />
          ))}
        </div>
      ) : null}
      {own?.position?.note ? (
        <AgencyLine mark={own} name={agencies.get(own.agencyId)?.name} />
      ) : own ? (
        <p className={styles.own} data-state={own.state}>
          <Square state={own.state} />
          {t('position.yours', { state: t(`marks.${own.state}`) })}
        </p>
      ) : null}
      <Problem>{take.error ? errorText(t, take.error) : null}</Problem>
      {obstacle ? (
        <p className={styles.why}>{obstacle}</p>
      ) : writing ? (
        <PositionNote
          kind={writing}
          busy={take.isPending}
          onSend={(note) => speaks(writing, note)}
          onCancel={() => setWriting(null)}
        />
      ) : (
        <div className={styles.actions}>
          <Button
            look="primary"
            size="small"
            disabled={take.isPending || own?.state === 'agreed'}
            onClick={() => speaks('agreed')}
          >
            {t('position.agree')}
          </Button>
          {props.whole.length > 1 ? (
            <Button
              size="small"
              wide
              disabled={take.isPending}
              onClick={() => speaks('agreed', undefined, props.whole)}
            >
              {t('position.agreeWhole', { place, count: props.whole.length })}
            </Button>
          ) : null}
          <Button size="small" onClick={() => setWriting('reserved')}>
            {t('position.reserve')}
          </Button>
          <Button size="small" onClick={() => setWriting('objects')}>
            {t('position.object')}
          </Button>
          {own && own.state !== 'none' ? (
            <Button
              look="ghost"
              size="small"
              disabled={take.isPending}
              onClick={() => speaks('none')}
            >
              {t('position.withdraw')}
            </Button>
          ) : null}
        </div>
      )}
    </section>
  )
}
