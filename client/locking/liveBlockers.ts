import type { Blocker } from '../../shared/locking/api.ts'

const isLive = (code: Blocker['code']) => code.startsWith('position/') || code === 'table/sum'

/**
 * The server's list with its positions and sums taken anew from the words on the screen: a mark that has just fallen,
 * or a sum that has just become wrong, stands in the way at once, before anybody asks the server again.
 * @param live what the words on the screen say
 * @param order clause ids in document order, the structure last
 */
export function liveBlockers(
  fromServer: readonly Blocker[],
  live: readonly Blocker[],
  order: readonly string[],
): readonly Blocker[] {
  const rank = new Map(order.map((id, index) => [id, index]))
  const place = ({ clauseId }: Blocker) => rank.get(clauseId ?? '') ?? order.length
  const others = fromServer.filter(({ code }) => !isLive(code))
  return [...live, ...others].sort((a, b) => place(a) - place(b))
}
