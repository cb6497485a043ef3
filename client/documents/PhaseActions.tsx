import { can } from '../../shared/accounts/permissions.ts'
import { useText } from '../base/useText.ts'
import { PhaseBadge } from '../locking/PhaseBadge.tsx'
import { Button } from '../ui/Button.tsx'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

/** Where the document stands, and the weighty acts of whoever may: at most one of them is red. */
export function PhaseActions({ desk, state }: { desk: Desk; state: DeskState }) {
  const { document, actor, scene, signing } = desk
  const t = useText()
  const signed = signing?.places.some(({ status }) => status === 'signed') ?? true
  const unlockable =
    document.phase === 'locked' ||
    (document.phase === 'signing' && signing !== undefined && !signed)
  return (
    <>
      {document.phase === 'drafting' ? null : <PhaseBadge phase={document.phase} />}
      {unlockable && can(actor, 'document.unlock', scene) ? (
        <Button onClick={() => state.show({ kind: 'unlock' })}>{t('unlock.button')}</Button>
      ) : null}
      {document.phase === 'drafting' && can(actor, 'document.lock', scene) ? (
        <Button look="seal" onClick={() => state.show({ kind: 'lock' })}>
          {t('lock.button')}
        </Button>
      ) : null}
      {document.phase === 'locked' && can(actor, 'document.seal', scene) ? (
        <Button look="seal" onClick={() => state.show({ kind: 'seal' })}>
          {t('seal.button')}
        </Button>
      ) : null}
    </>
  )
}
