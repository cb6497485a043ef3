import * as Y from 'yjs'
import { type Block, blockText, type NumberingModel } from '../../shared/clauses/clause.ts'
import { describePlace } from '../../shared/clauses/describePlace.ts'
import { numberBlocks, parentIndexes } from '../../shared/clauses/numbering.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { attribute, bodyOf, readBody } from '../../shared/clauses/yjs.ts'

/** A clause as its author had it, and as it stands on the server; `theirs` is null where it never got there. */
export type UnsentClause = {
  clauseId: string
  /** `điểm a khoản 2 Điều 3`, by the author's numbering. */
  place: string
  mine: string
  theirs: string | null
}

/** What an author had when the server refused: enough to tell him later which words did not make it. */
export type AuthorsCopy = { blocks: readonly Block[]; touched: ReadonlySet<string> }

/** Remembers which clauses were changed here since {@link TouchedClauses.clear} was last called. */
export type TouchedClauses = {
  note(transaction: Y.Transaction): void
  clear(): void
  copy(): AuthorsCopy
}

export function trackTouched(doc: Y.Doc): TouchedClauses {
  const touched = new Set<string>()
  return {
    note(transaction) {
      for (const type of transaction.changed.keys()) {
        const block = topBlock(type, bodyOf(doc))
        const id = block && attribute(block, 'id')
        if (typeof id === 'string') touched.add(id)
      }
    },
    clear: () => touched.clear(),
    copy: () => ({ blocks: readBody(doc), touched: new Set(touched) }),
  }
}

function topBlock(type: unknown, body: Y.XmlFragment): Y.XmlElement | null {
  let here: unknown = type
  while (here instanceof Y.AbstractType && here !== body) {
    const parent: unknown = here._item?.parent
    if (parent === body) return here instanceof Y.XmlElement ? here : null
    here = parent
  }
  return null
}

/** Clauses that read differently in the author's copy and in the text as the server has it, in document order. */
export function unsentClauses(
  copy: AuthorsCopy,
  server: readonly Block[],
  model: NumberingModel,
): UnsentClause[] {
  const levels = copy.blocks.map(({ level }) => level)
  const labels = numberBlocks(levels, model)
  const parents = parentIndexes(levels)
  const ids = uniqueIds(copy.blocks)
  const placed = copy.blocks.map(({ level }, index) => ({
    id: ids[index] ?? '',
    level,
    label: labels[index] ?? '',
    parentId: ids[parents[index] ?? -1] ?? null,
  }))
  const there = new Map(server.map((block) => [block.id as string, blockText(block)]))
  return copy.blocks.flatMap((block, index) => {
    const mine = blockText(block)
    const theirs = there.get(block.id) ?? null
    const differs = copy.touched.has(block.id) && mine !== (theirs ?? '')
    if (!differs) return []
    const clauseId = ids[index] ?? ''
    return [{ clauseId, place: describePlace(placed, clauseId, model), mine, theirs }]
  })
}
