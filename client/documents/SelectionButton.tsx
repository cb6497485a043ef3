import { Gavel, MessageSquarePlus } from 'lucide-react'
import { type MouseEvent, type RefObject, useEffect, useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { selectedClauses } from '../clauses/selectedClauses.ts'
import { proposalsOn } from '../proposals/decisions/selectedProposals.ts'
import { Button } from '../ui/Button.tsx'
import styles from './SelectionButton.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/**
 * At the edge of the page, at the height of the selected words: a comment on them (UX-40, UX-48), and for the chair the
 * proposals on their clauses (UX-34).
 */
export function SelectionButton(props: {
  desk: Desk
  state: DeskState
  paper: RefObject<HTMLElement | null>
}) {
  const { desk, state } = props
  const t = useText()
  const phone = useMedia(PHONE)
  const chairs = can(desk.actor, 'proposal.decide', { ...desk.scene, proposerId: null })
  const selection = useSelection(state, props.paper, chairs)
  if (selection === null || state.composing) return null
  const comments = selection.hasWords && can(desk.actor, 'thread.open', desk.scene)
  const proposals = proposalsOn(desk.proposals, selection.clauseIds)
  const compose = () => {
    const clauseId = state.handle?.selected()?.clauseId
    if (!clauseId) return
    state.compose(clauseId)
    if (phone) state.show({ kind: 'clause', clauseId })
  }
  return (
    <div className={styles.buttons} style={{ top: selection.top }}>
      {comments ? (
        <Button
          icon
          className={styles.button}
          aria-label={t('thread.onWords')}
          title={`${t('thread.onWords')} (Ctrl+Alt+M)`}
          onMouseDown={keepSelection}
          onClick={compose}
        >
          <MessageSquarePlus size={18} aria-hidden />
        </Button>
      ) : null}
      {proposals.length > 0 ? (
        <Button
          size="small"
          className={styles.button}
          aria-label={t('decideMany.title', { count: proposals.length })}
          title={`${t('decideMany.title', { count: proposals.length })} (Ctrl+Alt+Shift+D)`}
          onMouseDown={keepSelection}
          onClick={() =>
            state.show({ kind: 'decideMany', proposalIds: proposals.map(({ id }) => id) })
          }
        >
          <Gavel size={16} aria-hidden /> {proposals.length}
        </Button>
      ) : null}
    </div>
  )
}

const keepSelection = (event: MouseEvent) => event.preventDefault()

type Selection = { top: number; hasWords: boolean; clauseIds: readonly string[] }

/**
 * What is selected in the page, `top` px from the top of it; null while nothing is.
 * @param chairs the clauses are of use to whoever decides about proposals alone
 */
function useSelection(
  { handle }: DeskState,
  paper: RefObject<HTMLElement | null>,
  chairs: boolean,
) {
  const [selection, setSelection] = useState<Selection | null>(null)
  useEffect(() => {
    if (!handle) return
    const { editor } = handle
    let frame = 0
    const look = () => {
      frame = 0
      if (editor.isDestroyed) return
      const box = paper.current?.getBoundingClientRect()
      const clauseIds = chairs ? selectedClauses(editor) : []
      const hasWords = handle.selected() !== null
      if (!box || (clauseIds.length === 0 && !hasWords)) return setSelection(null)
      // Of a selection that begins above the screen, the top of the screen.
      const edge = paper.current?.closest('[data-scroller]')?.getBoundingClientRect().top ?? 0
      const { top } = editor.view.coordsAtPos(editor.state.selection.from)
      const next = {
        top: Math.round(Math.max(top, edge + EDGE) - box.top),
        hasWords,
        clauseIds,
      }
      setSelection((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    const schedule = () => {
      frame ||= requestAnimationFrame(look)
    }
    editor.on('selectionUpdate', schedule)
    const stop = handle.clausePositions.subscribe(schedule)
    return () => {
      setSelection(null)
      stop()
      cancelAnimationFrame(frame)
      editor.off('selectionUpdate', schedule)
    }
  }, [handle, paper, chairs])
  return selection
}

/** Px below the upper edge of the screen. */
const EDGE = 56
