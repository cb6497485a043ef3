import { QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { SessionUser, SessionView } from '../../shared/accounts/api.ts'
import { BlocId } from '../../shared/base/ids.ts'
import { DocumentKind } from '../../shared/documents/document.ts'
import { type Credentials, SignInPage } from '../accounts/SignInPage.tsx'
import { StepUpProvider } from '../accounts/StepUp.tsx'
import { signIn, useSession } from '../accounts/useSession.ts'
import { queryKey } from '../base/queryKey.ts'
import { usePart } from '../base/usePart.ts'
import { useText } from '../base/useText.ts'
import { draftDatabase } from '../clauses/suggest/draftDatabase.ts'
import { DeskFrame } from '../documents/DeskFrame.tsx'
import { HomePage } from '../documents/HomePage.tsx'
import { SignOutOffer } from '../sync/SignOutOffer.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { FailedPage } from '../ui/FailedPage.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { TipProvider } from '../ui/Tip.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { createQueryClient } from './queryClient.ts'

/** @param props.session who is signed in, as the server has just said it */
export function App({ session }: { session: SessionView }) {
  const t = useText()
  const [client] = useState(() => createQueryClient(session))
  return (
    <ErrorBoundary
      title={t('page.failed')}
      text={t('error.server/unexpected')}
      again={t('common.retry')}
    >
      <LiveRegion />
      <QueryClientProvider client={client}>
        <TipProvider>
          <Toasts>
            <SignOutOffer drafts={draftDatabase}>
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
  const client = useQueryClient()
  const session = useSession()
  if (session.error && !session.data)
    return <FailedPage error={session.error} onAgain={() => void session.refetch()} />
  if (session.data === undefined) return null
  if (session.data !== null) return <PagesOf key={session.data.user.id} user={session.data.user} />
  const enter = async (credentials: Credentials) => {
    client.setQueryData(queryKey.session, await signIn(credentials))
  }
  return <SignInPage onSubmit={enter} />
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
            return <Desk blocId={blocId.data} kind={kind.data} user={user} />
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

/** The editor is most of the weight; whoever only signs in does not wait for it. */
function Desk(props: { blocId: BlocId; kind: DocumentKind; user: SessionUser }) {
  const { part, error, again } = usePart('desk', () => import('../documents/DeskPage.tsx'))
  if (part) return <part.DeskPage {...props} />
  if (!error) return <DeskFrame />
  return <FailedPage error={error} onAgain={again} />
}
