import { useEffect, useSyncExternalStore } from 'react'
import type { DocumentView } from '../../shared/documents/api.ts'
import type { DocumentConnection } from './connectDocument.ts'
import {
  acquireConnection,
  connectionKey,
  retainConnection,
  subscribeConnections,
} from './openConnections.ts'

/**
 * The connection of a document on screen; another object when the document, its epoch or, after a refusal, its copy
 * has been replaced.
 */
export function useDocumentConnection(document: DocumentView, userId: string): DocumentConnection {
  const key = connectionKey(document, userId)
  const connection = useSyncExternalStore(subscribeConnections, () =>
    acquireConnection(document, userId),
  )
  useEffect(() => retainConnection(key), [key])
  return connection
}
