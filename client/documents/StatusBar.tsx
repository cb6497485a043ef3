import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { LanguageSwitch } from '../accounts/LanguageSwitch.tsx'
import { useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { presentPeople } from '../sync/presentPeople.ts'
import { Button } from '../ui/Button.tsx'
import { OddStructure } from './OddStructure.tsx'
import styles from './StatusBar.module.css'
import type { Desk } from './useDesk.ts'
import type { DeskState } from './useDeskState.ts'

export function StatusBar(props: { desk: Desk; state: DeskState; connection: DocumentConnection }) {
  const { desk, state, connection } = props
  const { document, agreement } = desk
  const t = useText()
  const present = useStore(useMemo(() => presentPeople(connection.awareness), [connection]))
  const people = new Set([desk.user.id, ...present.map(({ user }) => user.id)]).size
  const blockers = desk.blockers?.length ?? 0
  return (
    <>
      <span className={styles.item}>
        <span className={styles.dot} aria-hidden /> {t('desk.people', { count: people })}
      </span>
      <button
        type="button"
        className={`${styles.item} ${styles.agreed}`}
        title={t('matrix.title')}
        data-agreed={`${agreement.settled}/${agreement.total}`}
        onClick={() => state.show({ kind: 'matrix' })}
      >
        {t('desk.agreed', {
          title: t(`desk.kind.${document.kind}`),
          done: agreement.settled,
          total: agreement.total,
        })}
        <span className={styles.bar} aria-hidden>
          <i style={{ width: `${(100 * agreement.settled) / Math.max(1, agreement.total)}%` }} />
        </span>
      </button>
      {desk.blockers ? (
        <button
          type="button"
          className={`${styles.item} ${styles.blockers}`}
          data-ready={blockers === 0}
          onClick={() => state.show({ kind: 'blockers' })}
        >
          {blockers === 0 ? (
            <CircleCheck size={15} aria-hidden />
          ) : (
            <TriangleAlert size={15} aria-hidden />
          )}
          {blockers === 0 ? t('ready.ready') : t('ready.count', { count: blockers })}
        </button>
      ) : null}
      <OddStructure desk={desk} state={state} />
      <span className={`${styles.item} ${styles.end}`}>
        {state.handle ? (
          <Button look="ghost" size="small" onClick={() => state.handle?.openFind(false)}>
            {t('find.title')}
          </Button>
        ) : null}
        <LanguageSwitch />
        <Button look="ghost" size="small" onClick={() => state.show({ kind: 'shortcuts' })}>
          {t('desk.shortcuts')}
        </Button>
      </span>
    </>
  )
}
