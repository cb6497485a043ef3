import type { Platform } from '../platform/platform.ts'
import type { ClientOwners } from './ClientOwners.ts'
import { noticeFrame } from './frames.ts'
import type { Peer } from './Peer.ts'
import type { RoomText } from './RoomText.ts'
import type { Settled } from './RoomWriter.ts'
import { keepPassages } from './swallowedStore.ts'

/**
 * Keeps the words that a settled group swallowed. Due before anybody hears that it is saved: acknowledged words are
 * in the text or in a notice to their author.
 * @returns what tells the authors among these connections
 */
export async function keepSwallowed(
  { judged, epoch }: Settled,
  documentId: string,
  room: { platform: Platform; text: RoomText; owners: ClientOwners },
): Promise<(peers: Iterable<Peer>) => void> {
  const ownerOf = (client: number) => room.owners.ownerOf(client)
  const passages = room.text.swallowing.gather(judged, ownerOf, room.platform.clock())
  if (passages.length === 0) return () => {}
  const kept = await keepPassages(room.platform, { documentId, epoch }, passages)
  return (peers) => {
    for (const peer of peers)
      for (const { accountId, id } of kept)
        if (peer.accountId === accountId) peer.send(noticeFrame({ type: 'swallowed', id }))
  }
}
