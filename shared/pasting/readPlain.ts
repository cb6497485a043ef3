import type { PastedItem, PastedParagraph } from './pasted.ts'
import { tidyRuns } from './tidyRuns.ts'

/** Lines become paragraphs; rows of as many tabs each are a table, as spreadsheets write it. */
export function readPlain(text: string): PastedItem[] {
  const lines = text.replace(/(?:\r\n?|\n)+$/, '').split(/(?:\r\n?|\n)+/)
  const tabs = lines.map((line) => line.split('\t').length - 1)
  if (lines.length > 1 && (tabs[0] ?? 0) > 0 && tabs.every((count) => count === tabs[0]))
    return [{ kind: 'table', rows: lines.map((line) => line.split('\t').map(plainCell)) }]
  const isLine = lines.length === 1
  return lines.map((line) => paragraph(line, isLine))
}

const paragraph = (text: string, loose: boolean): PastedParagraph => ({
  kind: 'paragraph',
  runs: tidyRuns([{ text, marks: [], font: '' }], loose),
  list: null,
  loose,
})

const plainCell = (text: string) => ({
  header: false,
  colspan: 1,
  rowspan: 1,
  width: null,
  paragraphs: [paragraph(text, false)],
})
