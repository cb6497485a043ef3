import type { RefusalFrame } from '../../shared/sync/protocol.ts'
import type { UnsentClause } from './unsentText.ts'

/** `offline`: waits for the network. `unsaved`: the server could not or would not take it. */
export type SaveState = 'saving' | 'saved' | 'offline' | 'unsaved'

export type ConnectionState = {
  save: SaveState
  /** Own changes that the server has not confirmed. */
  pending: number
  /** All of them are on this device and outlive this page. */
  kept: boolean
  /** Clauses with own words that have not been confirmed for two seconds. */
  lingering: readonly string[]
  online: boolean
  /** The server has said that it is about to start anew; until it is back. */
  restarting: boolean
  /** The server is there and cannot write or read its disk; until it has everything. */
  faulty: boolean
  /** Why the server turned this person's writing, or this connection, down; null while it has not. */
  refused: RefusalFrame | null
  /** Whether what is typed now has a way to the server, at once or later. */
  writable: boolean
  /** The server closed for good; words not confirmed are kept as words. */
  ended: boolean
  /** The text has come at least once. Nothing may be bound to the document before. */
  loaded: boolean
  /** Clauses whose refused words are not in the text; gone when their author has dismissed them. */
  unsent: readonly UnsentClause[]
}

export const INITIAL: ConnectionState = {
  save: 'saving',
  pending: 0,
  kept: true,
  lingering: [],
  online: true,
  restarting: false,
  faulty: false,
  refused: null,
  writable: false,
  ended: false,
  loaded: false,
  unsent: [],
}

export const sameState = (one: ConnectionState, other: ConnectionState): boolean =>
  (Object.keys(one) as (keyof ConnectionState)[]).every((key) => one[key] === other[key])

/**
 * @param facts `stopped`: words that have no way any more; `rejected`: words the server's disk did not take;
 * `cut`: the server cannot be reached
 */
export function saveStateOf(facts: {
  stopped: boolean
  rejected: boolean
  cut: boolean
  confirmed: boolean
}): SaveState {
  if (facts.stopped || facts.rejected) return 'unsaved'
  if (facts.cut) return 'offline'
  return facts.confirmed ? 'saved' : 'saving'
}
