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
export function useDocumentConnection(document: DocumentView): DocumentConnection {
  const key = connectionKey(document)
  const connection = useSyncExternalStore(subscribeConnections, () => acquireConnection(document))
  useEffect(() => retainConnection(key), [key])
  return connection
}
