import * as Y from 'yjs'
import type { ClauseId } from '../base/ids.ts'
import {
  type Block,
  type ClauseBlock,
  isClauseLevel,
  isTable,
  type Run,
  type TableBlock,
  type TableCell,
  type TableRow,
} from './clause.ts'
import { inline, readRuns, setRuns } from './inlineText.ts'
import { SPAN_LIMIT } from './limits.ts'
import { fittedRows } from './tables/fittedRows.ts'
import { uniqueIds } from './uniqueIds.ts'

/**
 * The body as @tiptap/y-tiptap 3.0.9 keeps it: one XmlElement per node, attributes that are null left out, inline
 * text in an XmlText whose formats are `{bold: {}}`, no XmlText where there is no text.
 */
export const BODY = 'body'

export const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(BODY)

/** Children of these names. */
export const elements = (parent: Y.XmlFragment, ...names: readonly string[]): Y.XmlElement[] =>
  (parent.toArray() as unknown[]).filter(
    (child): child is Y.XmlElement =>
      child instanceof Y.XmlElement && names.includes(child.nodeName),
  )

const blockElements = (doc: Y.Doc) => elements(bodyOf(doc), 'clause', 'table')

export const attribute = (element: Y.XmlElement, name: string): unknown =>
  (element.getAttributes() as Record<string, unknown>)[name]

const idOf = (element: Y.XmlElement): string => {
  const id = attribute(element, 'id')
  return typeof id === 'string' ? id : ''
}

/**
 * Blocks in document order. Never writes and never throws: what the schema does not know is left out here and
 * named by `bodyProblems`, and a ragged table reads as it will be mended ({@link fittedRows}). Copies with one id all
 * stay (see `uniqueIds`); a missing id is the empty string, an unknown level reads as `text`.
 */
export const readBody = (doc: Y.Doc): Block[] => blockElements(doc).map(readBlock)

/** What has been read of a body, by its elements; {@link forgetChanged} keeps it true. */
export type KnownBlocks = WeakMap<Y.XmlElement, Block>

/** {@link readBody}, of which a block that has not changed since is the very same object. Call it between transactions. */
export const readBodyAgain = (doc: Y.Doc, known: KnownBlocks): Block[] =>
  blockElements(doc).map((element) => {
    const block = known.get(element) ?? readBlock(element)
    known.set(element, block)
    return block
  })

/** Call it after each transaction of the document. */
export function forgetChanged({ changedParentTypes }: Y.Transaction, known: KnownBlocks): void {
  for (const type of changedParentTypes.keys()) if (type instanceof Y.XmlElement) known.delete(type)
}

function readBlock(element: Y.XmlElement): Block {
  const id = idOf(element) as ClauseId
  if (element.nodeName === 'table')
    return { id, level: 'table', rows: fittedRows(elements(element, 'tableRow').map(readRow)) }
  const level = attribute(element, 'level')
  return { id, level: isClauseLevel(level) ? level : 'text', runs: readRuns(element) }
}

/** As it stands, which with the rows around it need not make a rectangle. */
export const readRow = (row: Y.XmlElement): TableRow => ({
  cells: elements(row, 'tableCell', 'tableHeader').map(readCell),
})

function readCell(cell: Y.XmlElement): TableCell {
  const colwidth = attribute(cell, 'colwidth')
  return {
    header: cell.nodeName === 'tableHeader',
    colspan: span(attribute(cell, 'colspan')),
    rowspan: span(attribute(cell, 'rowspan')),
    colwidth:
      Array.isArray(colwidth) && colwidth.every((width) => typeof width === 'number')
        ? colwidth
        : null,
    paragraphs: elements(cell, 'paragraph').map(readRuns),
  }
}

const span = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0
    ? Math.min(value, SPAN_LIMIT)
    : 1

/** The spans of a table's cells, whatever is written in them. */
export const spansOf = (table: Y.XmlElement) =>
  elements(table, 'tableRow').map((row) => ({
    cells: elements(row, 'tableCell', 'tableHeader').map((cell) => ({
      colspan: span(attribute(cell, 'colspan')),
      rowspan: span(attribute(cell, 'rowspan')),
    })),
  }))

/**
 * Writes a whole body in one transaction.
 * @throws when the body is not empty: writing a template over a text would double it
 */
export function writeBody(doc: Y.Doc, blocks: readonly Block[], origin?: unknown): void {
  const body = bodyOf(doc)
  if (body.length > 0) throw new Error('writeBody: the body is not empty')
  doc.transact(() => body.insert(0, blocks.map(blockElement)), origin)
}

const blockElement = (block: Block): Y.XmlElement =>
  isTable(block) ? tableElement(block) : clauseElement(block)

function make(
  name: string,
  attributes: Record<string, unknown>,
  children: (Y.XmlElement | Y.XmlText)[],
): Y.XmlElement {
  // Attribute values may be any JSON: y-tiptap stores spans as numbers and column widths as arrays.
  const element = new Y.XmlElement<Record<string, never>>(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== null) element.setAttribute(key, value as never)
  element.insert(0, children)
  return element as Y.XmlElement
}

const clauseElement = ({ id, level, runs }: ClauseBlock) =>
  make('clause', { id, level }, inline(runs))

const tableElement = ({ id, rows }: TableBlock) =>
  make(
    'table',
    { id },
    rows.map(({ cells }) => make('tableRow', {}, cells.map(cellElement))),
  )

export const cellElement = ({ header, colspan, rowspan, colwidth, paragraphs }: TableCell) =>
  make(
    header ? 'tableHeader' : 'tableCell',
    { colspan, rowspan, colwidth },
    paragraphs.map((runs) => make('paragraph', {}, inline(runs))),
  )

/** Finds a block by the id that `/clauses` gives it, so that later copies of one id can be reached too. */
export function findBlock(doc: Y.Doc, clauseId: string): Y.XmlElement | undefined {
  return findBlocks(doc, new Set([clauseId])).get(clauseId)
}

/** {@link findBlock} of many in one look; those that are not there are left out. */
export function findBlocks(doc: Y.Doc, ids: ReadonlySet<string>): Map<string, Y.XmlElement> {
  const blocks = blockElements(doc)
  const names = uniqueIds(blocks.map((block) => ({ id: idOf(block) })))
  return new Map(
    blocks.flatMap((block, i): [string, Y.XmlElement][] => {
      const name = names[i] ?? ''
      return ids.has(name) ? [[name, block]] : []
    }),
  )
}

/**
 * Changes a clause's words and leaves the unchanged ones alone, references too where the runs have them; new words
 * take the marks of those before them.
 * @returns false when there is no such clause, or it is a table
 */
export function setClauseText(
  doc: Y.Doc,
  clauseId: string,
  text: string | readonly Run[],
  origin?: unknown,
): boolean {
  const clause = findBlock(doc, clauseId)
  if (clause?.nodeName !== 'clause') return false
  const runs = typeof text === 'string' ? [{ text, marks: [] }] : text
  doc.transact(() => setRuns(clause, runs), origin)
  return true
}

/** @param after null puts it first. @returns false when there is no such clause */
export function insertClause(
  doc: Y.Doc,
  after: string | null,
  block: Block,
  origin?: unknown,
): boolean {
  const previous = after === null ? null : findBlock(doc, after)
  if (previous === undefined) return false
  doc.transact(() => {
    const body = bodyOf(doc)
    const element = blockElement(block)
    if (previous === null) body.insert(0, [element])
    else body.insertAfter(previous, [element])
  }, origin)
  return true
}

/** @returns false when there is no such clause */
export function deleteClause(doc: Y.Doc, clauseId: string, origin?: unknown): boolean {
  const block = findBlock(doc, clauseId)
  if (!block) return false
  doc.transact(() => {
    const body = bodyOf(doc)
    body.delete((body.toArray() as unknown[]).indexOf(block), 1)
  }, origin)
  return true
}
