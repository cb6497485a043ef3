import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { BlocId } from '../../shared/base/ids.ts'
import { DocumentKind } from '../../shared/documents/document.ts'
import { SignInPage } from '../accounts/SignInPage.tsx'
import { StepUpProvider } from '../accounts/StepUp.tsx'
import { useSession } from '../accounts/useSession.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { DeskFrame } from '../documents/DeskFrame.tsx'
import { HomePage } from '../documents/HomePage.tsx'
import { SignOutOffer } from '../sync/SignOutOffer.tsx'
import { Button } from '../ui/Button.tsx'
import { Calm } from '../ui/Calm.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { TipProvider } from '../ui/Tip.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { createQueryClient } from './queryClient.ts'

/** The editor is most of the weight; whoever only signs in does not wait for it. */
const DeskPage = lazy(async () => {
  const { DeskPage: component } = await import('../documents/DeskPage.tsx')
  return { default: component }
})

export function App() {
  const t = useText()
  const [client] = useState(createQueryClient)
  return (
    <ErrorBoundary
      title={t('home.failed')}
      text={t('error.server/unexpected')}
      again={t('common.retry')}
    >
      <QueryClientProvider client={client}>
        <TipProvider>
          <Toasts>
            <SignOutOffer>
              <Pages />
            </SignOutOffer>
          </Toasts>
        </TipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}

/** Signed out, every address shows the sign-in; afterwards the person is where they wanted to be. */
function Pages() {
  const t = useText()
  const session = useSession()
  if (session.error && !session.data)
    return (
      <Calm title={t('home.failed')}>
        <p>{errorText(t, session.error)}</p>
        <Button look="primary" onClick={() => void session.refetch()}>
          {t('common.retry')}
        </Button>
      </Calm>
    )
  if (session.data === undefined) return null
  if (session.data === null) return <SignInPage />
  const { user } = session.data
  return <PagesOf key={user.id} user={user} />
}

/** Mounted anew for each person: what one has begun, another tab's sign-in must not let the next one finish. */
function PagesOf({ user }: { user: SessionUser }) {
  return (
    <StepUpProvider>
      <Switch>
        <Route path="/bloc/:blocId/:kind">
          {(params) => {
            const blocId = BlocId.safeParse(params.blocId)
            const kind = DocumentKind.safeParse(params.kind)
            if (!blocId.success || !kind.success) return <Redirect to="/" replace />
            return (
              <Suspense fallback={<DeskFrame />}>
                <DeskPage blocId={blocId.data} kind={kind.data} user={user} />
              </Suspense>
            )
          }}
        </Route>
        <Route path="/">
          <HomePage user={user} />
        </Route>
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </StepUpProvider>
  )
}
