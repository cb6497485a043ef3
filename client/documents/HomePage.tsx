import { Redirect } from 'wouter'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { useSignOutRequest } from '../accounts/signOutRequest.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Calm } from '../ui/Calm.tsx'
import { FailedPage } from '../ui/FailedPage.tsx'
import { ProductMark } from '../ui/ProductMark.tsx'
import { useBlocs } from './useDocuments.ts'

/** To the desk of one's bloc; the newest year where there are several. */
export function HomePage({ user }: { user: SessionUser }) {
  const t = useText()
  const blocs = useBlocs()
  const signOut = useSignOutRequest()
  if (blocs.error) return <FailedPage error={blocs.error} onAgain={() => void blocs.refetch()} />
  if (!blocs.data) return null
  const [bloc] = [...blocs.data].sort((a, b) => b.year - a.year)
  if (bloc) return <Redirect to={`/bloc/${bloc.id}/covenant`} replace />
  const about = user.role === 'operator' ? 'home.operator' : 'home.none'
  return (
    <Calm picture={<ProductMark size={40} />} title={t(`${about}.title`)}>
      <p>{t(about)}</p>
      <Button onClick={signOut}>{t('account.signOut')}</Button>
    </Calm>
  )
}
