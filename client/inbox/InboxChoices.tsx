import { CHOOSABLE, type ChoosableKind, type Inbox } from '../../shared/inbox/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Problem } from '../ui/Field.tsx'
import styles from './Inbox.module.css'
import { MailDigest } from './mail/MailDigest.tsx'
import { useChooseMail } from './mail/useMail.ts'
import { useChoose, useShown } from './useInbox.ts'

const NONE = {}

/** What one wants to be told of, here and by mail; a signature that is due cannot be turned off. */
export function InboxChoices({ choices, mail }: Pick<Inbox, 'choices' | 'mail'>) {
  const t = useText()
  const choose = useChoose()
  const [shown, showWhile] = useShown(choices)
  const mailing = useChooseMail()
  const [mailed, showMailedWhile] = useShown<Partial<typeof choices>>(mail?.kinds ?? NONE)
  const error = choose.error ?? mailing.error
  const byMail = (kind: ChoosableKind | 'signature') => {
    if (mail?.frequency !== 'daily') return null
    const isFixed = kind === 'signature'
    return (
      <label className={styles.byMail}>
        <input
          type="checkbox"
          checked={isFixed || (shown[kind] && mailed[kind] === true)}
          disabled={isFixed || !shown[kind]}
          aria-label={t('inbox.mail.kindOf', { kind: t(`inbox.kind.${kind}`) })}
          onChange={({ target }) => {
            const kinds = { [kind]: target.checked }
            showMailedWhile(kinds, () => mailing.mutateAsync({ kinds }))
          }}
        />
        {t('inbox.mail.kind')}
      </label>
    )
  }
  return (
    <details className={styles.choices}>
      <summary>{t('inbox.choices')}</summary>
      {CHOOSABLE.map((kind) => (
        <div key={kind} className={styles.choice}>
          <label>
            <input
              type="checkbox"
              checked={shown[kind]}
              onChange={({ target }) => {
                const chosen = { [kind]: target.checked }
                showWhile(chosen, () => choose.mutateAsync(chosen))
              }}
            />
            {t(`inbox.kind.${kind}`)}
          </label>
          {byMail(kind)}
        </div>
      ))}
      <div className={styles.choice}>
        <label>
          <input type="checkbox" checked disabled readOnly />
          {t('inbox.kind.signature')}
        </label>
        {byMail('signature')}
      </div>
      <Problem>{error ? errorText(t, error) : null}</Problem>
      {mail ? <MailDigest mail={mail} /> : null}
    </details>
  )
}
