import { useEffect, useRef } from 'react'
import { can } from '../../shared/accounts/permissions.ts'
import { useText } from '../base/useText.ts'
import { selectedClauses } from '../clauses/selectedClauses.ts'
import { proposalsOn } from '../proposals/decisions/selectedProposals.ts'
import { announce } from '../ui/announce.ts'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** Ctrl+Alt+Shift+D: the chair decides the proposals on what is selected (UX-34). */
export function useDecideKey(listens: boolean, desk: Desk, state: DeskState): void {
  const t = useText()
  const decide = () => {
    const { handle, show } = state
    const proposals = handle ? proposalsOn(desk.proposals, selectedClauses(handle.editor)) : []
    const chairs = can(desk.actor, 'proposal.decide', { ...desk.scene, proposerId: null })
    if (proposals.length === 0) announce(t('decideMany.none'))
    else if (!chairs) announce(t('decideMany.notYours'))
    else show({ kind: 'decideMany', proposalIds: proposals.map(({ id }) => id) })
  }
  const latest = useRef(decide)
  latest.current = decide
  useEffect(() => {
    if (!listens) return
    const onKeyDown = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey
      if (event.code !== 'KeyD' || !command || !event.altKey || !event.shiftKey) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [listens])
}
