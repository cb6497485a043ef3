import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { startTransition, useOptimistic } from 'react'
import { type Choices, type Inbox, type InboxItem, inboxRoutes } from '../../shared/inbox/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'

export const useInbox = () =>
  useQuery({ queryKey: queryKey.inbox, queryFn: () => call(inboxRoutes.get, {}) })

export function useReadItems() {
  const keep = useKeep()
  return useMutation({
    mutationFn: (items: readonly InboxItem[]) =>
      call(inboxRoutes.read, { body: { ids: items.map(({ id }) => id) } }),
    onSuccess: keep,
  })
}

/** One choice after the other, so that the answer that comes last is the one that holds for all of them. */
export const IN_ORDER = { scope: { id: 'inbox' } }

/** A choice shows at once what it will be, and goes back only where it could not be made. */
export function useShown<Choices extends object>(known: Choices) {
  const [shown, show] = useOptimistic(known, (now: Choices, chosen: Partial<Choices>) => ({
    ...now,
    ...chosen,
  }))
  const showWhile = (chosen: Partial<Choices>, send: () => Promise<unknown>) =>
    startTransition(async () => {
      show(chosen)
      // What failed is said by the mutation.
      await send().catch(() => {})
    })
  return [shown, showWhile] as const
}

export function useChoose() {
  const keep = useKeep()
  return useMutation({
    ...IN_ORDER,
    mutationFn: (choices: Partial<Choices>) => call(inboxRoutes.choose, { body: choices }),
    onSuccess: keep,
  })
}

/** Every act answers with the inbox as it is then. */
export function useKeep() {
  const client = useQueryClient()
  return (inbox: Inbox) => {
    client.setQueryData(queryKey.inbox, inbox)
    // What is on its way may be older than this, and would stay.
    if (client.isFetching({ queryKey: queryKey.inbox }) > 0)
      void client.invalidateQueries({ queryKey: queryKey.inbox })
  }
}
