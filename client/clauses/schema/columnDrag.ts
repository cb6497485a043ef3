import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { placeCells } from '../../../shared/clauses/tables/grid.ts'
import { moved, storeWidths, widthsNow } from './columnWidths.ts'
import { tableOfNode } from './tableOfNode.ts'

/** Px on either side of a line between two columns. */
const REACH = 5
const CLASS = 'on-column-line'

/** A line between two columns, by the column left of it. */
type Line = { tableId: unknown; tablePos: number; line: number }

/** Draws the lines between columns with the mouse. Nothing is stored before the button is let go; Escape lets be. */
export const columnDrag = (): Plugin =>
  new Plugin({
    key: new PluginKey('columnDrag'),
    props: {
      handleDOMEvents: {
        mousemove(view, event) {
          const isOn = view.editable && event.buttons === 0 && lineAt(view, event) !== null
          view.dom.classList.toggle(CLASS, isOn)
          return false
        },
        mousedown(view, event) {
          const line = view.editable && event.button === 0 ? lineAt(view, event) : null
          if (!line) return false
          event.preventDefault()
          drag(view, line, event.clientX)
          return true
        },
      },
    },
  })

function lineAt(view: EditorView, { target, clientX }: MouseEvent): Line | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('td, th') : null
  if (!element || !view.dom.contains(element)) return null
  const { left, right } = element.getBoundingClientRect()
  const side = right - clientX <= REACH ? 'right' : clientX - left <= REACH ? 'left' : null
  if (!side) return null
  const $in = view.state.doc.resolve(view.posAtDOM(element, 0))
  const depth = Array.from({ length: $in.depth }, (_, d) => d + 1).find(
    (d) => $in.node(d).type.name === 'tableRow',
  )
  if (depth === undefined) return null
  const table = $in.node(depth - 1)
  const [row, index] = [$in.index(depth - 1), $in.index(depth)]
  const { cells, extents } = placeCells(tableOfNode(table).rows)
  const cell = cells.find((placed) => placed.row === row && placed.index === index)
  if (!cell) return null
  const line = side === 'right' ? cell.column + cell.colspan - 1 : cell.column - 1
  if (line < 0 || line + 1 >= Math.max(...extents)) return null
  return { tableId: table.attrs.id, tablePos: $in.before(depth - 1), line }
}

function drag(view: EditorView, { tableId, tablePos, line }: Line, from: number): void {
  const table = view.state.doc.nodeAt(tablePos)
  const shown = view.nodeDOM(tablePos)
  const frame = shown instanceof HTMLElement ? shown.querySelector('table') : null
  if (!table || !frame) return
  const start = widthsNow(table, tablePos, view)
  const total = start.reduce((sum, width) => sum + width, 0)
  /** Stored px for one px of the screen: the page shows widths as shares. */
  const scale = total / frame.getBoundingClientRect().width
  const looks = lookOf(frame)
  let widths = start
  const onMove = ({ clientX }: MouseEvent) => {
    widths = moved(start, line, (clientX - from) * scale)
    frame.style.tableLayout = 'fixed'
    frame.querySelectorAll('col').forEach((column, index) => {
      column.style.width = `${((widths[index] ?? 0) / total) * 100}%`
    })
  }
  const end = () => {
    removeEventListener('mousemove', onMove)
    removeEventListener('mouseup', onUp)
    removeEventListener('keydown', onKey, true)
    view.dom.classList.remove(CLASS)
  }
  const onUp = () => {
    end()
    looks.restore()
    if (!view.isDestroyed && widths !== start) store(view, tableId, start.length, widths)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end()
    looks.restore()
  }
  addEventListener('mousemove', onMove)
  addEventListener('mouseup', onUp)
  addEventListener('keydown', onKey, true)
}

function lookOf(frame: HTMLTableElement) {
  const { tableLayout } = frame.style
  const columns = Array.from(frame.querySelectorAll('col'), (column) => column.style.width)
  return {
    restore() {
      frame.style.tableLayout = tableLayout
      frame.querySelectorAll('col').forEach((column, index) => {
        column.style.width = columns[index] ?? ''
      })
    },
  }
}

/** Others may have moved or changed the table meanwhile; one with other columns keeps its widths. */
function store(view: EditorView, tableId: unknown, count: number, widths: readonly number[]): void {
  const { tr, doc } = view.state
  doc.forEach((table, pos) => {
    if (tr.docChanged || table.type.name !== 'table' || table.attrs.id !== tableId) return
    if (widthsNow(table, pos, view).length === count) storeWidths(tr, table, pos, widths)
  })
  if (tr.docChanged) view.dispatch(tr)
}
