import { Check } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextField } from '../ui/Field.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import styles from './SignInPage.module.css'

export type Credentials = { account: string; password: string }

/** @param props.onSubmit rejects with the refusal; who is signed in sees another page */
export function SignInPage({ onSubmit }: { onSubmit(credentials: Credentials): Promise<void> }) {
  const t = useText()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    onSubmit({ account: account.trim(), password }).catch((cause: unknown) => {
      setError(cause)
      setPassword('')
      setBusy(false)
    })
  }
  return (
    <main className={styles.page}>
      <section className={styles.about}>
        <ProductMark size={36} />
        <h1>{t('signIn.what')}</h1>
        <ul>
          {(['signIn.point1', 'signIn.point2', 'signIn.point3'] as const).map((key) => (
            <li key={key}>
              <Check size={18} aria-hidden /> {t(key)}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.card}>
        <h2>{t('signIn.title')}</h2>
        <form onSubmit={submit}>
          <Problem>{error ? errorText(t, error) : null}</Problem>
          <TextField
            label={t('signIn.account')}
            name="account"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            autoFocus
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
          <TextField
            label={t('signIn.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" look="primary" size="large" wide disabled={busy}>
            {t(busy ? 'signIn.busy' : 'signIn.submit')}
          </Button>
        </form>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
      </section>
    </main>
  )
}
