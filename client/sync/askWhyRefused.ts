import { accountRoutes } from '../../shared/accounts/api.ts'
import type { ErrorCode } from '../../shared/base/errors.ts'
import type { DocumentId } from '../../shared/base/ids.ts'
import { documentRoutes } from '../../shared/documents/api.ts'
import { SCHEMA_VERSION } from '../../shared/documents/document.ts'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'

/**
 * A browser can't see why an upgrade failed, so we ask over HTTP.
 * @returns null when nothing stands in the way, or nobody answers: then trying again is right
 */
export async function askWhyRefused(
  documentId: DocumentId,
  epoch: string,
  userId: string,
): Promise<ErrorCode | null> {
  try {
    const { user } = await call(accountRoutes.session, {})
    // Another tab has signed somebody else in; to that person this connection is as good as signed out.
    if (user.id !== userId) return 'auth/required'
    const document = await call(documentRoutes.get, { params: { documentId } })
    if (document.schemaVersion !== SCHEMA_VERSION) return 'protocol/outdated'
    return document.epoch === epoch ? null : 'sync/other-epoch'
  } catch (error) {
    if (isRefusal(error, 'auth/required')) return 'auth/required'
    if (isRefusal(error, 'document/not-found')) return 'document/not-found'
    // No network, or a server that is starting: the provider goes on trying by itself.
    return null
  }
}

/** Between two questions why no connection comes about. */
const ASK_AGAIN_MS = 5_000

/** @returns asks, or null where it has asked only just now */
export function askSometimes<T>(ask: () => Promise<T>): () => Promise<T> | null {
  let askedAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - askedAt < ASK_AGAIN_MS) return null
    askedAt = now
    return ask()
  }
}
