import type { Peer } from './Peer.ts'
import type { Presence } from './Presence.ts'
import { packFrames } from './packFrames.ts'
import type { RoomText } from './RoomText.ts'

/** Tells a connection that was behind, and has read on since, what it missed. */
export function tellMissed(peer: Peer, text: RoomText, presence: Presence): void {
  if (!peer.hasCaughtUp()) return
  if (peer.missedFrom !== null) {
    const missed = text.since(peer.missedFrom)
    peer.missedFrom = null
    peer.sendPacked(packFrames(missed))
  }
  if (!peer.missedPresence) return
  peer.missedPresence = false
  presence.sendAll(peer)
}
