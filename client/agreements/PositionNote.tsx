import { type FormEvent, useState } from 'react'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import styles from './PositionCard.module.css'

/** A reservation may be silent, an objection may not: the others have to know what to change. */
export function PositionNote(props: {
  kind: 'reserved' | 'objects'
  busy: boolean
  onSend(note: string): void
  onCancel(): void
}) {
  const t = useText()
  const [note, setNote] = useState('')
  const objects = props.kind === 'objects'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSend(note.trim())
  }
  return (
    <form className={styles.form} onSubmit={submit} data-draft>
      <TextArea
        label={t(objects ? 'position.objectNote' : 'position.reserveNote')}
        hint={t(objects ? 'position.objectHint' : 'position.reserveHint')}
        autoFocus
        required={objects}
        maxLength={4_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.actions}>
        <Button
          type="submit"
          look="primary"
          size="small"
          disabled={props.busy || (objects && note.trim() === '')}
        >
          {t(objects ? 'position.sendObject' : 'position.sendReserve')}
        </Button>
        <Button look="ghost" size="small" onClick={props.onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
