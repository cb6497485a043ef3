import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type SwallowedView, swallowedRoutes } from '../../shared/sync/api.ts'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'
import type { DocumentConnection } from './connectDocument.ts'

/** One's own words that somebody's act hid. Asked for again after each return: the notice may have been missed. */
export function useSwallowed(connection: DocumentConnection): readonly SwallowedView[] {
  const { documentId, provider } = connection
  const client = useQueryClient()
  useEffect(() => {
    const onSync = (synced: boolean) => {
      if (synced) void client.invalidateQueries({ queryKey: queryKey.swallowed(documentId) })
    }
    provider.on('sync', onSync)
    return () => provider.off('sync', onSync)
  }, [client, documentId, provider])
  const { data } = useQuery({
    queryKey: queryKey.swallowed(documentId),
    queryFn: async () => (await call(swallowedRoutes.list, { params: { documentId } })).swallowed,
  })
  return data ?? NONE
}

const NONE: readonly SwallowedView[] = []

/** Gone from the screen at once; back again if the server did not hear of it. */
export function useDismissSwallowed({ documentId }: DocumentConnection) {
  const client = useQueryClient()
  const key = queryKey.swallowed(documentId)
  return useMutation({
    mutationFn: ({ id }: SwallowedView) =>
      call(swallowedRoutes.dismiss, { params: { swallowedId: id } }),
    onMutate: async ({ id }) => {
      await client.cancelQueries({ queryKey: key })
      client.setQueryData<readonly SwallowedView[]>(key, (list) =>
        list?.filter((one) => one.id !== id),
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}
