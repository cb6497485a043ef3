import { useId } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import styles from './NextCard.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'
import { useNextAction } from './useNextAction.ts'

/** One sentence and one button for this person in this phase. */
export function NextCard({ desk, state }: { desk: Desk; state: DeskState }) {
  const t = useText()
  const id = useId()
  const act = useNextAction(desk, state, false)
  const { next, actor, agencies } = desk
  const who = agencies.get(actor.agencyId ?? '')?.name ?? actor.name
  return (
    <section className={styles.next} data-next={next.kind} aria-labelledby={id}>
      <h2 id={id}>{t('next.title', { who })}</h2>
      <p>{t(`next.${next.kind}`, 'count' in next ? { count: next.count } : {})}</p>
      <Button look="primary" wide onClick={act}>
        {t(`next.${next.kind}.button`)}
      </Button>
      {next.kind === 'agree' ? (
        <Button
          className={styles.also}
          look="ghost"
          size="small"
          wide
          onClick={() => state.show({ kind: 'agreeAll' })}
        >
          {t('agreeAll.button')}
        </Button>
      ) : null}
    </section>
  )
}
