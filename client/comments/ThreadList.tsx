import { Tabs } from 'radix-ui'
import type { BlocActor } from '../../shared/accounts/account.ts'
import type { Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { useText } from '../base/useText.ts'
import { ThreadCard } from './ThreadCard.tsx'
import styles from './ThreadList.module.css'

const TABS = ['open', 'resolved', 'detached'] as const

/** Every thread of a document: none is ever removed in silence (UX-44, UX-45). */
export function ThreadList(props: {
  documentId: DocumentId
  threads: readonly ThreadView[]
  agencies: AgencyDirectory
  placeOf(clauseId: string): string
  actor: BlocActor
  scene: Scene
  onShow(thread: ThreadView): void
}) {
  const { threads, placeOf, onShow, ...shared } = props
  const t = useText()
  const under = {
    open: threads.filter(({ status, detached }) => status === 'open' && !detached),
    resolved: threads.filter(({ status, detached }) => status === 'resolved' && !detached),
    detached: threads.filter(({ detached }) => detached),
  }
  return (
    <Tabs.Root defaultValue="open">
      <Tabs.List className={styles.tabs} aria-label={t('thread.list')}>
        {TABS.map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={styles.tab}>
            {t(`thread.tab.${tab}`)} ({under[tab].length})
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {TABS.map((tab) => (
        <Tabs.Content key={tab} value={tab} className={styles.list}>
          {under[tab].length === 0 ? (
            <p className={styles.empty}>{t(`thread.none.${tab}`)}</p>
          ) : null}
          {under[tab].map((thread) => (
            <div key={thread.id} className={styles.card}>
              <ThreadCard
                {...shared}
                thread={thread}
                place={placeOf(thread.clauseId)}
                onShow={thread.detached ? undefined : () => onShow(thread)}
              />
            </div>
          ))}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
