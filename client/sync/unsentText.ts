import * as Y from 'yjs'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import { type Block, blockText, type NumberingModel } from '../../shared/clauses/clause.ts'
import { placeBlocks, placeDescriber } from '../../shared/clauses/describePlace.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { attribute, bodyOf, readBody } from '../../shared/clauses/yjs.ts'

/** A clause as its author had it, and as it stands on the server; `theirs` is null where it never got there. */
export type UnsentClause = {
  clauseId: string
  /** `điểm a khoản 2 Điều 3`, by the author's numbering; empty where it is not known. */
  place: string
  mine: string
  theirs: string | null
}

/** A changed clause as its author has it. */
export type KeptWords = { clauseId: string; place: string; mine: string }

/**
 * Ids of the clauses that a transaction changed or made; {@link STRUCTURE} where clauses came, went or changed level.
 */
export function touchedClauses(doc: Y.Doc, transaction: Y.Transaction): Set<string> {
  const touched = new Set<string>()
  const body = bodyOf(doc)
  const note = (block: Y.XmlElement | null) => {
    const id = block && attribute(block, 'id')
    if (typeof id === 'string') touched.add(id)
  }
  for (const [type, keys] of transaction.changed) {
    if ((type as unknown) === body) {
      touched.add(STRUCTURE)
      for (const child of body.toArray() as unknown[])
        if (child instanceof Y.XmlElement && isNew(child, transaction)) note(child)
      continue
    }
    const block = topBlock(type, body)
    if ((type as unknown) === block && keys.has('level')) touched.add(STRUCTURE)
    note(block)
  }
  return touched
}

function isNew({ _item: item }: Y.XmlElement, { beforeState }: Y.Transaction): boolean {
  return item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0)
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

/** The author's words in these clauses, in document order. */
export function wordsIn(
  doc: Y.Doc,
  touched: ReadonlySet<string>,
  model: NumberingModel,
): KeptWords[] {
  const blocks = readBody(doc)
  const placed = placeBlocks(blocks, model)
  const describe = placeDescriber(placed, model)
  return blocks.flatMap((block, index) => {
    if (!touched.has(block.id)) return []
    const clauseId = placed[index]?.id ?? ''
    return [{ clauseId, place: describe(clauseId), mine: blockText(block) }]
  })
}

/** Those that read differently in the text as the server has it. */
export function unsentClauses(
  words: readonly KeptWords[],
  server: readonly Block[],
): UnsentClause[] {
  const ids = uniqueIds(server)
  const there = new Map(server.map((block, index) => [ids[index] ?? '', blockText(block)]))
  return words
    .map((kept) => ({ ...kept, theirs: there.get(kept.clauseId) ?? null }))
    .filter(({ mine, theirs }) => mine !== (theirs ?? ''))
}
