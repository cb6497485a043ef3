import type { Blocker } from '../../shared/locking/api.ts'

/**
 * The server's list with its positions taken anew from the words on the screen: a mark that has just fallen stands in
 * the way at once, before anybody asks the server again.
 * @param order clause ids in document order, the structure last
 */
export function liveBlockers(
  fromServer: readonly Blocker[],
  positions: readonly Blocker[],
  order: readonly string[],
): readonly Blocker[] {
  const rank = new Map(order.map((id, index) => [id, index]))
  const place = ({ clauseId }: Blocker) => rank.get(clauseId ?? '') ?? order.length
  const others = fromServer.filter(({ code }) => !code.startsWith('position/'))
  return [...positions, ...others].sort((a, b) => place(a) - place(b))
}
