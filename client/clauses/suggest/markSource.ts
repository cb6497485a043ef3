import type { Block, BlockLevel } from '../../../shared/clauses/clause.ts'
import type { Line } from '../../../shared/proposals/placeMoves.ts'

/** An open proposal, as it is to be shown in the text that it is about. */
export type ProposedMark = {
  id: string
  kind: 'edit' | 'insert' | 'delete' | 'move'
  clauseId: string
  /** For insert and move; null at the top. */
  after: string | null
  /** What each paragraph is to say, letter by letter; null where that cannot be shown in the text. */
  words: readonly string[] | null
  /** The level it is to have; null where that stays. */
  level: BlockLevel | null
  /** Who proposes it, in words. */
  title: string
}

/** `moved`: clauses that stand elsewhere than in the shared text; `along`: what went with them. */
export type MovesOnPage = { moved: ReadonlySet<string>; along: ReadonlySet<string> }
/** @param shared the shared text; @param page blocks of the draft */
export type MovesOn = (shared: readonly Block[], page: readonly Line[]) => MovesOnPage

/** What is shown beside the words themselves. */
export type MarkSource =
  | { kind: 'none' }
  | { kind: 'proposed'; proposals: readonly ProposedMark[] }
  /** The page is one's own draft; these are the blocks of the shared text. */
  | { kind: 'draft'; base: readonly Block[]; movesOn: MovesOn }

export const NO_MARKS: MarkSource = { kind: 'none' }

/** The words that marks say themselves. */
export type MarkWords = {
  level(from: BlockLevel, to: BlockLevel): string
  deleted: string
  inserted: string
  moved: string
  /** At the place that a clause is moved away from, and to. */
  movedFrom: string
  movedHere: string
  reshaped: string
}
