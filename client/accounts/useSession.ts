import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { accountRoutes, SessionView } from '../../shared/accounts/api.ts'
import { call } from '../base/api.ts'
import { ApiError, isRefusal } from '../base/apiError.ts'
import { queryKey } from '../base/queryKey.ts'
import { hearOtherTabs, tellOtherTabs } from './otherTabs.ts'
import type { Credentials } from './SignInPage.tsx'

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: queryKey.session,
    queryFn: async ({ client }): Promise<SessionView | null> => {
      const session = await currentSession()
      // Another tab may have signed somebody else in.
      if (userIn(client) !== session?.user.id) forgetAnswers(client)
      return session
    },
    staleTime: 60_000,
  })
}

async function currentSession(): Promise<SessionView | null> {
  try {
    return await call(accountRoutes.session, {})
  } catch (error) {
    if (isRefusal(error, 'auth/required')) return null
    throw error
  }
}

const userIn = (client: QueryClient) =>
  client.getQueryData<SessionView | null>(queryKey.session)?.user.id

/** Nothing of the last person may show to the next one at this device. */
function forgetAnswers(client: QueryClient): void {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey.session[0] })
}

/** First whoever watches the session: clearing everything would leave them with a query that is no more. */
function endSession(client: QueryClient): void {
  client.setQueryData(queryKey.session, null)
  forgetAnswers(client)
}

/**
 * This page follows when another tab of the browser signs somebody in or out.
 * @param onSignedOut hears who has left this device, after the page has let go of them
 */
export function useOtherTabs(onSignedOut: (userId: string) => void): void {
  const client = useQueryClient()
  useEffect(
    () =>
      hearOtherTabs(({ kind, userId }) => {
        if (kind === 'signed-out') {
          if (userIn(client) === userId) endSession(client)
          onSignedOut(userId)
        }
        void client.invalidateQueries({ queryKey: queryKey.session })
      }),
    [client, onSignedOut],
  )
}

/** @throws {ApiError} `unreadable` when that is no answer of our server */
export function readSession(answer: unknown): SessionView {
  const session = SessionView.safeParse(answer)
  if (session.success) return session.data
  throw new ApiError('unreadable', 200, {}, { cause: session.error })
}

/** @throws {ApiError} the refusal */
export async function signIn(credentials: Credentials): Promise<SessionView> {
  const session = await call(accountRoutes.signIn, { body: credentials })
  tellOtherTabs({ kind: 'signed-in', userId: session.user.id })
  return session
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(accountRoutes.signOut, {}),
    onSuccess: () => endSession(client),
  })
}
