import { CHOOSABLE, type Choices } from '../../shared/inbox/api.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Problem } from '../ui/Field.tsx'
import styles from './Inbox.module.css'
import { useChoose } from './useInbox.ts'

/** What one wants to be told of; a signature that is due cannot be turned off. */
export function InboxChoices({ choices }: { choices: Choices }) {
  const t = useText()
  const choose = useChoose()
  const shown = choose.isPending ? { ...choices, ...choose.variables } : choices
  return (
    <details className={styles.choices}>
      <summary>{t('inbox.choices')}</summary>
      {CHOOSABLE.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={shown[kind]}
            onChange={({ target }) => choose.mutate({ [kind]: target.checked })}
          />
          {t(`inbox.kind.${kind}`)}
        </label>
      ))}
      <label>
        <input type="checkbox" checked disabled readOnly />
        {t('inbox.kind.signature')}
      </label>
      <Problem>{choose.error ? errorText(t, choose.error) : null}</Problem>
    </details>
  )
}
