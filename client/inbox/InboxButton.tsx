import { useQuery } from '@tanstack/react-query'
import { Inbox as InboxIcon } from 'lucide-react'
import { useState } from 'react'
import type { InboxItem } from '../../shared/inbox/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { fetchPart } from '../base/fetchPart.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { useAnnounced } from '../ui/announce.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import styles from './Inbox.module.css'
import { useInbox } from './useInbox.ts'

/** In the header, with how much is unread; it opens what one is told of (UX-80). */
export function InboxButton(props: {
  agencies: AgencyDirectory
  /** Goes to what an item is about. */
  onShow(item: InboxItem): void
}) {
  const t = useText()
  const phone = useMedia(PHONE)
  const [open, setOpen] = useState(false)
  const inbox = useInbox()
  const panel = usePanel(inbox.data !== undefined || open)
  const unread = inbox.data?.unread ?? 0
  const name = unread > 0 ? t('inbox.unread', { count: unread }) : t('inbox.title')
  useAnnounced(unread > 0 ? name : null)
  return (
    <>
      <Button
        look="ghost"
        icon
        className={styles.button}
        aria-label={name}
        title={name}
        onClick={() => setOpen(true)}
      >
        <InboxIcon size={20} aria-hidden />
        {unread > 0 ? (
          <span className={styles.count} data-unread={unread} aria-hidden>
            {unread > 99 ? '99+' : unread}
          </span>
        ) : null}
      </Button>
      {open ? (
        <Dialog
          open
          onClose={() => setOpen(false)}
          shape={phone ? 'sheet' : 'side'}
          title={t('inbox.title')}
        >
          {panel.data ? (
            <panel.data.InboxPanel
              agencies={props.agencies}
              onShow={(item) => {
                setOpen(false)
                props.onShow(item)
              }}
            />
          ) : panel.error ? (
            <Problem>{errorText(t, panel.error)}</Problem>
          ) : (
            <p>{t('inbox.loading')}</p>
          )}
        </Dialog>
      ) : null}
    </>
  )
}

/** The text does not wait for it: it is fetched once the count is here. */
const usePanel = (wanted: boolean) =>
  useQuery({
    queryKey: ['part', 'inbox panel'],
    queryFn: () => fetchPart(() => import('./InboxPanel.tsx')),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    // Without a network it says so instead of waiting for one.
    networkMode: 'always',
  })
