import type { ClauseDiff } from '../../../shared/diff/diffDocuments.ts'
import type { TableDiff } from '../../../shared/diff/diffTables.ts'
import type { DiffPart } from '../../../shared/diff/diffWords.ts'

const SIGNS = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const

/** `bảy [-tám-]{+chín+} mười`. */
export const marked = (parts: readonly DiffPart[]): string =>
  parts.map(({ kind, text }) => SIGNS[kind][0] + text + SIGNS[kind][1]).join('')

const ROWS = { same: ' ', changed: '~', added: '+', removed: '-', moved: '>' } as const

/** A line a row: what became of it, then its cells; a cell that is new or gone has `+` or `-` before it. */
export const markedTable = ({ rows }: TableDiff): string =>
  rows
    .map(({ kind, cells }) => {
      const said = cells.map((cell) => {
        const text = marked(cell.parts)
        if (kind === 'added' || kind === 'removed') return text.slice(2, -2)
        return cell.kind === 'added' ? `+${text}` : cell.kind === 'removed' ? `-${text}` : text
      })
      return `${ROWS[kind]} ${said.join(' | ')}`
    })
    .join('\n')

/** `moved c3 after c1`. */
export const told = ({ clauseId, kind, wasAfter }: ClauseDiff): string =>
  kind === 'moved' ? `moved ${clauseId} from ${wasAfter ?? 'top'}` : `${kind} ${clauseId}`
