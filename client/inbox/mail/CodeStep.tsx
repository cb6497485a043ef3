import { type FormEvent, useState } from 'react'
import { MAIL_CODE_DIGITS } from '../../../shared/inbox/api.ts'
import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Problem, TextField } from '../../ui/Field.tsx'
import styles from './MailDigest.module.css'
import { type useConfirmAddress, useDropCode } from './useMail.ts'

export function CodeStep(props: {
  /** Where the code has gone. */
  address: string
  confirm: ReturnType<typeof useConfirmAddress>
  onOther(): void
}) {
  const t = useText()
  const { confirm } = props
  const drop = useDropCode()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    confirm.mutate(code.replace(/\D/g, ''))
  }
  return (
    <form onSubmit={submit}>
      <Problem>{drop.error ? errorText(t, drop.error) : null}</Problem>
      <TextField
        label={t('inbox.mail.code', { digits: MAIL_CODE_DIGITS })}
        hint={t('inbox.mail.asked', { address: props.address })}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        pattern={`\\s*(\\d\\s*){${MAIL_CODE_DIGITS}}`}
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" size="small" look="primary" disabled={confirm.isPending}>
          {t('inbox.mail.confirm')}
        </Button>
        <Button size="small" onClick={props.onOther}>
          {t('inbox.mail.other')}
        </Button>
        <Button size="small" disabled={drop.isPending} onClick={() => drop.mutate()}>
          {t('inbox.mail.drop')}
        </Button>
      </div>
    </form>
  )
}
