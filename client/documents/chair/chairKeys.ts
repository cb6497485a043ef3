export type ChairAct = 'next' | 'previous' | 'accept' | 'reject'

const ACTS: ReadonlyMap<string, ChairAct> = new Map([
  ['n', 'next'],
  ['p', 'previous'],
  ['a', 'accept'],
  ['r', 'reject'],
])

type Pressed = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * What a key asks for. One that is held walks on and decides nothing: the next item would be decided before it was read.
 * @returns null for a key that is none of the chair's; `held` for one that does nothing now
 */
export function chairAct({
  key,
  repeat,
  ctrlKey,
  metaKey,
  altKey,
}: Pressed): ChairAct | 'held' | null {
  if (ctrlKey || metaKey || altKey) return null
  const act = ACTS.get(key.toLowerCase()) ?? null
  const decides = act === 'accept' || act === 'reject'
  return repeat && decides ? 'held' : act
}
