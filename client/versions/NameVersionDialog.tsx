import { type FormEvent, useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { VersionView } from '../../shared/versions/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem, TextField } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { useNameVersion } from './useVersions.ts'

/** @param props.version null keeps the text as it is now */
export function NameVersionDialog(props: {
  documentId: DocumentId
  version: VersionView | null
  onClose(): void
}) {
  const { documentId, version, onClose } = props
  const t = useText()
  const say = useSay()
  const save = useNameVersion(documentId, version?.id ?? null)
  const [name, setName] = useState(version?.name ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(name.trim(), {
      onSuccess: () => {
        say.done(t('history.named', { name: name.trim() }))
        onClose()
      },
    })
  }
  return (
    <Dialog open onClose={onClose} title={t(version ? 'history.name' : 'history.nameNow')}>
      <form onSubmit={submit}>
        <Problem>{save.error ? errorText(t, save.error) : null}</Problem>
        <TextField
          label={t('history.nameField')}
          required
          autoFocus
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" disabled={save.isPending || name.trim() === ''}>
            {t('common.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
