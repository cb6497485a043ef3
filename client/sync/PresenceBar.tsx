import { Popover } from 'radix-ui'
import { useMemo } from 'react'
import type { PresenceUser } from '../../shared/sync/protocol.ts'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import type { DocumentConnection } from './connectDocument.ts'
import { initials } from './initials.ts'
import { type PresentPerson, presentPeople } from './presentPeople.ts'
import styles from './sync.module.css'
import { useOwnPresence } from './useOwnPresence.ts'

const AVATARS = 5

/** Who is here: oneself first, at most five faces, the rest behind "+n" (UX-20). Two tabs of one person are one. */
export function PresenceBar(props: {
  connection: DocumentConnection
  /** Somebody was clicked: go to the caret of this tab of his. */
  onSelect?: (clientId: number) => void
}) {
  const { connection, onSelect } = props
  const t = useText()
  const own = useOwnPresence(connection.blocId)
  const store = useMemo(() => presentPeople(connection.awareness), [connection])
  const others = useStore(store).filter(({ user }) => user.id !== own?.id)
  const room = AVATARS - (own ? 1 : 0)
  const faces = others.slice(0, others.length > room ? room - 1 : room)
  const hidden = others.length - faces.length
  return (
    <ul className={styles.presence} aria-label={t('sync.present')}>
      {own && (
        <li title={describe(own, t('sync.present.you', { name: own.name }))}>
          <Avatar text={initials(own)} color={own.color} />
          <span className="unseen">{t('sync.present.you', { name: own.name })}</span>
        </li>
      )}
      {faces.map((person) => (
        <li key={person.user.id}>
          <Face person={person} onSelect={onSelect} />
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <Popover.Root>
            <Popover.Trigger
              className={styles.more}
              aria-label={t('sync.present.more', { n: hidden })}
            >
              +{hidden}
            </Popover.Trigger>
            <Popover.Portal>
              <Popover.Content className={styles.list} align="end" sideOffset={6}>
                <ul>
                  {others.map((person) => (
                    <li key={person.user.id}>
                      <Face person={person} onSelect={onSelect} withName />
                    </li>
                  ))}
                </ul>
              </Popover.Content>
            </Popover.Portal>
          </Popover.Root>
        </li>
      )}
    </ul>
  )
}

function Face(props: {
  person: PresentPerson
  onSelect: ((clientId: number) => void) | undefined
  withName?: boolean
}) {
  const { person, onSelect, withName = false } = props
  const { user, clients, idle } = person
  const t = useText()
  const away = idle ? ` (${t('sync.present.idle')})` : ''
  const client = clients[0]
  return (
    <button
      type="button"
      className={`${styles.face} ${idle ? styles.idle : ''}`}
      aria-label={t('sync.present.goTo', { name: describe(user, user.name) }) + away}
      title={describe(user, user.name) + away}
      disabled={!onSelect || client === undefined}
      onClick={() => client !== undefined && onSelect?.(client)}
    >
      <Avatar text={initials(user)} color={user.color} />
      {withName && <span>{describe(user, user.name) + away}</span>}
    </button>
  )
}

const describe = (user: PresenceUser, name: string) =>
  user.agency === '' ? name : `${name} · ${user.agency}`
