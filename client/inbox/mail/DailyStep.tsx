import { errorText } from '../../base/errorText.ts'
import { useText } from '../../base/useText.ts'
import { Button } from '../../ui/Button.tsx'
import { Problem } from '../../ui/Field.tsx'
import { useShown } from '../useInbox.ts'
import styles from './MailDigest.module.css'
import { useChooseMail, useRemoveAddress } from './useMail.ts'

export function DailyStep(props: {
  address: string
  daily: boolean
  /** Null while another address is on its way. */
  onChange: (() => void) | null
}) {
  const t = useText()
  const choose = useChooseMail()
  const remove = useRemoveAddress()
  const [{ daily }, showWhile] = useShown({ daily: props.daily })
  const error = remove.error ?? choose.error
  return (
    <>
      <Problem>{error ? errorText(t, error) : null}</Problem>
      <p className={styles.address}>{t('inbox.mail.to', { address: props.address })}</p>
      <label>
        <input
          type="checkbox"
          checked={daily}
          onChange={({ target }) => {
            const frequency = target.checked ? 'daily' : 'off'
            showWhile({ daily: target.checked }, () => choose.mutateAsync({ frequency }))
          }}
        />
        {t('inbox.mail.daily')}
      </label>
      <div className={styles.acts}>
        {props.onChange ? (
          <Button size="small" onClick={props.onChange}>
            {t('inbox.mail.change')}
          </Button>
        ) : null}
        <Button size="small" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {t('inbox.mail.remove')}
        </Button>
      </div>
    </>
  )
}
