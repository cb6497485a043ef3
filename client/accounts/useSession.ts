import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { accountRoutes, type SessionView } from '../../shared/accounts/api.ts'
import { call, isRefusal } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({
    queryKey: queryKey.session,
    queryFn: async (): Promise<SessionView | null> => {
      try {
        return await call(accountRoutes.session, {})
      } catch (error) {
        if (isRefusal(error, 'auth/required')) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: { account: string; password: string }) =>
      call(accountRoutes.signIn, { body: credentials }),
    onSuccess: (session) => client.setQueryData(queryKey.session, session),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call(accountRoutes.signOut, {}),
    onSuccess: () => {
      // First whoever watches the session: clearing everything would leave them with a query that is no more.
      client.setQueryData(queryKey.session, null)
      // Nothing of the last person may show to the next one at this device.
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey.session[0] })
    },
  })
}
