import type { ClauseId } from '../base/ids.ts'
import type { ClauseReference } from './reference.ts'

/**
 * A document is one flat list of blocks. Level is an attribute, never a node type: changing it cannot tear the
 * text from under a colleague who is typing in it.
 */
export const NUMBERED_LEVELS = [
  'part',
  'chapter',
  'section',
  'subsection',
  'article',
  'paragraph',
  'point',
  'annex',
] as const
export const CLAUSE_LEVELS = [...NUMBERED_LEVELS, 'basis', 'text'] as const
export type ClauseLevel = (typeof CLAUSE_LEVELS)[number]
export const BLOCK_LEVELS = [...CLAUSE_LEVELS, 'table'] as const
export type BlockLevel = ClauseLevel | 'table'

export const isClauseLevel = (level: unknown): level is ClauseLevel =>
  (CLAUSE_LEVELS as readonly unknown[]).includes(level)

/** `articles`: Chương, Điều, khoản, điểm (covenant, regulation). `plan`: I, 1, a. */
export type NumberingModel = 'articles' | 'plan'

export const MARKS = ['bold', 'italic', 'underline'] as const
export type Mark = (typeof MARKS)[number]

/**
 * A run of text with the same marks. Marks count for the seal, not for agreement. A reference is a run of its own,
 * whose text is `REFERENCE_LETTER`.
 */
export type Run = { text: string; marks: readonly Mark[]; reference?: ClauseReference }

export type ClauseBlock = { id: ClauseId; level: ClauseLevel; runs: readonly Run[] }

export type TableCell = {
  header: boolean
  colspan: number
  rowspan: number
  /** Column widths in CSS px as the editor stores them; null where the width is automatic. */
  colwidth: readonly number[] | null
  paragraphs: readonly (readonly Run[])[]
}
export type TableRow = { cells: readonly TableCell[] }
export type TableBlock = { id: ClauseId; level: 'table'; rows: readonly TableRow[] }

export type Block = ClauseBlock | TableBlock

export const isTable = (block: Block): block is TableBlock => block.level === 'table'

/** The runs of each paragraph: a clause is one, a table has some in every cell. */
export const paragraphsOf = (block: Block): readonly (readonly Run[])[] =>
  isTable(block)
    ? block.rows.flatMap(({ cells }) => cells.flatMap(({ paragraphs }) => paragraphs))
    : [block.runs]

export const referencesIn = (block: Block): ClauseReference[] =>
  paragraphsOf(block).flatMap((runs) => runs.flatMap(({ reference }) => reference ?? []))

/** How a reference reads. */
export type SayReference = (reference: ClauseReference) => string

/** Text without the label; cells of a table are joined by tabs, rows by newlines (contract). */
export const sayBlock = (block: Block, say: SayReference): string =>
  joinRuns(block, ({ text, reference }) => (reference ? say(reference) : text))

/** {@link sayBlock} for where the text around it is not at hand: references read as when they were made. */
export const blockText = (block: Block): string => sayBlock(block, ({ was }) => was)

/** How runs read, references as when they were made. */
export const sayRuns = (runs: readonly Run[]): string =>
  runs.map(({ text, reference }) => reference?.was ?? text).join('')

/** Letter by letter as Yjs counts them: a reference is one, whatever it says. */
export const lettersText = (block: Block): string => joinRuns(block, ({ text }) => text)

/** {@link sayBlock} of runs said otherwise. */
export function joinRuns(block: Block, say: (run: Run) => string): string {
  const said = (runs: readonly Run[]) => runs.map(say).join('')
  if (!isTable(block)) return said(block.runs)
  return block.rows
    .map(({ cells }) => cells.map(({ paragraphs }) => paragraphs.map(said).join(' ')).join('\t'))
    .join('\n')
}
