import type { ClauseLevel, Mark } from '../clauses/clause.ts'
import type { LegacyReading } from '../vietnamese/legacy.ts'

/**
 * What a clipboard holds, in the three states it goes through: items as they were written (`readHtml`, `readPlain`),
 * items with their letters decoded (`decodeItems`), blocks at their levels (`levelItems`).
 */
export type PastedRun = {
  text: string
  marks: readonly Mark[]
  /** CSS `font-family`, empty where none is said. */
  font: string
  /** How the letters read otherwise: as they were written, or as they may have been meant. */
  other?: OtherReading
}

export type OtherReading = {
  text: string
  reading: LegacyReading
  /** True: the run holds the decoded letters and `text` the written ones. False: the other way round. */
  decoded: boolean
}

/** A number or bullet that the program made and nobody typed. */
export type PastedList = {
  /** As printed: `1.`, `b)`, `Điều 2.`; `-` for any bullet. */
  label: string
  /** 1 for the outermost list. */
  depth: number
}

export type PastedParagraph = {
  kind: 'paragraph'
  runs: readonly PastedRun[]
  list: PastedList | null
  /** Stood in no block of its own: words copied out of a line, whose outer spaces count. */
  loose: boolean
}

export type PastedCell = {
  header: boolean
  colspan: number
  rowspan: number
  /** CSS px; null where it is automatic. */
  width: number | null
  paragraphs: readonly PastedParagraph[]
}

export type PastedTable = { kind: 'table'; rows: readonly (readonly PastedCell[])[] }
export type PastedItem = PastedParagraph | PastedTable

/** A clause to be: its number is computed where it is put. */
export type PastedClause = {
  level: ClauseLevel
  runs: readonly PastedRun[]
  /** The number that was left out, with whether it had been typed; to be put back where there are no levels. */
  label: { text: string; typed: boolean } | null
  loose: boolean
}
export type PastedTableBlock = { level: 'table'; rows: PastedTable['rows'] }
export type PastedBlock = PastedClause | PastedTableBlock

export const isPastedTable = (block: PastedBlock): block is PastedTableBlock =>
  block.level === 'table'

export const textOf = (runs: readonly PastedRun[]): string => runs.map(({ text }) => text).join('')
