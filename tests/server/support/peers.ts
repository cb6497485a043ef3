import type { Notice } from '../../../shared/sync/protocol.ts'
import { TestPeer } from '../../support/TestPeer.ts'
import type { TestServer, Visitor } from '../../support/testServer.ts'

/** Opens the document as this person; the caller leaves. */
export const openDocument = (
  server: TestServer,
  visitor: Visitor,
  documentId: string,
): Promise<TestPeer> =>
  TestPeer.join(`${server.syncUrl}/${documentId}`, { headers: { cookie: visitor.cookie } })

export const hears = (peer: TestPeer, type: Notice['type'], count = 1): Promise<void> =>
  peer.until(
    () => peer.notices.filter((notice) => notice.type === type).length >= count,
    `notice ${type}`,
  )
