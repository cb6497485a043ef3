import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import { risingRun } from '../../shared/base/risingRun.ts'
import { type Block, isTable, paragraphsOf, type TableBlock } from '../../shared/clauses/clause.ts'
import { boxElements } from '../../shared/clauses/editTexts.ts'
import { readRuns } from '../../shared/clauses/inlineText.ts'
import { restoreRuns } from '../../shared/clauses/restoreRuns.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { deleteClause, findBlocks, insertClause, readBody } from '../../shared/clauses/yjs.ts'

type Named = { id: string; block: Block }

const named = (blocks: readonly Block[]): Named[] => {
  const ids = uniqueIds(blocks)
  return blocks.map((block, index) => ({ id: ids[index] ?? '', block }))
}

/**
 * Makes a text say what another one says by as small an edit as possible: what stays the same is not touched, so that
 * what anybody is writing there, also without a network, comes together with it.
 * @throws {AppError} content/refused for a text without any block
 */
export function restoreBody(doc: Y.Doc, wanted: readonly Block[]): void {
  if (wanted.length === 0) throw new AppError('content/refused', { what: 'last' })
  const now = named(readBody(doc))
  const goal = named(wanted)
  const places = new Map(now.map(({ id }, index) => [id, index]))
  const order = goal.flatMap(({ id }) => places.get(id) ?? [])
  const still = risingRun(order)
  const stays = new Set(
    goal
      .filter(({ id, block }) => {
        const place = places.get(id)
        return place !== undefined && still.has(place) && fits(now[place]?.block, block)
      })
      .map(({ id }) => id),
  )
  const found = findBlocks(doc, stays)
  for (const { id } of now.filter(({ id }) => !stays.has(id)).reverse()) deleteClause(doc, id)
  let after: string | null = null
  for (const { id, block } of goal) {
    const element = found.get(id)
    if (element) fill(element, block)
    else insertClause(doc, after, { ...block, id: id as Block['id'] })
    after = id
  }
}

/**
 * Puts one clause back, behind what it stood behind, where that still stands.
 * @throws {AppError} clause/not-found when the old text has no such clause
 */
export function restoreClause(doc: Y.Doc, wanted: readonly Block[], clauseId: string): void {
  const goal = named(wanted)
  const place = goal.findIndex(({ id }) => id === clauseId)
  const block = goal[place]?.block
  if (!block) throw new AppError('clause/not-found')
  const now = named(readBody(doc))
  const at = now.findIndex(({ id }) => id === clauseId)
  if (at >= 0 && fits(now[at]?.block, block)) {
    const element = findBlocks(doc, new Set([clauseId])).get(clauseId)
    if (element) fill(element, block)
    return
  }
  const standing = new Set(now.map(({ id }) => id))
  const before = goal.slice(0, place).reverse()
  const after = at >= 0 ? now[at - 1]?.id : before.find(({ id }) => standing.has(id))?.id
  if (at >= 0) deleteClause(doc, clauseId)
  insertClause(doc, after ?? null, { ...block, id: clauseId as Block['id'] })
}

/** Whether the words of one can be written into the other: tables must have the same cells. */
function fits(was: Block | undefined, block: Block): boolean {
  if (!was || isTable(was) !== isTable(block)) return false
  return !isTable(was) || !isTable(block) || shapeOf(was) === shapeOf(block)
}

const shapeOf = ({ rows }: TableBlock): string =>
  JSON.stringify(
    rows.map(({ cells }) =>
      cells.map(({ header, colspan, rowspan, colwidth, paragraphs }) => [
        header,
        colspan,
        rowspan,
        colwidth,
        paragraphs.length,
      ]),
    ),
  )

function fill(element: Y.XmlElement, block: Block): void {
  if (!isTable(block) && element.getAttribute('level') !== block.level)
    element.setAttribute('level', block.level)
  const paragraphs = paragraphsOf(block)
  for (const [index, box] of boxElements(element).entries()) {
    const runs = paragraphs[index] ?? []
    if (JSON.stringify(readRuns(box)) === JSON.stringify(runs)) continue
    restoreRuns(box, runs)
  }
}
