import type { PastedItem, PastedParagraph, PastedRun } from '../../../shared/pasting/pasted.ts'
import { readStyleSheet } from '../../../shared/pasting/styleSheet.ts'
import { tidyRuns } from '../../../shared/pasting/tidyRuns.ts'
import { type Look, lookOf, type Styles } from './lookOf.ts'
import { ListCounter } from './pastedLists.ts'
import { readTable } from './readTable.ts'

const SKIPPED = new Set(
  'HEAD STYLE SCRIPT TITLE META LINK TEMPLATE NOSCRIPT OBJECT IFRAME SVG MATH SELECT BUTTON INPUT TEXTAREA DEL'.split(
    ' ',
  ),
)
const BLOCKS = new Set(
  (
    'P DIV H1 H2 H3 H4 H5 H6 LI UL OL DL DT DD BLOCKQUOTE PRE SECTION ARTICLE HEADER FOOTER MAIN NAV ASIDE FIGURE ' +
    'FIGCAPTION ADDRESS FORM FIELDSET CENTER HR DETAILS SUMMARY TABLE CAPTION TD TH'
  ).split(' '),
)
const ELEMENT = 1
const TEXT = 3

/**
 * Paragraphs and tables of a clipboard's HTML, in order: Word, LibreOffice, spreadsheets, web pages. Nothing in it is
 * run or fetched. Fonts are kept for reading the letters by; every other look but bold, italic and underline is not.
 */
export function readHtml(html: string): PastedItem[] {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const css = Array.from(page.querySelectorAll('style'), (style) => style.textContent ?? '')
  return readElement(page.body, readStyleSheet(css.join('\n')), undefined, 0)
}

/** @param outer the look that the element inherits. @param depth 0 where words may stand in no block */
function readElement(root: Element, styles: Styles, outer: Look | undefined, depth: number) {
  const reader = new Reader(styles, depth)
  reader.walk(root, lookOf(root, outer, styles))
  reader.end()
  return reader.items
}

/** Between blocks and around the words, a source is broken and indented as its program likes it. */
const isIndent = (text: string) => /^\s*\n\s*$/.test(text)

class Reader {
  readonly items: PastedItem[] = []
  readonly #styles: Styles
  readonly #lists = new ListCounter()
  #runs: PastedRun[] = []
  #list: PastedParagraph['list'] = null
  #depth: number

  constructor(styles: Styles, depth: number) {
    this.#styles = styles
    this.#depth = depth
  }

  /** Blanks alone are only words where there is nothing else. */
  end(): void {
    this.#flush(this.items.length === 0)
  }

  #flush(keepBlank = false): void {
    const loose = this.#depth === 0
    while (isIndent(this.#runs.at(-1)?.text ?? '')) this.#runs.pop()
    const runs = tidyRuns(this.#runs, loose)
    if (runs.some(({ text }) => text !== ' ') || (keepBlank && runs.length > 0)) {
      this.items.push({ kind: 'paragraph', runs, list: this.#list, loose })
      this.#list = null
    }
    this.#runs = []
  }

  walk(parent: Element, look: Look): void {
    for (const node of Array.from(parent.childNodes)) {
      if (node.nodeType === TEXT) this.#say(node.textContent ?? '', look)
      else if (node.nodeType === ELEMENT) this.#element(node as Element, look)
    }
  }

  #element(element: Element, outer: Look): void {
    const tag = element.tagName.toUpperCase()
    if (SKIPPED.has(tag)) return
    const look = lookOf(element, outer, this.#styles)
    if (look.hidden) return
    if (look.isLabel) {
      this.#list = this.#lists.madeByWord(element.textContent ?? '', look.listDepth)
      return
    }
    if (tag === 'BR') {
      this.#flush()
      return
    }
    if (!BLOCKS.has(tag)) {
      this.walk(element, look)
      return
    }
    // A lone table leaves the blanks around it behind.
    this.#flush()
    this.#depth += 1
    if (tag === 'TABLE') this.#table(element, look)
    else {
      if (tag === 'LI') this.#list = this.#lists.madeByHtml(element, look.listStyle)
      this.walk(element, look)
      this.#flush()
      if (tag === 'LI' || tag === 'P') this.#list = null
    }
    this.#depth -= 1
  }

  /** A table of one cell is a box around paragraphs, or one cell of a spreadsheet: its words are meant. */
  #table(element: Element, look: Look): void {
    const table = readTable(element, look, this.#styles, (cell, outer) =>
      readElement(cell, this.#styles, outer, 1),
    )
    const [first, ...more] = table.rows.flat()
    // Not spread into one call: that many arguments overflow the stack.
    if (first && more.length === 0) for (const one of first.paragraphs) this.items.push(one)
    else if (first) this.items.push(table)
  }

  #say(text: string, look: Look): void {
    if (text === '' || (this.#runs.length === 0 && !look.preformatted && isIndent(text))) return
    const { marks, font } = look
    const lines = look.preformatted ? text.split(/\r\n?|\n/) : [text]
    lines.forEach((line, index) => {
      if (index > 0) this.#flush()
      this.#runs.push({ text: line, marks, font })
    })
  }
}
