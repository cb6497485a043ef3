import { useState } from 'react'
import { type ThreadView, TRIAGE_LIMIT } from '../../shared/comments/api.ts'
import { afterAct } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { CloseWithReason } from './CloseWithReason.tsx'
import styles from './ThreadPanel.module.css'
import { useResolveMany } from './useThreads.ts'

/** Resolves what is picked among the threads shown, of which one may close each. */
export function BulkResolve(props: {
  closable: readonly ThreadView[]
  picked: ReadonlySet<string>
  onPick(picked: ReadonlySet<string>): void
  agencyId: string | null
}) {
  const { closable, picked, onPick, agencyId } = props
  const t = useText()
  const say = useSay()
  const resolve = useResolveMany()
  const [asking, setAsking] = useState(false)
  const chosen = closable.filter(({ id }) => picked.has(id)).slice(0, TRIAGE_LIMIT)
  const send = (reason?: string) =>
    afterAct(
      resolve,
      { threadIds: chosen.map(({ id }) => id), ...(reason && { reason }) },
      ({ resolved, refused }) => {
        setAsking(false)
        onPick(new Set())
        if (resolved.length > 0) say.done(t('thread.resolvedMany', { count: resolved.length }))
        if (refused.length > 0) say.problem(t('thread.refusedMany', { count: refused.length }))
      },
    )
  const needsReason = chosen.some((thread) => thread.agencyId !== agencyId)
  return (
    <div className={styles.bulk}>
      <label>
        <input
          type="checkbox"
          checked={chosen.length === Math.min(closable.length, TRIAGE_LIMIT)}
          onChange={({ target }) =>
            onPick(new Set(target.checked ? closable.map(({ id }) => id) : []))
          }
        />
        {t('thread.pickAll')}
      </label>
      {chosen.length > 0 ? (
        <Button
          size="small"
          disabled={resolve.isPending}
          onClick={() => (needsReason ? setAsking(true) : send())}
        >
          {t('thread.resolveMany', { count: chosen.length })}
        </Button>
      ) : null}
      <Problem>{resolve.error ? errorText(t, resolve.error) : null}</Problem>
      {asking ? (
        <CloseWithReason
          reopening={false}
          lead={t('thread.reasonMany')}
          busy={resolve.isPending}
          onCancel={() => setAsking(false)}
          onConfirm={send}
        />
      ) : null}
    </div>
  )
}
