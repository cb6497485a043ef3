import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
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

export function useChoose() {
  const keep = useKeep()
  return useMutation({
    mutationFn: (choices: Partial<Choices>) => call(inboxRoutes.choose, { body: choices }),
    onSuccess: keep,
  })
}

/** Every act answers with the inbox as it is then. */
export function useKeep() {
  const client = useQueryClient()
  return (inbox: Inbox) => client.setQueryData(queryKey.inbox, inbox)
}
