import { canonicalJson } from '../base/canonicalJson.ts'
import type { Sha256 } from '../base/ids.ts'
import { sha256Hex } from '../base/sha256.ts'
import type { BlockLevel } from './clause.ts'
import { holds, parentIndexes } from './numbering.ts'

/**
 * A heading and what hangs under it move, and go, together: an Điều with its khoản and điểm, a chapter with its Điều,
 * a khoản with the table below it.
 * @returns index behind the last block of the subtree
 */
export function subtreeEnd(levels: readonly BlockLevel[], index: number): number {
  return endOf(parentIndexes(levels), index)
}

function endOf(parents: readonly (number | null)[], index: number): number {
  const under = (block: number): boolean => {
    for (let up = parents[block] ?? null; up !== null; up = parents[up] ?? null)
      if (up === index) return true
    return false
  }
  let end = index + 1
  while (end < parents.length && under(end)) end += 1
  return end
}

/** Where a subtree goes: behind the block with this index, or to the very beginning. */
export type MoveTarget = { after: number | null }

/**
 * Which heading may hold which level, beside the kind that it stands under already: a plan has its Mục and khoản where
 * a covenant has none. Text and tables hang anywhere. Null is the top.
 */
const HOLDERS: Partial<Record<BlockLevel, readonly (BlockLevel | null)[]>> = {
  annex: [null],
  part: [null, 'annex'],
  chapter: [null, 'part', 'annex'],
  section: ['chapter', 'annex'],
  subsection: ['section'],
  article: ['part', 'chapter', 'section', 'subsection', 'annex'],
  paragraph: ['article', 'annex'],
  point: ['paragraph'],
  basis: [null],
}

/**
 * Whether a subtree may go behind a block, or with null to the very beginning: every other block keeps its parent, and
 * its own is of a level that may hold it. Where it stands now is such a place.
 */
export function isPlaceFor(
  levels: readonly BlockLevel[],
  index: number,
  after: number | null,
): boolean {
  return ladder(levels, index).isPlace(after ?? -1)
}

/**
 * One step up: the nearest place above that {@link isPlaceFor} allows; so an Điều goes before its neighbour with all
 * that hangs on that, and the first of a chapter ends the chapter before.
 * @returns null where there is none
 */
export function moveUp(levels: readonly BlockLevel[], index: number): MoveTarget | null {
  const { isPlace } = ladder(levels, index)
  for (let after = index - 2; after >= -1; after -= 1)
    if (isPlace(after)) return { after: after < 0 ? null : after }
  return null
}

/**
 * One step down: the nearest place below that {@link isPlaceFor} allows.
 * @returns null where there is none
 */
export function moveDown(levels: readonly BlockLevel[], index: number): MoveTarget | null {
  const { isPlace, end } = ladder(levels, index)
  for (let after = end; after < levels.length; after += 1) if (isPlace(after)) return { after }
  return null
}

function ladder(levels: readonly BlockLevel[], index: number) {
  const parents = parentIndexes(levels)
  const level = levels[index] as BlockLevel
  const end = endOf(parents, index)
  const levelAt = (at: number | null): BlockLevel | null =>
    at === null ? null : (levels[at] ?? null)
  /** Nearest block at or before this one under which the moved one would hang; its own subtree is not there any more. */
  const holderAt = (at: number): number | null => {
    let holder: number | null = at < 0 ? null : at
    while (holder !== null && !holds(levels[holder] as BlockLevel, level))
      holder = parents[holder] ?? null
    return holder
  }
  const holders = [...(HOLDERS[level] ?? []), levelAt(parents[index] ?? null)]
  return {
    end,
    /** @param after -1 for the beginning */
    isPlace(after: number): boolean {
      if (after === index - 1) return true
      if (after >= index && after < end) return false
      const next = levelAt(after + 1)
      if (next !== null && holds(level, next)) return false
      return !(level in HOLDERS) || holders.includes(levelAt(holderAt(after)))
    },
  }
}

/** Fingerprint of a clause and all under it; of a single clause its own hash. @param subtree in document order */
export function subtreeHash(subtree: readonly { id: string; hash: Sha256 }[]): Sha256 {
  const [only] = subtree
  if (only && subtree.length === 1) return only.hash
  return sha256Hex(canonicalJson(['subtree', subtree.map(({ id, hash }) => [id, hash])]))
}
