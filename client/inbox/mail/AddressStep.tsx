import { type FormEvent, useState } from 'react'
import { StepUpCancelled } from '../../accounts/StepUp.tsx'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Problem, TextField } from '../../ui/Field.tsx'
import styles from './MailDigest.module.css'
import { useAskForCode } from './useMail.ts'

export function AddressStep(props: {
  onDone(): void
  /** Null where there is nothing to go back to. */
  onCancel: (() => void) | null
}) {
  const t = useText()
  const ask = useAskForCode()
  const [address, setAddress] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask.mutate(address, { onSuccess: props.onDone })
  }
  const failed = ask.error && !(ask.error instanceof StepUpCancelled)
  return (
    <form onSubmit={submit}>
      <Problem>{failed ? errorText(t, ask.error) : null}</Problem>
      <TextField
        label={t('inbox.mail.address')}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" size="small" look="primary" disabled={ask.isPending}>
          {t('inbox.mail.ask')}
        </Button>
        {props.onCancel ? (
          <Button size="small" onClick={props.onCancel}>
            {t('common.cancel')}
          </Button>
        ) : null}
      </div>
    </form>
  )
}
