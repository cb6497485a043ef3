import type { ClauseDiffView } from '../../shared/versions/api.ts'

type Part = NonNullable<ClauseDiffView['parts']>[number]
/** A part with the number of its change, from 1; a removal and what stands in its stead are one change. */
export type NumberedPart = Part & { change: number | null }
export type NumberedItem = {
  item: ClauseDiffView
  /** Of the block as a whole, where no word of it is a change: it was moved, or has another level. */
  change: number | null
  parts: readonly NumberedPart[]
  /** Of a table: by row and cell. */
  cells: readonly (readonly (readonly NumberedPart[])[])[]
}

/** Numbers the changes of a text in the order in which they are read. */
export function numberChanges(items: readonly ClauseDiffView[]): {
  items: NumberedItem[]
  count: number
} {
  let count = 0
  const numbered = (parts: readonly Part[]): NumberedPart[] => {
    let open = false
    return parts.map((part) => {
      if (part.kind === 'same') {
        open = false
        return { ...part, change: null }
      }
      if (!open) count += 1
      open = true
      return { ...part, change: count }
    })
  }
  const all = items.map((item) => {
    const first = count
    const parts = numbered(item.parts ?? [])
    const cells = (item.table?.rows ?? []).map((row) =>
      row.cells.map((cell) => numbered(cell.parts)),
    )
    const isSilent = count === first && item.kind !== 'same'
    if (isSilent) count += 1
    return { item, change: isSilent ? count : null, parts, cells }
  })
  return { items: all, count }
}
