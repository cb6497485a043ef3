import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { SessionView } from '../../shared/accounts/api.ts'
import { ApiError, isRefusal } from '../base/apiError.ts'
import { queryKey } from '../base/queryKey.ts'

const RETRIES = 2

/** Only silence and overload are worth asking again; a refusal stays one. */
const worthRetrying = (error: unknown) =>
  error instanceof ApiError && (error.code === 'network' || error.code === 'server/busy')

/** @param session who is signed in, which need not be asked again */
export function createQueryClient(session: SessionView): QueryClient {
  /** The session has ended somewhere: the next answer of `session` shows the sign-in page. */
  const onError = (error: unknown) => {
    if (isRefusal(error, 'auth/required'))
      void client.invalidateQueries({ queryKey: queryKey.session })
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Notices over the socket say what has changed; this is for what a broken line may have swallowed.
        staleTime: 30_000,
        retry: (count, error) => count < RETRIES && worthRetrying(error),
      },
      // What is not sent now is said now: an act must not happen later, behind its author's back.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  client.setQueryData(queryKey.session, session)
  return client
}
