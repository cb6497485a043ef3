import * as z from 'zod'
import type { ClauseId } from '../base/ids.ts'
import { type Block, type ClauseLevel, isTable, MARKS } from '../clauses/clause.ts'
import { SPAN_LIMIT } from '../clauses/limits.ts'
import { ClauseReference } from '../clauses/reference.ts'
import { fittedRows } from '../clauses/tables/fittedRows.ts'

const ContentRun = z.strictObject({
  text: z.string().min(1),
  marks: z.array(z.enum(MARKS)).max(MARKS.length),
  reference: ClauseReference.exactOptional(),
})
const Runs = z.array(ContentRun).max(20_000)
const Span = z.number().int().min(1).max(SPAN_LIMIT)
const ContentCell = z.strictObject({
  header: z.boolean(),
  colspan: Span,
  rowspan: Span,
  colwidth: z.array(z.number().min(0).max(10_000)).max(SPAN_LIMIT).nullable(),
  paragraphs: z.array(Runs).min(1).max(1_000),
})

/** What a clause or a table is to say, with bold, references and cells: a {@link Block} without id and level. */
export const ProposalContent = z.union([
  z.strictObject({ runs: Runs }),
  z.strictObject({
    rows: z
      .array(z.strictObject({ cells: z.array(ContentCell).max(1_000) }))
      .min(1)
      .max(1_000),
  }),
])
export type ProposalContent = z.infer<typeof ProposalContent>

/** For a row, or for an answer. */
export const contentOf = (block: Block): ProposalContent =>
  ProposalContent.parse(isTable(block) ? { rows: block.rows } : { runs: block.runs })

/** @param level of a clause; a table is a table */
export const contentBlock = (content: ProposalContent, id: ClauseId, level: ClauseLevel): Block =>
  'rows' in content
    ? { id, level: 'table', rows: fittedRows(content.rows) }
    : { id, level, runs: content.runs }
