import {
  isPastedTable,
  type PastedBlock,
  type PastedCell,
  type PastedRun,
} from '../../../shared/pasting/pasted.ts'

/** A block as one line: `level: words`, marks as `<bi>…</bi>`, outer blanks as `·`. */
export const tell = (block: PastedBlock): string =>
  isPastedTable(block)
    ? `table: ${block.rows.map(tellRow).join(' / ')}`
    : `${block.level}: ${tellRuns(block.runs).replace(/^ /, '· ').replace(/ $/, ' ·')}`

const tellRuns = (runs: readonly PastedRun[]): string =>
  runs
    .map(({ text, marks }) => {
      const tag = marks.map((mark) => mark.charAt(0)).join('')
      return tag === '' ? text : `<${tag}>${text}</${tag}>`
    })
    .join('')
    .replace(/<\/(\w+)><\1>/g, '')

/** Cells of a heading in brackets, spans as `c2` and `r2`, widths as `w60`. */
function tellRow(cells: readonly PastedCell[]): string {
  const parts = cells.map(({ header, colspan, rowspan, width, paragraphs }) => {
    const words = paragraphs.map(({ runs }) => tellRuns(runs)).join(' ¶ ')
    const extra = `${colspan > 1 ? `c${colspan}` : ''}${rowspan > 1 ? `r${rowspan}` : ''}${width && colspan === 1 ? `w${width}` : ''}`
    if (header) return `[${words}]${extra}`
    return extra === '' ? words : `(${words})${extra}`
  })
  return parts.join(cells.every(({ header }) => header) ? ' ' : ' | ')
}
