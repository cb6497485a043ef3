import type { ClauseId } from '../base/ids.ts'

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
export type BlockLevel = ClauseLevel | 'table'

export const isClauseLevel = (level: unknown): level is ClauseLevel =>
  (CLAUSE_LEVELS as readonly unknown[]).includes(level)

/** `articles`: Chương, Điều, khoản, điểm (covenant, regulation). `plan`: I, 1, a. */
export type NumberingModel = 'articles' | 'plan'

export const MARKS = ['bold', 'italic', 'underline'] as const
export type Mark = (typeof MARKS)[number]

/** A run of text with the same marks. Marks count for the seal, not for agreement. */
export type Run = { text: string; marks: readonly Mark[] }

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

const runsText = (runs: readonly Run[]) => runs.map((run) => run.text).join('')

/** Text without the label; cells of a table are joined by tabs, rows by newlines (contract). */
export function blockText(block: Block): string {
  if (!isTable(block)) return runsText(block.runs)
  return block.rows
    .map((row) => row.cells.map((cell) => cell.paragraphs.map(runsText).join(' ')).join('\t'))
    .join('\n')
}
