import type { Node } from '@tiptap/pm/model'
import {
  type FindQuery,
  findMatches,
  type TextRange,
} from '../../../shared/vietnamese/findMatches.ts'

/** Positions in the document. */
export type Match = TextRange

/** Finds in whole documents; only what has changed since the last time is searched again. */
export function searcher(query: FindQuery): (doc: Node) => Match[] {
  const known = new WeakMap<Node, TextRange[]>()
  return (doc) => {
    const matches: Match[] = []
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true
      const ranges = known.get(node) ?? findMatches(node.textContent, query)
      known.set(node, ranges)
      for (const { from, to } of ranges) matches.push({ from: pos + 1 + from, to: pos + 1 + to })
      return false
    })
    return matches
  }
}
