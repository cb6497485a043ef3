import { Check } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ApiError, isRefusal } from '../base/api.ts'
import { errorText } from '../base/errorText.ts'
import { type Translate, useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Problem, TextField } from '../ui/Field.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import styles from './SignInPage.module.css'
import { useSignIn } from './useSession.ts'

export function SignInPage() {
  const t = useText()
  const signIn = useSignIn()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ account: account.trim(), password }, { onError: () => setPassword('') })
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
          <Problem>{signIn.error ? refusalText(t, signIn.error) : null}</Problem>
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
          <Button type="submit" look="primary" size="large" wide disabled={signIn.isPending}>
            {t(signIn.isPending ? 'signIn.busy' : 'signIn.submit')}
          </Button>
        </form>
        <div className={styles.language}>
          <LanguageSwitch />
        </div>
      </section>
    </main>
  )
}

/** The limit says how long it lasts where the server tells. */
function refusalText(t: Translate, error: unknown): string {
  const seconds = error instanceof ApiError ? error.details.retryAfter : undefined
  if (isRefusal(error, 'server/too-many') && typeof seconds === 'number')
    return t('signIn.wait', { minutes: Math.max(1, Math.ceil(seconds / 60)) })
  return errorText(t, error)
}
