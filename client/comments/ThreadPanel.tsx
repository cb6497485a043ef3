import { Tabs } from 'radix-ui'
import { useMemo, useState } from 'react'
import type { BlocActor } from '../../shared/accounts/account.ts'
import { can, type Scene } from '../../shared/accounts/permissions.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { ThreadView } from '../../shared/comments/api.ts'
import type { Addressable } from '../../shared/comments/mentions.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Problem } from '../ui/Field.tsx'
import { BulkResolve } from './BulkResolve.tsx'
import { ThreadCard } from './ThreadCard.tsx'
import { type PanelFilter, ThreadFilters } from './ThreadFilters.tsx'
import styles from './ThreadPanel.module.css'
import { filterThreads, stateOf, THREAD_STATES } from './threadFilter.ts'
import { useThreadsOf } from './useThreads.ts'

export type ThreadPanelProps = {
  /** All of the bloc, the one on screen first. */
  documents: readonly { id: DocumentId; name: string }[]
  /** Of the one on screen, where they stand at this moment. */
  threads: readonly ThreadView[]
  agencies: AgencyDirectory
  reach: Addressable
  placeOf(clauseId: string): string
  /** Clauses to choose from, each with its place in words. */
  clauses: readonly { id: string; name: string }[]
  /** A clause and all that hangs under it. */
  within(clauseId: string): ReadonlySet<string>
  actor: BlocActor
  scene: Scene
  onShow(thread: ThreadView, documentId: DocumentId): void
}

type Listed = { thread: ThreadView; documentId: DocumentId; name: string }

/** Every thread: none is ever removed in silence (UX-44, UX-45). What is filtered can be resolved at once. */
export function ThreadPanel(props: ThreadPanelProps) {
  const { documents, threads, agencies, reach, placeOf, within, actor, scene, onShow } = props
  const t = useText()
  const [filter, setFilter] = useState<PanelFilter>({
    whose: 'all',
    where: 'this',
    clauseId: null,
    agencyId: null,
  })
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const here = documents[0]
  const others = useMemo(() => documents.slice(1), [documents])
  const isEverywhere = filter.where === 'all'
  const inHere = useThreadsOf(documents.slice(0, 1).map(({ id }) => id))
  const elsewhere = useThreadsOf(others.map(({ id }) => id))
  const isLoading = inHere.isLoading || (isEverywhere && elsewhere.isLoading)
  const error = inHere.error ?? (isEverywhere ? elsewhere.error : null)
  const everything = useMemo(() => {
    const listed = (found: readonly ThreadView[], document: { id: DocumentId; name: string }) =>
      found.map((thread): Listed => ({ thread, documentId: document.id, name: document.name }))
    return [
      ...(here ? listed(threads, here) : []),
      ...(isEverywhere
        ? others.flatMap((document, i) => listed(elsewhere.lists[i] ?? [], document))
        : []),
    ]
  }, [threads, here, others, elsewhere.lists, isEverywhere])
  const shown = useMemo(() => {
    const kept = new Set(
      filterThreads(
        everything.map(({ thread }) => thread),
        filter,
        actor,
        within,
      ),
    )
    return everything.filter(({ thread }) => kept.has(thread))
  }, [everything, filter, actor, within])
  const under = (state: string) => shown.filter(({ thread }) => stateOf(thread) === state)
  const mayClose = ({ thread }: Listed) =>
    thread.status === 'open' &&
    can(actor, 'thread.close', { ...scene, threadAgencyId: thread.agencyId })
  const isUnfiltered = filter.whose === 'all' && !filter.clauseId && !filter.agencyId
  const toggle = (id: string) =>
    setPicked((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  return (
    <>
      <ThreadFilters {...props} filter={filter} onChange={setFilter} />
      <Problem>{error ? errorText(t, error) : null}</Problem>
      {isLoading ? <p role="status">{t('thread.loading')}</p> : null}
      <Tabs.Root defaultValue="open">
        <Tabs.List className={styles.tabs} aria-label={t('thread.list')}>
          {THREAD_STATES.map((tab) => (
            <Tabs.Trigger key={tab} value={tab} className={styles.tab}>
              {t(`thread.tab.${tab}`)} ({under(tab).length})
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {THREAD_STATES.map((tab) => {
          const list = under(tab)
          const closable = list.filter(mayClose).map(({ thread }) => thread)
          return (
            <Tabs.Content key={tab} value={tab} className={styles.list}>
              {list.length === 0 && !isLoading && !error ? (
                <p className={styles.empty}>
                  {t(isUnfiltered ? `thread.none.${tab}` : 'thread.none.filtered')}
                </p>
              ) : null}
              {closable.length > 1 ? (
                <BulkResolve
                  closable={closable}
                  picked={picked}
                  onPick={setPicked}
                  agencyId={actor.agencyId}
                />
              ) : null}
              {list.map((one) => (
                <div key={one.thread.id} className={`${styles.card} ${styles.picked}`}>
                  {closable.length > 1 && mayClose(one) ? (
                    <input
                      type="checkbox"
                      aria-label={t('thread.pick')}
                      checked={picked.has(one.thread.id)}
                      onChange={() => toggle(one.thread.id)}
                    />
                  ) : null}
                  <ThreadCard
                    documentId={one.documentId}
                    thread={one.thread}
                    agencies={agencies}
                    actor={actor}
                    scene={scene}
                    reach={reach}
                    place={
                      one.documentId === here?.id
                        ? placeOf(one.thread.clauseId) ||
                          (one.thread.proposalId ? t('thread.onProposal') : '')
                        : one.name
                    }
                    onShow={
                      one.thread.detached && !one.thread.proposalId
                        ? undefined
                        : () => onShow(one.thread, one.documentId)
                    }
                  />
                </div>
              ))}
            </Tabs.Content>
          )
        })}
      </Tabs.Root>
    </>
  )
}
