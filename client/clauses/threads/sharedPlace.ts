import type * as Y from 'yjs'
import { boxElements } from '../../../shared/clauses/editTexts.ts'
import { findBlock } from '../../../shared/clauses/yjs.ts'
import { type Anchor, lettersOf, makeAnchor } from '../../../shared/comments/anchor.ts'

/** Without an anchor it is the whole clause. */
export type SharedPlace = { clauseId: string; anchor: Anchor | null; quote: string }

/** Words of a page: `box` counts the texts of a clause, `from` and `to` UTF-16 units; `seen` is how they read. */
export type PagePlace = { clauseId: string; box: number; from: number; to: number; seen: string }

/**
 * Words of a page as the others have them. A page may be one's own draft: what only stands there nobody else may read
 * in a thread, and no position in it leads anybody else anywhere.
 * @returns the whole clause where its letters differ; null where the others have no such clause
 */
export function sharedPlace(
  room: Y.Doc,
  page: Y.Doc,
  { clauseId, box, from, to, seen }: PagePlace,
): SharedPlace | null {
  const shared = findBlock(room, clauseId)
  if (!shared) return null
  const [there, here] = [shared, findBlock(page, clauseId)].map(
    (block) => block && boxElements(block)[box],
  )
  const isSame = there && here && lettersOf(there) === lettersOf(here)
  const anchor = isSame ? makeAnchor(there, from, to) : null
  if (!anchor) return { clauseId, anchor: null, quote: '' }
  return { clauseId, anchor, quote: seen !== '' ? seen : anchor.exact.replaceAll('\ufffc', '…') }
}
