import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import type { Node } from '@tiptap/pm/model'
import { addRowAfter } from '@tiptap/pm/tables'
import type { NodeView, ViewMutationRecord } from '@tiptap/pm/view'
import { columnDrag } from './columnDrag.ts'
import { columnWidths, resizeColumn } from './columnWidths.ts'
import { onWhole, ownTableEditing } from './wholeTables.ts'

const spanAttributes = {
  colspan: { default: 1 },
  rowspan: { default: 1 },
  colwidth: {
    default: null,
    parseHTML: (element: HTMLElement) => {
      const widths = element.getAttribute('colwidth')?.split(',').map(Number)
      return widths?.every((width) => width > 0) ? widths : null
    },
  },
}

export const ClauseTable = Table.extend({
  addAttributes() {
    return {
      id: {
        default: null,
        parseHTML: (element) => element.getAttribute('data-fresh'),
        renderHTML: ({ id }) => (id === null ? {} : { 'data-id': id }),
      },
    }
  },
  addProseMirrorPlugins() {
    // The lines between columns come before what a mouse selects.
    return [columnDrag(), ownTableEditing()]
  },
  addKeyboardShortcuts() {
    const { editor } = this
    const resize = (way: 1 | -1) => () =>
      editor.isEditable &&
      onWhole(resizeColumn(way))(editor.state, (tr) => editor.view.dispatch(tr), editor.view)
    return {
      ...this.parent?.(),
      // Behind the last cell begins a new row.
      Tab: () =>
        editor.commands.goToNextCell() ||
        (onWhole(addRowAfter)(editor.state) && editor.chain().addRowAfter().goToNextCell().run()),
      'Alt-Shift-ArrowRight': resize(1),
      'Alt-Shift-ArrowLeft': resize(-1),
    }
  },
  addNodeView() {
    return ({ node }) => new PageTable(node)
  },
})

export const ClauseTableRow = TableRow.extend({ content: '(tableCell | tableHeader)+' })

export const ClauseTableCell = TableCell.extend({
  content: 'paragraph+',
  addAttributes: () => spanAttributes,
})

export const ClauseTableHeader = TableHeader.extend({
  content: 'paragraph+',
  addAttributes: () => spanAttributes,
})

/** Column widths as shares of the page, so that a table is never wider than the paper it is printed on. */
class PageTable implements NodeView {
  readonly dom: HTMLDivElement
  readonly contentDOM: HTMLTableSectionElement
  readonly #table: HTMLTableElement
  readonly #columns: HTMLTableColElement
  #node: Node

  constructor(node: Node) {
    this.#node = node
    this.dom = document.createElement('div')
    this.dom.className = 'clause-table'
    // On a narrow screen a table scrolls sideways by itself, from the keyboard too.
    this.dom.tabIndex = 0
    this.#table = this.dom.appendChild(document.createElement('table'))
    this.#columns = this.#table.appendChild(
      document.createElement('colgroup') as unknown as HTMLTableColElement,
    )
    this.contentDOM = this.#table.appendChild(document.createElement('tbody'))
    this.#show()
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#show()
    return true
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }

  #show() {
    const { id } = this.#node.attrs
    if (typeof id === 'string') this.dom.dataset.id = id
    const widths = columnWidths(this.#node)
    const known = widths.filter((width) => width > 0)
    const total = known.reduce((sum, width) => sum + width, 0)
    const average = known.length > 0 ? total / known.length : 0
    const whole = total + average * (widths.length - known.length)
    // Without any known width the browser fits the columns to what is in them.
    this.#table.style.tableLayout = known.length > 0 ? 'fixed' : 'auto'
    this.#columns.replaceChildren(
      ...widths.map((width) => {
        const column = document.createElement('col')
        if (whole > 0) column.style.width = `${((width || average) / whole) * 100}%`
        return column
      }),
    )
  }
}
