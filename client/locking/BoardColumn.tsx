import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import type { Phase } from '../../shared/documents/document.ts'
import type { Blocker } from '../../shared/locking/api.ts'
import type { AgencyDirectory } from '../base/agencyDirectory.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Problem } from '../ui/Field.tsx'
import { PhaseBadge } from './PhaseBadge.tsx'
import styles from './Readiness.module.css'
import { ReadinessList } from './ReadinessList.tsx'

/** One document of the board. */
export function BoardColumn(props: {
  title: string
  phase: Phase
  /** Null while they are not known. */
  blockers: readonly Blocker[] | null
  error?: unknown
  agencies: AgencyDirectory
  parties: number
  placeOf(clauseId: string): string
  onShow(clauseId: string): void
}) {
  const { title, phase, blockers } = props
  const t = useText()
  const id = useId()
  const ready = blockers?.length === 0
  return (
    <section className={styles.column} aria-labelledby={id} data-blockers={blockers?.length}>
      <h3 id={id}>{title}</h3>
      {phase !== 'drafting' ? (
        <PhaseBadge phase={phase} />
      ) : props.error ? (
        <Problem>{errorText(t, props.error)}</Problem>
      ) : blockers === null ? (
        <p aria-busy>{t('board.loading')}</p>
      ) : (
        <>
          <p className={styles.sum} data-ready={ready}>
            {ready ? (
              <CircleCheck size={16} aria-hidden />
            ) : (
              <TriangleAlert size={16} aria-hidden />
            )}
            {ready ? t('ready.ready') : t('ready.count', { count: blockers.length })}
          </p>
          {ready ? null : <ReadinessList {...props} blockers={blockers} />}
        </>
      )}
    </section>
  )
}
