export type ChairAct = 'next' | 'previous' | 'accept' | 'reject' | `settle-${number}`

const ACTS: ReadonlyMap<string, ChairAct> = new Map([
  ['n', 'next'],
  ['p', 'previous'],
  ['a', 'accept'],
  ['r', 'reject'],
])

type Pressed = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** A digit keeps that one of competing wordings, counted from 1. */
const settling = (key: string): ChairAct | null =>
  /^[1-9]$/.test(key) ? `settle-${Number(key)}` : null

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
  const act = ACTS.get(key.toLowerCase()) ?? settling(key)
  const decides = act !== null && act !== 'next' && act !== 'previous'
  return repeat && decides ? 'held' : act
}
