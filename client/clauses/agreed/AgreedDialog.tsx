import type { ClauseView } from '../../../shared/clauses/api.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog, DialogActions } from '../../ui/Dialog.tsx'
import styles from '../EditorToolbar.module.css'

/** Clauses that are shown with their words; more are counted. */
const SHOWN = 3

/** What to do with an edit of words that are agreed. */
export function AgreedDialog(props: {
  clauses: readonly ClauseView[]
  placeOf(clauseId: string): string
  onPropose(): void
  onEdit(): void
  onClose(): void
}) {
  const { clauses, placeOf, onPropose, onEdit, onClose } = props
  const t = useText()
  const more = clauses.length - SHOWN
  return (
    <Dialog open onClose={onClose} title={t('agreed.title')} lead={t('agreed.lead')}>
      {/* Whoever goes on typing presses nothing by it. */}
      <div data-first-focus tabIndex={-1}>
        {clauses.slice(0, SHOWN).map(({ id, text }) => (
          <blockquote key={id} className={styles.quote} lang="vi">
            <b>{placeOf(id)}</b>: {text}
          </blockquote>
        ))}
        {more > 0 ? <p>{t('agreed.more', { count: more })}</p> : null}
      </div>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button onClick={onEdit}>{t('agreed.edit')}</Button>
        <Button look="primary" onClick={onPropose}>
          {t('agreed.propose')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
