import type { DocumentId } from '../../shared/base/ids.ts'
import type { VersionView } from '../../shared/versions/api.ts'
import { errorText } from '../base/errorText.ts'
import { longTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { useRestore } from './useVersions.ts'

/** Asks first: everybody's text changes (UX-52). */
export function RestoreDialog(props: {
  documentId: DocumentId
  version: VersionView
  clauseId: string | null
  onClose(): void
}) {
  const { documentId, version, clauseId, onClose } = props
  const t = useText()
  const say = useSay()
  const [language] = useLanguage()
  const restore = useRestore(documentId, version.id)
  const time = longTime(version.at, language)
  const confirm = () =>
    restore.mutate(clauseId, {
      onSuccess: () => {
        say.done(t('history.restored'))
        onClose()
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(clauseId === null ? 'history.restoreTitle' : 'history.restoreClauseTitle', { time })}
      lead={t('history.restoreLead')}
    >
      <Problem>{restore.error ? errorText(t, restore.error) : null}</Problem>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" disabled={restore.isPending} onClick={confirm}>
          {t(clauseId === null ? 'history.restore' : 'history.restoreClause')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
