import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import type { SessionUser } from '../../shared/accounts/api.ts'
import { BlocId } from '../../shared/base/ids.ts'
import { DocumentKind } from '../../shared/documents/document.ts'
import { SignInPage } from '../accounts/SignInPage.tsx'
import { StepUpProvider } from '../accounts/StepUp.tsx'
import { useSession } from '../accounts/useSession.ts'
import { isRefusal } from '../base/api.ts'
import { fetchPart } from '../base/fetchPart.ts'
import { queryKey } from '../base/queryKey.ts'
import { useText } from '../base/useText.ts'
import { DeskFrame } from '../documents/DeskFrame.tsx'
import { FailedPage } from '../documents/FailedPage.tsx'
import { HomePage } from '../documents/HomePage.tsx'
import { SignOutOffer } from '../sync/SignOutOffer.tsx'
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx'
import { LiveRegion } from '../ui/LiveRegion.tsx'
import { TipProvider } from '../ui/Tip.tsx'
import { Toasts } from '../ui/Toasts.tsx'
import { createQueryClient } from './queryClient.ts'

export function App() {
  const t = useText()
  const [client] = useState(createQueryClient)
  return (
    <ErrorBoundary
      title={t('home.failed')}
      text={t('error.server/unexpected')}
      again={t('common.retry')}
    >
      <LiveRegion />
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
  const session = useSession()
  if (session.error && !session.data)
    return <FailedPage error={session.error} onAgain={() => void session.refetch()} />
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
  const part = useQuery({
    queryKey: queryKey.deskPart,
    queryFn: () => fetchPart(() => import('../documents/DeskPage.tsx')),
    staleTime: Number.POSITIVE_INFINITY,
    // Without a network it says so instead of waiting for one.
    networkMode: 'always',
  })
  if (part.data) return <part.data.DeskPage {...props} />
  if (!part.error) return <DeskFrame />
  // Of an older version nothing more can be fetched; and some browsers remember what they failed to fetch.
  const outdated = isRefusal(part.error, 'protocol/outdated')
  const again = () => (outdated ? window.location.reload() : void part.refetch())
  return <FailedPage error={part.error} onAgain={again} />
}
