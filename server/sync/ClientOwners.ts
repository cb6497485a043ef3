import type { Peer } from './Peer.ts'

/**
 * Whose clientID is whose in one document. A clientID belongs to one account for ever from its first stored word, and
 * to the account of a live connection before that; one live connection speaks for it at a time.
 */
export class ClientOwners {
  readonly #claims: Map<number, string>
  readonly #live = new Map<number, Peer>()

  /** @param claims what is on disk, by clientID */
  constructor(claims: Map<number, string>) {
    this.#claims = claims
  }

  ownerOf(client: number): string | undefined {
    return this.#claims.get(client) ?? this.#live.get(client)?.accountId
  }

  isClaimed(client: number): boolean {
    return this.#claims.has(client)
  }

  claim(client: number, accountId: string): void {
    this.#claims.set(client, accountId)
  }

  replaceClaims(claims: Map<number, string>): void {
    this.#claims.clear()
    for (const [client, accountId] of claims) this.#claims.set(client, accountId)
  }

  /**
   * Makes the connection the speaker of a clientID. A connection of the same account that was it before is closed:
   * the newer wins.
   * @returns false when the clientID is somebody else's
   */
  bind(peer: Peer, client: number): boolean {
    const owner = this.ownerOf(client)
    if (owner !== undefined && owner !== peer.accountId) return false
    const before = this.#live.get(client)
    this.#live.set(client, peer)
    peer.client = client
    if (before && before !== peer) before.refuse('sync/other-epoch')
    return true
  }

  release(peer: Peer): void {
    if (peer.client !== null && this.#live.get(peer.client) === peer) this.#live.delete(peer.client)
  }
}
