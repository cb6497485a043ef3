import { UserRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PersonalView } from '../../shared/agreements/api.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { AgencyView } from '../../shared/documents/api.ts'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextArea } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { When } from '../ui/When.tsx'
import styles from './PersonalViews.module.css'
import { useLeaveView } from './useViews.ts'

const VIEWS = ['agreed', 'reserved', 'objects'] as const

/** What officers think of a clause: named as personal, in no row of marks, part of no count. */
export function PersonalViews(props: {
  documentId: DocumentId
  place: string
  item: { id: string; hash: string }
  /** Those on this clause. */
  views: readonly PersonalView[]
  agencies: ReadonlyMap<string, AgencyView>
  /** The reader's own id, if one of these may be his; null for whoever may leave none now. */
  writer: string | null
}) {
  const { item, views, writer } = props
  const t = useText()
  const [writing, setWriting] = useState(false)
  if (views.length === 0 && writer === null) return null
  const own = views.find(({ by }) => by.id === writer)
  return (
    <section className={styles.views} aria-label={t('view.title', { place: props.place })}>
      <h3>{t('view.heading')}</h3>
      {views.length > 0 ? (
        <ul>
          {views.map((view) => (
            <li key={view.by.id} data-view={view.view} data-outdated={view.hash !== item.hash}>
              <UserRound size={14} aria-hidden />
              <span>
                {view.by.name} ({props.agencies.get(view.agencyId)?.shortName ?? view.agencyId}):{' '}
                {t(`view.${view.view}`)}
                {view.hash === item.hash ? null : ` (${t('view.outdated')})`}
                <small>
                  {' '}
                  · <When at={view.at} />
                  {view.note ? ` · “${view.note}”` : null}
                </small>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {writer === null ? null : writing ? (
        <ViewForm {...props} own={own} onDone={() => setWriting(false)} />
      ) : (
        <Button size="small" onClick={() => setWriting(true)}>
          {t(own ? 'view.change' : 'view.leave')}
        </Button>
      )}
    </section>
  )
}

function ViewForm(props: {
  documentId: DocumentId
  item: { id: string; hash: string }
  own: PersonalView | undefined
  onDone(): void
}) {
  const { item, own, onDone } = props
  const t = useText()
  const say = useSay()
  const leave = useLeaveView(props.documentId)
  const [view, setView] = useState<PersonalView['view']>(own?.view ?? 'agreed')
  const [note, setNote] = useState(own?.note ?? '')
  const send = (left: PersonalView['view']) =>
    afterAct(
      leave,
      { clauseId: item.id, hash: item.hash, view: left, note: left === 'none' ? '' : note.trim() },
      () => {
        say.done(t(left === 'none' ? 'view.withdrawn' : 'view.saved'))
        onDone()
      },
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(view)
  }
  return (
    <form className={styles.form} onSubmit={submit} data-draft>
      <fieldset>
        <legend>{t('view.question')}</legend>
        {VIEWS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="view"
              checked={view === each}
              onChange={() => setView(each)}
            />
            {t(`view.${each}`)}
          </label>
        ))}
      </fieldset>
      <TextArea
        label={t('view.note')}
        hint={t('view.hint')}
        maxLength={4_000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Problem>{leave.error ? errorText(t, leave.error) : null}</Problem>
      <div className={styles.actions}>
        <Button type="submit" look="primary" size="small" disabled={leave.isPending}>
          {t('view.send')}
        </Button>
        {own ? (
          <Button size="small" disabled={leave.isPending} onClick={() => send('none')}>
            {t('view.withdraw')}
          </Button>
        ) : null}
        <Button look="ghost" size="small" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
