import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import type { Notice } from '../../shared/sync/protocol.ts'
import { queryKey } from '../base/queryKey.ts'
import { freshenThreads } from './freshenThreads.ts'

type Notices = { onNotice(listener: (notice: Notice) => void): () => void }

/** What a notice makes stale. It carries no content: whoever hears it asks over HTTP, where rights are judged. */
export function staleAfter(notice: Notice, documentId: DocumentId): readonly QueryKey[] {
  switch (notice.type) {
    case 'phase':
      return [
        queryKey.document(documentId),
        queryKey.readiness(documentId),
        queryKey.proposals(documentId),
        queryKey.signing(documentId),
        queryKey.references(documentId),
        ['bloc'],
        queryKey.inbox,
      ]
    case 'document':
      return [queryKey.document(documentId), queryKey.readiness(documentId)]
    case 'thread':
      return [queryKey.threads(documentId)]
    case 'inbox':
      return [queryKey.inbox]
    case 'position':
      return [
        queryKey.positions(documentId),
        queryKey.views(documentId),
        queryKey.brackets(documentId),
        queryKey.readiness(documentId),
        queryKey.inbox,
      ]
    case 'proposal':
      return [queryKey.proposals(documentId), queryKey.readiness(documentId)]
    case 'reference':
      return [queryKey.references(documentId), queryKey.readiness(documentId)]
    case 'version':
      return [queryKey.versions(documentId)]
    case 'swallowed':
      return [queryKey.swallowed(documentId)]
    case 'signing':
      return [queryKey.signing(documentId), queryKey.document(documentId), queryKey.inbox]
    default:
      return []
  }
}

export function useNotices(connection: Notices, documentId: DocumentId): void {
  const client = useQueryClient()
  useEffect(
    () =>
      connection.onNotice((notice) => {
        for (const key of staleAfter(notice, documentId))
          void client.invalidateQueries({ queryKey: key })
      }),
    [connection, documentId, client],
  )
  useEffect(() => freshenThreads(client, documentId), [client, documentId])
}
