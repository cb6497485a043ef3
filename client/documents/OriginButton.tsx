import { History } from 'lucide-react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import type { DeskState } from './useDeskState.ts'

/** Opens where a clause comes from. */
export function OriginButton(props: { state: Pick<DeskState, 'show'>; clauseId: string }) {
  const { state, clauseId } = props
  const t = useText()
  return (
    <Button size="small" look="ghost" onClick={() => state.show({ kind: 'origin', clauseId })}>
      <History size={16} aria-hidden /> {t('origin.button')}
    </Button>
  )
}
