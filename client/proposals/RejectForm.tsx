import { type ReactNode, useState } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import styles from './ProposalCard.module.css'

/** A rejection with the reason that should go with it. */
export function RejectForm(props: {
  problem: ReactNode
  busy: boolean
  onReject(reason: string | null): void
  onCancel(): void
}) {
  const { problem, busy, onReject, onCancel } = props
  const t = useText()
  const [reason, setReason] = useState('')
  return (
    <div className={styles.form} data-draft>
      <TextArea
        label={t('late.reason')}
        autoFocus
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {problem}
      <div className={styles.actions}>
        <Button
          look="primary"
          size="small"
          disabled={busy}
          onClick={() => onReject(reason.trim() || null)}
        >
          {t('late.reject')}
        </Button>
        <Button look="ghost" size="small" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  )
}
