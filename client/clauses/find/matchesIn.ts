import type { Node } from '@tiptap/pm/model'
import {
  type FindQuery,
  findMatches,
  type TextRange,
} from '../../../shared/vietnamese/findMatches.ts'

/** Positions in the document. */
export type Match = TextRange

/** Finds in whole documents; only texts that were not there the last time are searched. */
export function searcher(query: FindQuery): (doc: Node) => Match[] {
  // By their words: y-tiptap makes every node anew for one letter of somebody else.
  let known = new Map<string, TextRange[]>()
  return (doc) => {
    const next: typeof known = new Map()
    const matches: Match[] = []
    doc.descendants((node, pos) => {
      if (!node.isTextblock) return true
      const text = node.textContent
      const ranges = next.get(text) ?? known.get(text) ?? findMatches(text, query)
      next.set(text, ranges)
      for (const { from, to } of ranges) matches.push({ from: pos + 1 + from, to: pos + 1 + to })
      return false
    })
    known = next
    return matches
  }
}
