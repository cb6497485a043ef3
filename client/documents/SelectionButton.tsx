import { MessageSquarePlus } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { PHONE, useMedia } from '../base/useMedia.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './SelectionButton.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** At the edge of the page, at the height of the selected words: a comment on them (UX-40, UX-48). */
export function SelectionButton(props: {
  desk: Desk
  state: DeskState
  paper: RefObject<HTMLElement | null>
}) {
  const { desk, state } = props
  const t = useText()
  const phone = useMedia(PHONE)
  const top = useSelectionTop(state, props.paper)
  if (top === null || state.composing || !can(desk.actor, 'thread.open', desk.scene)) return null
  const compose = () => {
    const clauseId = state.handle?.selected()?.clauseId
    if (!clauseId) return
    state.compose(clauseId)
    if (phone) state.show({ kind: 'clause', clauseId })
  }
  return (
    <Button
      icon
      className={styles.button}
      style={{ top }}
      aria-label={t('thread.onWords')}
      title={`${t('thread.onWords')} (Ctrl+Alt+M)`}
      // The selection stays.
      onMouseDown={(event) => event.preventDefault()}
      onClick={compose}
    >
      <MessageSquarePlus size={18} aria-hidden />
    </Button>
  )
}

/** Px from the top of the page; null while nothing is selected in it. */
function useSelectionTop({ handle }: DeskState, paper: RefObject<HTMLElement | null>) {
  const [top, setTop] = useState<number | null>(null)
  useEffect(() => {
    if (!handle) return
    const { editor } = handle
    let frame = 0
    const look = () => {
      frame = 0
      if (editor.isDestroyed) return
      const { empty, from } = editor.state.selection
      const box = paper.current?.getBoundingClientRect()
      if (empty || !box || handle.selected() === null) return setTop(null)
      setTop(Math.round(editor.view.coordsAtPos(from).top - box.top))
    }
    const schedule = () => {
      frame ||= requestAnimationFrame(look)
    }
    editor.on('selectionUpdate', schedule)
    const stop = handle.clausePositions.subscribe(schedule)
    return () => {
      setTop(null)
      stop()
      cancelAnimationFrame(frame)
      editor.off('selectionUpdate', schedule)
    }
  }, [handle, paper])
  return top
}
