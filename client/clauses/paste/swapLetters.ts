import type { Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { readLabel } from '../../../shared/clauses/readLabel.ts'
import type { LegacyFinding } from '../../../shared/pasting/decodeItems.ts'
import type { Letters } from './pastedNodes.ts'

/** Letters that were put into a block; `at` counts in the text of the whole block, as it was then. */
export type Swap = Letters & { blockId: string }

/** @param start where the words were put. Asked of the document that has them, with the ids of its blocks. */
export function swapsAt(doc: Node, start: number, letters: readonly Letters[]): Swap[] {
  const $start = doc.resolve(start)
  const block = $start.depth > 0 ? $start.node(1) : null
  if (!block) return []
  const before = doc.textBetween($start.start(1), start).length
  return letters.map((one) => ({ ...one, at: before + one.at, blockId: String(block.attrs.id) }))
}

/** What was found in the letters of the last paste, and how to read them otherwise. */
export type Legacy = { finding: LegacyFinding; swaps: readonly Swap[] }

type Found = { from: number; to: number; put: string }

/**
 * Puts the other reading in the place of letters that are still as they were pasted; what somebody has changed since
 * stays. @returns how many places were changed
 */
export function swapLetters(tr: Transaction, swaps: readonly Swap[]): number {
  const found: Found[] = []
  tr.doc.forEach((block, pos) => {
    const own = swaps.filter(({ blockId }) => blockId === block.attrs.id)
    if (own.length > 0) found.push(...findLetters(block, pos, own))
  })
  for (const { from, to, put } of found.reverse()) tr.insertText(put, from, to)
  return found.length
}

function findLetters(block: Node, pos: number, swaps: readonly Swap[]): Found[] {
  const text = block.textContent
  const places = placesOf(block, pos)
  const found: Found[] = []
  let free = 0
  for (const { at, find, put } of swaps) {
    const start = nearest(text, find, at, free)
    if (start === -1) continue
    free = start + find.length
    const [from, to] = [places[start], places[free - 1]]
    // One text node after another: a word that now lies in two cells has been changed.
    if (from === undefined || to === undefined || to - from !== find.length - 1) continue
    found.push({ from, to: to + 1, put })
  }
  return found
}

/** Document position of each UTF-16 unit of the block's text. */
function placesOf(block: Node, pos: number): number[] {
  const places: number[] = []
  block.descendants((node, offset) => {
    for (let i = 0; i < (node.text?.length ?? 0); i += 1) places.push(pos + 1 + offset + i)
  })
  return places
}

/** Words written before it by somebody else may have moved it. */
function nearest(text: string, find: string, at: number, free: number): number {
  let best = -1
  for (let start = text.indexOf(find, free); start !== -1; start = text.indexOf(find, start + 1))
    if (best === -1 || Math.abs(start - at) < Math.abs(best - at)) best = start
  return best
}

/**
 * Numbers that could only be read once the letters were: plain clauses that begin with them take their levels. A
 * number alone on its line gives its level to the title below it.
 */
export function levelSwapped(tr: Transaction, swaps: readonly Swap[], model: NumberingModel): void {
  const begun = new Set(swaps.filter(({ at }) => at === 0).map(({ blockId }) => blockId))
  const blocks: { node: Node; pos: number }[] = []
  tr.doc.forEach((node, pos) => {
    blocks.push({ node, pos })
  })
  // From behind, so that the places in front stay as they are.
  for (const [index, { node, pos }] of [...blocks.entries()].reverse()) {
    if (!begun.has(String(node.attrs.id)) || node.attrs.level !== 'text') continue
    const label = readLabel(node.textContent, model)
    if (!label) continue
    const next = blocks[index + 1]?.node
    const alone = label.length === node.textContent.length && label.length > 0
    if (
      alone &&
      next &&
      begun.has(String(next.attrs.id)) &&
      levelAt(tr, pos + node.nodeSize) === 'text'
    ) {
      tr.setNodeAttribute(pos + node.nodeSize, 'level', label.level)
      tr.delete(pos, pos + node.nodeSize)
      continue
    }
    tr.setNodeAttribute(pos, 'level', label.level)
    if (label.length > 0) tr.delete(pos + 1, pos + 1 + label.length)
  }
}

const levelAt = (tr: Transaction, pos: number): unknown => tr.doc.nodeAt(pos)?.attrs.level
