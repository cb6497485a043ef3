import type { ClauseView } from '../../shared/clauses/api.ts'
import { printedLabel } from '../../shared/clauses/numbering.ts'

export type OutlineItem = {
  id: string
  /** As printed: `Điều 3.`, `1.`, `I.`; empty for the group of legal bases. */
  label: string
  text: string
  /** Counted from 1. */
  depth: number
  children: readonly OutlineItem[]
  /** This clause and every one below it that the outline does not show by itself. */
  clauseIds: readonly string[]
}

const SHOWN: readonly string[] = [
  'annex',
  'part',
  'chapter',
  'section',
  'subsection',
  'article',
  'paragraph',
]

/** Headings, Điều and their khoản as a tree; the legal bases are one entry at their place. */
export function outlineTree(clauses: readonly ClauseView[]): OutlineItem[] {
  type Open = Omit<OutlineItem, 'children' | 'clauseIds'> & {
    children: Open[]
    clauseIds: string[]
  }
  const top: Open[] = []
  const shown = new Map<string, Open>()
  let bases: Open | null = null
  for (const { id, level, label, text, parentId } of clauses) {
    const parent = parentId === null ? undefined : shown.get(parentId)
    const siblings = parent?.children ?? top
    if (level === 'basis' && bases && siblings.at(-1) === bases) {
      bases.clauseIds.push(id)
      continue
    }
    if (level !== 'basis' && !SHOWN.includes(level)) {
      if (parent) {
        parent.clauseIds.push(id)
        shown.set(id, parent)
      }
      continue
    }
    const model = label.startsWith('Mục') ? 'articles' : 'plan'
    const item: Open = {
      id,
      label: printedLabel(level, label, model),
      text: level === 'basis' ? '' : text,
      depth: (parent?.depth ?? 0) + 1,
      children: [],
      clauseIds: [id],
    }
    siblings.push(item)
    if (level === 'basis') bases = item
    else shown.set(id, item)
  }
  return top
}

/** What is on screen: everything whose ancestors are all open. */
export function visibleItems(
  tree: readonly OutlineItem[],
  isOpen: (item: OutlineItem) => boolean,
): OutlineItem[] {
  return tree.flatMap((item) => [
    item,
    ...(isOpen(item) ? visibleItems(item.children, isOpen) : []),
  ])
}

/** The item that shows this clause, or the nearest open ancestor of it; null above the first heading. */
export function itemOf(tree: readonly OutlineItem[], clauseId: string | null): OutlineItem[] {
  if (clauseId === null) return []
  for (const item of tree) {
    const below = itemOf(item.children, clauseId)
    if (below.length > 0) return [item, ...below]
    if (item.clauseIds.includes(clauseId)) return [item]
  }
  return []
}
