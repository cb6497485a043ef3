import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { can } from '../../shared/accounts/permissions.ts'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { BlocView, DocumentView } from '../../shared/documents/api.ts'
import { queryKey } from '../base/queryKey.ts'
import { useSelected } from '../base/store.ts'
import { PHONE, useMedia, WIDE } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { ClauseEditor } from '../clauses/ClauseEditor.tsx'
import type { EditorHandle } from '../clauses/editorHandle.ts'
import { LockCountdown } from '../locking/LockCountdown.tsx'
import { useLockAnnouncement } from '../locking/useLockAnnouncement.ts'
import { useSpokenLock } from '../locking/useSpokenLock.ts'
import { useUnlockNotice } from '../locking/useUnlockNotice.ts'
import { LateDraftElsewhere, LateSuggestBar } from '../proposals/LateSuggestBar.tsx'
import { ModeSwitch } from '../proposals/ModeSwitch.tsx'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { OfflineBanner } from '../sync/OfflineBanner.tsx'
import { useDocumentConnection } from '../sync/useDocumentConnection.ts'
import { Button } from '../ui/Button.tsx'
import { FailedDialog } from '../ui/FailedDialog.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { SinceVisit } from '../versions/SinceVisit.tsx'
import { useRestoreNotice } from '../versions/useRestoreNotice.ts'
import styles from './DocumentDesk.module.css'
import { useDeskSlots } from './deskSlots.ts'
import { HeaderStatus } from './HeaderStatus.tsx'
import { LateOverlays } from './LateOverlays.tsx'
import { MarginColumn } from './MarginColumn.tsx'
import { MarksGutter } from './MarksGutter.tsx'
import { OutlineColumn } from './OutlineColumn.tsx'
import { PageFoot } from './PageFoot.tsx'
import { PhaseActions } from './PhaseActions.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { SelectionButton } from './SelectionButton.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useDecideKey } from './useDecideKey.ts'
import { useDesk } from './useDesk.ts'
import { type DeskState, useDeskState } from './useDeskState.ts'
import { useThreadClicks, useThreadMarks } from './useDeskThreads.ts'
import { useNotices } from './useNotices.ts'
import { useReading } from './useReading.ts'
import { useSaveKey } from './useSaveKey.ts'
import { useGoThread, useOpenCard, useThreadKeys } from './useThreadKeys.ts'
import { readingReason, useWorking } from './useWorking.ts'
import { useWantedPlace } from './wantedPlace.ts'

export type DocumentDeskProps = {
  document: DocumentView
  bloc: BlocView
  user: SessionUser
  visible: boolean
  onEditor(documentId: string, handle: EditorHandle | null): void
}

/** One document on the desk: outline, page, margin; saved state, people and progress go to the frame. */
export function DocumentDesk({ document, bloc, user, visible, onEditor }: DocumentDeskProps) {
  const t = useText()
  const phone = useMedia(PHONE)
  const wide = useMedia(WIDE)
  const slots = useDeskSlots()
  const connection = useDocumentConnection(document, user.id)
  useNotices(connection, document.id)
  useEndedSession(connection)
  const state = useDeskState()
  const desk = useDesk(document, bloc, user, state.handle)
  const announcement = useLockAnnouncement(connection)
  useUnlockNotice(connection, user.name)
  useRestoreNotice(connection, user.name)
  useSpokenLock(document.phase)
  const scroll = useKeptScroll(visible)
  // What lies over the desk has keys of its own, and something half written may stand in it.
  const listens = visible && state.overlay === null
  useShortcuts(listens, state)
  useThreadMarks(document, state)
  const openCard = useOpenCard(desk, state)
  useThreadClicks(state, openCard)
  useWantedPlace(desk, state, visible, openCard)
  const goThread = useGoThread(desk, state)
  useThreadKeys(listens, state, goThread)
  useDecideKey(listens, desk, state)
  useSaveKey(visible, state, can(desk.actor, 'version.name', desk.scene))
  useClauseLink(visible, state)
  const reading = useReading(scroll, state.handle, state.current)
  const paper = useRef<HTMLDivElement>(null)
  const { setHandle } = state
  const setEditor = useCallback(
    (handle: EditorHandle | null) => {
      setHandle(handle)
      onEditor(document.id, handle)
    },
    [setHandle, onEditor, document.id],
  )
  const writes = can(desk.actor, 'document.write', desk.scene)
  const mayWrite = writes && document.phase === 'drafting'
  const working = useWorking({ desk, connection, handle: state.handle, mayWrite, visible })
  const { fork, editable } = working
  const reason = editable
    ? null
    : mayWrite
      ? t(readingReason(working))
      : document.phase !== 'drafting'
        ? t('readOnly.phase')
        : t(desk.actor.role === 'clerk' ? 'readOnly.role' : 'readOnly.watch')
  const shared = { desk, state, connection }
  const modeSwitch = mayWrite ? <ModeSwitch working={working} /> : null
  return (
    <>
      <OfflineBanner connection={connection} />
      <SinceVisit
        documentId={document.id}
        onSee={(since) => state.show({ kind: 'history', since })}
      />
      <div className={styles.frame}>
        {wide ? (
          <nav className={styles.left} aria-label={t('desk.outline')}>
            <OutlineColumn desk={desk} state={state} reading={reading} />
          </nav>
        ) : null}
        <div className={styles.scroll} ref={scroll} data-scroller>
          {phone ? (
            <div className={styles.phoneActions}>
              {modeSwitch}
              <PhaseActions desk={desk} state={state} />
              <Button size="small" onClick={() => state.show({ kind: 'matrix' })}>
                {t('matrix.open')}
              </Button>
              <Button size="small" onClick={() => state.show({ kind: 'blockers' })}>
                {t('board.short')}
              </Button>
              {can(desk.actor, 'proposal.decide', { ...desk.scene, proposerId: null }) ? (
                <Button size="small" onClick={() => state.show({ kind: 'chair' })}>
                  {t('chair.title')}
                </Button>
              ) : null}
            </div>
          ) : null}
          <div className={styles.sheet}>
            <div className={styles.column}>
              <div className={styles.paper} ref={paper}>
                <ClauseEditor
                  connection={connection}
                  document={document}
                  editable={editable}
                  fork={fork}
                  readOnlyReason={reason}
                  currentClauseId={state.current}
                  onCurrentClause={state.setCurrent}
                  onEditor={setEditor}
                />
                <MarksGutter desk={desk} state={state} phone={phone} />
                <SelectionButton desk={desk} state={state} paper={paper} />
              </div>
              {state.handle ? <PageFoot desk={desk} /> : null}
              {fork !== null && fork !== 'awaited' ? (
                <LateSuggestBar
                  documentId={document.id}
                  fork={fork}
                  placeOf={desk.placeOf}
                  onDone={working.forget}
                />
              ) : null}
              {working.isElsewhere ? <LateDraftElsewhere /> : null}
              {working.failed ? (
                <FailedDialog {...working.failed} onClose={() => working.setMode('editing')} />
              ) : null}
            </div>
            {phone ? null : (
              <section className={styles.margin} aria-label={t('desk.margin')}>
                <MarginColumn
                  {...shared}
                  paper={paper}
                  modeSwitch={modeSwitch}
                  onGoThread={goThread}
                />
              </section>
            )}
          </div>
        </div>
      </div>
      {announcement ? (
        <LockCountdown
          documentId={document.id}
          announcement={announcement}
          mine={state.lockMine}
          mayCancel={can(desk.actor, 'document.lock', desk.scene)}
          onLocked={() => state.setLockMine(false)}
        />
      ) : null}
      <LateOverlays {...shared} working={working} visible={visible} />
      {visible && slots.status
        ? createPortal(<HeaderStatus {...shared} phone={phone} />, slots.status)
        : null}
      {visible && slots.footer
        ? createPortal(phone ? <PhoneBar {...shared} /> : <StatusBar {...shared} />, slots.footer)
        : null}
    </>
  )
}

/** The socket hears first that the session has ended; the page then asks for the password and goes on afterwards. */
function useEndedSession(connection: DocumentConnection) {
  const client = useQueryClient()
  const refused = useSelected(connection, (state) => state.refused)
  const ended = refused?.code === 'auth/required'
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: queryKey.session })
  }, [ended, client])
}

/** A panel that is not displayed loses its scroll in some browsers; it is put back before it is seen. */
function useKeptScroll(visible: boolean) {
  const element = useRef<HTMLDivElement>(null)
  const top = useRef(0)
  useEffect(() => {
    const scroller = element.current
    if (!visible || !scroller) return
    const keep = () => {
      top.current = scroller.scrollTop
    }
    scroller.addEventListener('scroll', keep, { passive: true })
    return () => scroller.removeEventListener('scroll', keep)
  }, [visible])
  useLayoutEffect(() => {
    if (visible && element.current) element.current.scrollTop = top.current
  }, [visible])
  return element
}

const FIND_KEYS = new Set(['KeyF', 'KeyH'])

/**
 * Ctrl+Alt+M opens a comment on the current clause (UX-40), Ctrl+F finds and Ctrl+H replaces (UX-62), Ctrl+/ lists the shortcuts
 * (UX-63), Ctrl+Alt+Shift+H opens the history (UX-50).
 */
function useShortcuts(listens: boolean, state: DeskState) {
  const { current, compose, show, handle } = state
  useEffect(() => {
    if (!listens) return
    const onKeyDown = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey
      if (command && event.altKey && event.shiftKey && event.code === 'KeyH') {
        event.preventDefault()
        show({ kind: 'history' })
      } else if (command && event.altKey && event.code === 'KeyM' && current) {
        event.preventDefault()
        compose(current)
      } else if (command && !event.altKey && !event.shiftKey && FIND_KEYS.has(event.code)) {
        if (!handle) return
        event.preventDefault()
        handle.openFind(event.code === 'KeyH')
      } else if (command && !event.altKey && event.key === '/') {
        event.preventDefault()
        show({ kind: 'shortcuts' })
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [listens, current, compose, show, handle])
}

/**
 * `…/covenant#<clause id>` leads to that clause once the text is here, whenever the address gets another, and when one
 * comes to this tab by a reference in another.
 */
function useClauseLink(visible: boolean, { handle, goTo, show }: DeskState) {
  const t = useText()
  const say = useSay()
  /** The last one that was gone to. */
  const followed = useRef<string | null>(null)
  useEffect(() => {
    if (!visible || !handle) return
    const follow = () => {
      const id = window.location.hash.slice(1)
      followed.current = id
      if (id === '') return
      if (id === STRUCTURE) {
        show({ kind: 'structure' })
        return
      }
      if (handle.clauses.getSnapshot().some((clause) => clause.id === id)) goTo(id)
      else say.problem(t('desk.link.gone'))
    }
    if (followed.current !== window.location.hash.slice(1)) follow()
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [visible, handle, goTo, show, say, t])
}
