import type { Node, Schema } from '@tiptap/pm/model'
import {
  isPastedTable,
  type PastedBlock,
  type PastedCell,
  type PastedClause,
  type PastedParagraph,
  type PastedRun,
  type PastedTableBlock,
} from '../../../shared/pasting/pasted.ts'

/** Letters that read differently, so many UTF-16 units into the words that were put in. */
export type Letters = { at: number; find: string; put: string }

/** A block that is ready to be put into a text, and what could be read otherwise in it. */
export type PastedNode = { node: Node; letters: readonly Letters[] }

const typeOf = (schema: Schema, name: string) => {
  const type = schema.nodes[name]
  if (!type) throw new Error(`a schema without ${name}`)
  return type
}

export const textNodes = (schema: Schema, runs: readonly PastedRun[]): Node[] =>
  runs
    .filter(({ text }) => text !== '')
    .map(({ text, marks }) =>
      schema.text(
        text,
        marks.flatMap((mark) => schema.marks[mark]?.create() ?? []),
      ),
    )

export function lettersOf(runs: readonly PastedRun[]): Letters[] {
  const letters: Letters[] = []
  let at = 0
  for (const { text, other } of runs) {
    if (other && text !== '') letters.push({ at, find: text, put: other.text })
    at += text.length
  }
  return letters
}

/** Its id is given by the editor, as to everything that is new. */
export function blockNode(schema: Schema, block: PastedBlock): PastedNode {
  if (isPastedTable(block)) return tableNode(schema, block)
  const node = typeOf(schema, 'clause').create(
    { level: block.level },
    textNodes(schema, block.runs),
  )
  return { node, letters: lettersOf(block.runs) }
}

function tableNode(schema: Schema, { rows }: PastedTableBlock): PastedNode {
  const node = typeOf(schema, 'table').create(
    null,
    rows.map((row) =>
      typeOf(schema, 'tableRow').create(
        null,
        row.map((cell) => cellNode(schema, cell)),
      ),
    ),
  )
  return {
    node,
    letters: lettersOf(runsInOrder(rows.flat().flatMap(({ paragraphs }) => paragraphs))),
  }
}

/** A merged cell has the width of several columns, which says nothing of one of them. */
function cellNode(
  schema: Schema,
  { header, colspan, rowspan, width, paragraphs }: PastedCell,
): Node {
  const colwidth = width !== null && colspan === 1 ? [width] : null
  return typeOf(schema, header ? 'tableHeader' : 'tableCell').create(
    { colspan, rowspan, colwidth },
    paragraphs.length > 0
      ? paragraphs.map((paragraph) => paragraphNode(schema, cellRuns(paragraph)))
      : [paragraphNode(schema, [])],
  )
}

export const paragraphNode = (schema: Schema, runs: readonly PastedRun[]) =>
  typeOf(schema, 'paragraph').create(null, textNodes(schema, runs))

/** In a cell nothing is numbered, so numbers are words there. */
const cellRuns = ({ runs, list }: PastedParagraph): readonly PastedRun[] =>
  list ? [{ text: `${list.label} `, marks: [], font: '' }, ...runs] : runs

const runsInOrder = (paragraphs: readonly PastedParagraph[]) => paragraphs.flatMap(cellRuns)

/** A clause as words for a place without levels. @param typedOnly without numbers that a program had made */
export function wordsOf({ runs, label }: PastedClause, typedOnly: boolean): readonly PastedRun[] {
  if (label === null || (typedOnly && !label.typed)) return runs
  return [{ text: `${label.text} `, marks: [], font: '' }, ...runs]
}

/** Blocks as the lines of a cell; the words of a table come one cell a line. */
export const cellLines = (blocks: readonly PastedBlock[]): (readonly PastedRun[])[] =>
  blocks.flatMap((block) => (isPastedTable(block) ? runsOfCells(block) : [wordsOf(block, false)]))

const runsOfCells = ({ rows }: PastedTableBlock) =>
  rows.flat().flatMap(({ paragraphs }) => paragraphs.map(cellRuns))
