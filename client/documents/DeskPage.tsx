import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { SessionUser } from '../../shared/accounts/api.ts'
import type { BlocId } from '../../shared/base/ids.ts'
import type { BlocView } from '../../shared/documents/api.ts'
import type { DocumentKind } from '../../shared/documents/document.ts'
import type { InboxItem } from '../../shared/inbox/api.ts'
import { AccountMenu } from '../accounts/AccountMenu.tsx'
import { agencyDirectory } from '../base/agencyDirectory.ts'
import { queryKey } from '../base/queryKey.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { OtherTextsContext } from '../clauses/find/otherTexts.ts'
import { InboxButton } from '../inbox/InboxButton.tsx'
import { FailedPage } from '../ui/FailedPage.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { DeskFrame } from './DeskFrame.tsx'
import styles from './DeskPage.module.css'
import { DocumentPanel } from './DocumentPanel.tsx'
import { DocumentTab } from './DocumentTab.tsx'
import { DeskSlots } from './deskSlots.ts'
import { useBloc } from './useDocuments.ts'
import { useOtherTexts } from './useOtherTexts.ts'
import { wantPlace } from './wantedPlace.ts'

export function DeskPage(props: { blocId: BlocId; kind: DocumentKind; user: SessionUser }) {
  const bloc = useBloc(props.blocId)
  if (bloc.data) return <BlocDesk bloc={bloc.data} kind={props.kind} user={props.user} />
  if (!bloc.error) return <DeskFrame />
  return <FailedPage error={bloc.error} onAgain={() => void bloc.refetch()} />
}

type BlocDeskProps = { bloc: BlocView; kind: DocumentKind; user: SessionUser }

/** Three documents as tabs. One that has been visited stays mounted: its caret, scroll and connection stay (UX-02). */
function BlocDesk({ bloc, kind, user }: BlocDeskProps) {
  const t = useText()
  const [, navigate] = useLocation()
  const phone = useMedia(PHONE)
  const [visited, setVisited] = useState<ReadonlySet<DocumentKind>>(new Set([kind]))
  const [handles, setHandles] = useState<ReadonlyMap<string, EditorHandle>>(new Map())
  const [slots, setSlots] = useState<{ status: HTMLElement | null; footer: HTMLElement | null }>({
    status: null,
    footer: null,
  })
  const setStatus = useCallback(
    (status: HTMLElement | null) => setSlots((before) => ({ ...before, status })),
    [],
  )
  const setFooter = useCallback(
    (footer: HTMLElement | null) => setSlots((before) => ({ ...before, footer })),
    [],
  )
  if (!visited.has(kind)) setVisited(new Set([...visited, kind]))
  const onEditor = useCallback((documentId: string, handle: EditorHandle | null) => {
    setHandles((before) => {
      const after = new Map(before)
      if (handle) after.set(documentId, handle)
      else after.delete(documentId)
      return after
    })
  }, [])
  const client = useQueryClient()
  const agency = bloc.agencies.find(({ id }) => id === user.agencyId)
  const open = (next: DocumentKind) => navigate(`/bloc/${bloc.id}/${next}`)
  const agencies = useMemo(() => agencyDirectory(bloc.agencies), [bloc.agencies])
  const account = (
    <>
      <InboxButton
        agencies={agencies}
        onShow={(item) => {
          navigate(`/bloc/${item.blocId}/${item.document}`)
          // Nobody has told of what came into a document that is not open.
          void client.invalidateQueries({ queryKey: queryKey.threads(item.documentId) })
          wantPlace(placeOfItem(item))
        }}
      />
      <AccountMenu user={user} agency={agency?.name ?? null} />
    </>
  )
  const otherTexts = useOtherTexts(bloc, user, kind, handles)
  const moveTab = (step: number) => {
    const at = bloc.documents.findIndex((document) => document.kind === kind)
    const next = bloc.documents[(at + step + bloc.documents.length) % bloc.documents.length]
    if (!next) return
    open(next.kind)
    document.getElementById(`tab-${next.kind}`)?.focus()
  }
  return (
    <DeskSlots value={slots}>
      <div className={styles.desk}>
        <header className={styles.header}>
          <button type="button" className={styles.skip} onClick={focusText}>
            {t('desk.skip')}
          </button>
          <div className={styles.phoneTop}>
            <ProductMark />
            <div className={styles.bloc}>
              <b title={bloc.name}>{bloc.name}</b>
              <span>
                {t('desk.year', {
                  year: bloc.year,
                  count: bloc.agencies.filter(({ role }) => role !== 'observer').length,
                })}
              </span>
            </div>
            {phone ? (
              <>
                <div className={styles.slot} ref={setStatus} />
                {account}
              </>
            ) : null}
          </div>
          <div
            className={styles.tabs}
            role="tablist"
            aria-label={t('desk.documents')}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') moveTab(1)
              if (event.key === 'ArrowLeft') moveTab(-1)
            }}
          >
            {bloc.documents.map((summary) => (
              <DocumentTab
                key={summary.id}
                summary={summary}
                selected={summary.kind === kind}
                handle={handles.get(summary.id) ?? null}
                onSelect={() => open(summary.kind)}
              />
            ))}
          </div>
          {phone ? null : (
            <>
              <div className={styles.slot} ref={setStatus} />
              {account}
            </>
          )}
        </header>
        <main className={styles.body}>
          <OtherTextsContext value={otherTexts}>
            {bloc.documents
              .filter((summary) => visited.has(summary.kind))
              .map((summary) => (
                <div
                  key={summary.id}
                  className={styles.panel}
                  role="tabpanel"
                  aria-labelledby={`tab-${summary.kind}`}
                  hidden={summary.kind !== kind}
                >
                  <DocumentPanel
                    documentId={summary.id}
                    bloc={bloc}
                    user={user}
                    visible={summary.kind === kind}
                    onEditor={onEditor}
                  />
                </div>
              ))}
          </OtherTextsContext>
        </main>
        <footer className={styles.footer} ref={setFooter} />
      </div>
    </DeskSlots>
  )
}

/** What an item of the inbox is about. */
function placeOfItem(item: InboxItem) {
  const { documentId } = item
  switch (item.kind) {
    case 'mention':
    case 'reply':
      return { documentId, threadId: item.threadId }
    case 'decided':
      return { documentId, clauseId: item.clauseId }
    case 'changed':
      return { documentId, clauseId: item.clauseIds[0] ?? '' }
    case 'signature':
      return { documentId, placeId: item.placeId }
  }
}

/** The first Tab of the page leads past everything to the words. */
function focusText() {
  document.querySelector<HTMLElement>('[role=tabpanel]:not([hidden]) .page-text')?.focus()
}
