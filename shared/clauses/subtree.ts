import { canonicalJson } from '../base/canonicalJson.ts'
import type { Sha256 } from '../base/ids.ts'
import { sha256Hex } from '../base/sha256.ts'
import type { BlockLevel } from './clause.ts'
import { parentIndexes } from './numbering.ts'

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
 * One step up: before the sibling above with all that hangs on it; the first of its siblings goes before their
 * heading, and so to the end of what stands above that.
 * @returns null at the top
 */
export function moveUp(levels: readonly BlockLevel[], index: number): MoveTarget | null {
  const parents = parentIndexes(levels)
  const parent = parents[index] ?? null
  const sibling = parents.findLastIndex((other, at) => at < index && other === parent)
  const before = sibling >= 0 ? sibling : parent
  if (before === null) return null
  return { after: before === 0 ? null : before - 1 }
}

/**
 * One step down: behind the sibling below with all that hangs on it; the last of its siblings goes under the next
 * heading, as the first there.
 * @returns null at the bottom
 */
export function moveDown(levels: readonly BlockLevel[], index: number): MoveTarget | null {
  const parents = parentIndexes(levels)
  const next = endOf(parents, index)
  if (next >= levels.length) return null
  const isSibling = (parents[next] ?? null) === (parents[index] ?? null)
  return { after: isSibling ? endOf(parents, next) - 1 : next }
}

/** Fingerprint of a clause and all under it; of a single clause its own hash. @param subtree in document order */
export function subtreeHash(subtree: readonly { id: string; hash: Sha256 }[]): Sha256 {
  const [only] = subtree
  if (only && subtree.length === 1) return only.hash
  return sha256Hex(canonicalJson(['subtree', subtree.map(({ id, hash }) => [id, hash])]))
}
