import type { DocumentId } from '../../shared/base/ids.ts'
import { documentRoutes } from '../../shared/documents/api.ts'
import { call } from '../base/api.ts'
import { acquireConnection, connectionKey, retainConnection } from './openConnections.ts'
import { unsentStore } from './unsentStore.ts'

const PATIENCE_MS = 15_000
const LOOK_MS = 100

/**
 * Opens every document in which this person has unsent words, so that they are taken up and sent.
 * @returns whether none is left on the device; words that were refused, or are of another epoch, stay
 * @throws ApiError when a document cannot be asked for
 */
export async function sendTails(userId: string): Promise<boolean> {
  const tails = await unsentStore.tails(userId)
  const ids = new Set(tails.map(({ documentId }) => documentId as DocumentId))
  const documents = await Promise.all(
    [...ids].map((documentId) => call(documentRoutes.get, { params: { documentId } })),
  )
  const giveBack = documents.map((document) => {
    acquireConnection(document, userId)
    return retainConnection(connectionKey(document, userId))
  })
  try {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      if ((await unsentStore.tails(userId)).length === 0) return true
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    return false
  } finally {
    for (const give of giveBack) give()
  }
}
