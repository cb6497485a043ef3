import { AtSign, Gavel, MessageSquareReply, PenLine, TextCursorInput } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import type { Inbox, InboxItem, InboxKind } from '../../shared/inbox/api.ts'
import { headline, quoteOf } from '../../shared/inbox/headline.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { When } from '../ui/When.tsx'
import styles from './Inbox.module.css'
import { InboxChoices } from './InboxChoices.tsx'
import { useInbox, useReadItems } from './useInbox.ts'

const ICONS: Record<InboxKind, typeof AtSign> = {
  mention: AtSign,
  reply: MessageSquareReply,
  decided: Gavel,
  changed: TextCursorInput,
  signature: PenLine,
}

/** What one is told of, the newest first. Arrows go through it, Enter goes to what it is about. */
export function InboxPanel(props: { agencies: AgencyDirectory; onShow(item: InboxItem): void }) {
  const t = useText()
  const inbox = useInbox()
  const read = useReadItems()
  if (!inbox.data)
    return inbox.error ? (
      <Problem>{errorText(t, inbox.error)}</Problem>
    ) : (
      <p>{t('inbox.loading')}</p>
    )
  const unread = inbox.data.items.filter((item) => !item.read)
  const show = (item: InboxItem) => {
    if (!item.read) read.mutate([item])
    props.onShow(item)
  }
  return (
    <>
      <div className={styles.head}>
        <Button
          size="small"
          disabled={unread.length === 0 || read.isPending}
          onClick={() => read.mutate(unread)}
        >
          {t('inbox.readAll')}
        </Button>
      </div>
      <Problem>{read.error ? errorText(t, read.error) : null}</Problem>
      <Items inbox={inbox.data} agencies={props.agencies} onShow={show} />
      <InboxChoices choices={inbox.data.choices} mail={inbox.data.mail} />
    </>
  )
}

function Items(props: { inbox: Inbox; agencies: AgencyDirectory; onShow(item: InboxItem): void }) {
  const { inbox, agencies, onShow } = props
  const t = useText()
  const list = useRef<HTMLUListElement>(null)
  if (inbox.items.length === 0) return <p className={styles.empty}>{t('inbox.none')}</p>
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || at < 0) return
    event.preventDefault()
    buttons[Math.max(0, Math.min(next, buttons.length - 1))]?.focus()
  }
  return (
    <ul ref={list} className={styles.items} onKeyDown={onKeyDown}>
      {inbox.items.map((item, index) => {
        const Icon = ICONS[item.kind]
        return (
          <li key={item.id}>
            <button
              type="button"
              className={styles.item}
              data-inbox={item.kind}
              data-read={item.read}
              {...(index === 0 ? { 'data-first-focus': '' } : {})}
              onClick={() => onShow(item)}
            >
              <Icon size={18} aria-hidden className={styles.icon} />
              <span className={styles.text}>
                <b>{headline(t, item)}</b>
                {quoteOf(t, item) ? <span className={styles.quote}>{quoteOf(t, item)}</span> : null}
                <span className={styles.meta}>
                  {t(`desk.kind.${item.document}`)}
                  {'by' in item ? ` · ${agencies.get(item.by.agencyId ?? '')?.name ?? ''}` : ''}
                  {' · '}
                  <When at={item.at} />
                  {item.read ? '' : ` · ${t('inbox.new')}`}
                </span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
