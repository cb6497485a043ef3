import type { IncomingMessage } from 'node:http'

/** What the rooms need of the other features. */
export type RoomPorts = {
  /** Session of an upgrade request by its cookie; null when there is none. */
  authenticate(req: IncomingMessage): Promise<{ sessionId: string; accountId: string } | null>
  /** Those of these sessions that are no longer in force. */
  endedSessions(sessionIds: readonly string[]): Promise<readonly string[]>
  /** An absent `Origin` is allowed: only browsers hold a victim's cookie, and they name where they come from. */
  isAllowedOrigin(req: IncomingMessage): boolean
  /** Late bytes of a locked document have been stored; other features make proposals of them. */
  onLateUpdate(late: { id: string; documentId: string }): Promise<void>
  /** Clauses may have come, gone, moved or changed level: numbers may be others now. */
  onRestructured(documentId: string): Promise<void>
  /** A connection has gone; its account may have others. */
  onLeft(visit: { documentId: string; accountId: string }): Promise<void>
}
