import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { afterAct, useStillHere } from '../base/afterAct.ts'
import { errorText } from '../base/errorText.ts'
import { fingerprint } from '../base/fingerprint.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import styles from './PositionCard.module.css'
import { useTakeAll } from './usePositions.ts'

export function AgreeAllDialog(props: {
  documentId: DocumentId
  title: string
  contentHash: string
  /** Clauses, tables and the structure. */
  items: number
  /** Reservations and objections of this agency that would be replaced. */
  replaces: number
  /** Words of one's own that the server does not have yet: what it would agree to is not what is on screen. */
  unsent: boolean
  onClose(): void
}) {
  const { contentHash, replaces, unsent, onClose } = props
  const t = useText()
  const say = useSay()
  const here = useStillHere()
  const takeAll = useTakeAll(props.documentId)
  const [seen] = useState(contentHash)
  const agree = () =>
    afterAct(takeAll, contentHash, () => {
      say.done(t('agreeAll.done'))
      if (here.current) onClose()
    })
  return (
    <Dialog open onClose={onClose} title={t('agreeAll.title')} lead={t('agreeAll.lead')}>
      <blockquote className={styles.words}>{props.title}</blockquote>
      <p className={styles.print}>
        {t('agreeAll.count', { count: props.items })} · {t('position.fingerprint')}:{' '}
        <code>{fingerprint(contentHash)}</code>
      </p>
      {replaces > 0 ? <Problem>{t('agreeAll.replaces', { count: replaces })}</Problem> : null}
      <Problem>{seen === contentHash ? null : t('agreeAll.changed')}</Problem>
      <Problem>{unsent ? t('position.unsent') : null}</Problem>
      <Problem>{takeAll.error ? errorText(t, takeAll.error) : null}</Problem>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" disabled={takeAll.isPending || unsent} onClick={agree}>
          {t('agreeAll.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
