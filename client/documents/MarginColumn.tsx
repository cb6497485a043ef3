import {
  ChevronDown,
  ChevronUp,
  Gavel,
  ListTree,
  MessageSquarePlus,
  MessagesSquare,
} from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { useMedia, WIDE } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { openThreads } from '../comments/useThreads.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { Button } from '../ui/Button.tsx'
import { CardColumn } from './CardColumn.tsx'
import styles from './DocumentDesk.module.css'
import { LateSigningPanel } from './LateSigningPanel.tsx'
import { NextCard } from './NextCard.tsx'
import { NEW_THREAD, positionKey, useCards } from './useCards.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'
import type { GoThread } from './useThreadKeys.ts'

/** The next step stays in sight; below it the cards go with the text. */
export function MarginColumn(props: {
  desk: Desk
  state: DeskState
  connection: DocumentConnection
  paper: RefObject<HTMLElement | null>
  modeSwitch: ReactNode
  onGoThread: GoThread
}) {
  const { desk, state, paper } = props
  const t = useText()
  const wide = useMedia(WIDE)
  const cards = useCards(props)
  const head = useRef<HTMLDivElement>(null)
  const chairs = can(desk.actor, 'proposal.decide', { ...desk.scene, proposerId: null })
  const threads = openThreads(desk.threads).length
  const target = state.current ?? desk.clauses[0]?.id
  const activeKey = state.composing
    ? NEW_THREAD
    : (state.activeThread ?? (state.current ? positionKey(state.current) : null))
  return (
    <>
      <div className={styles.marginHead} ref={head}>
        <NextCard desk={desk} state={state} />
        {props.modeSwitch === null && !chairs ? null : (
          <div className={styles.tools}>
            {props.modeSwitch}
            {chairs ? (
              <Button size="small" onClick={() => state.show({ kind: 'chair' })}>
                <Gavel size={16} aria-hidden /> {t('chair.title')}
              </Button>
            ) : null}
          </div>
        )}
        <div className={styles.tools}>
          {wide ? null : (
            <Button
              size="small"
              icon
              className={styles.outlineButton}
              aria-label={t('desk.outline.open')}
              title={t('desk.outline.open')}
              onClick={() => state.show({ kind: 'outline' })}
            >
              <ListTree size={16} aria-hidden />
            </Button>
          )}
          {can(desk.actor, 'thread.open', desk.scene) && target ? (
            <Button
              size="small"
              title={t('thread.newTip')}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => state.compose(target)}
            >
              <MessageSquarePlus size={16} aria-hidden /> {t('thread.new')}
            </Button>
          ) : null}
          <Button
            size="small"
            title={t('thread.listTip')}
            onClick={() => state.show({ kind: 'threads' })}
          >
            <MessagesSquare size={16} aria-hidden /> {t('thread.open', { count: threads })}
          </Button>
          {threads > 0 ? (
            <>
              <Button
                size="small"
                icon
                aria-label={t('thread.previous')}
                title={t('thread.previous')}
                onClick={() => props.onGoThread(-1)}
              >
                <ChevronUp size={16} aria-hidden />
              </Button>
              <Button
                size="small"
                icon
                aria-label={t('thread.next')}
                title={t('thread.next')}
                onClick={() => props.onGoThread(1)}
              >
                <ChevronDown size={16} aria-hidden />
              </Button>
            </>
          ) : null}
        </div>
      </div>
      {desk.document.phase === 'drafting' ? null : (
        <div className={styles.flow}>
          <LateSigningPanel {...desk} />
        </div>
      )}
      <CardColumn
        cards={cards}
        activeKey={activeKey}
        handle={state.handle}
        paper={paper}
        head={head}
      />
    </>
  )
}
