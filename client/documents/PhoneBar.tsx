import { ListTree, Search } from 'lucide-react'
import { useText } from '../base/useText.ts'
import { openThreads } from '../comments/useThreads.ts'
import { Button } from '../ui/Button.tsx'
import styles from './PhoneBar.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'
import { useNextAction } from './useNextAction.ts'

/** Two large buttons at the thumb: what is next, and what others say. */
export function PhoneBar({ desk, state }: { desk: Desk; state: DeskState }) {
  const t = useText()
  const act = useNextAction(desk, state, true)
  const { next } = desk
  const threads = openThreads(desk.threads).length
  return (
    <div className={styles.bar}>
      <Button
        size="large"
        icon
        aria-label={t('desk.outline.open')}
        onClick={() => state.show({ kind: 'outline' })}
      >
        <ListTree size={20} aria-hidden />
      </Button>
      <Button
        size="large"
        icon
        aria-label={t('find.title')}
        onClick={() => state.handle?.openFind(false)}
      >
        <Search size={20} aria-hidden />
      </Button>
      <Button look="primary" size="large" data-next={next.kind} onClick={act}>
        {next.kind === 'agree'
          ? t('next.agree.short', { count: next.count })
          : t(`next.${next.kind}.button`)}
      </Button>
      <Button size="large" onClick={() => state.show({ kind: 'threads' })}>
        {threads > 0 ? t('desk.threadsButton', { count: threads }) : t('desk.threadsButtonNone')}
      </Button>
    </div>
  )
}
