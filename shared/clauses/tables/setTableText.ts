import * as Y from 'yjs'
import { carriedRuns, readCarried } from '../carriedText.ts'
import { readRuns, setRuns } from '../inlineText.ts'
import { uniqueIds } from '../uniqueIds.ts'
import { attribute, bodyOf } from '../yjs.ts'

/**
 * Gives the cells of a table the words of `text` (`carriedText`: cells joined by tabs, rows by newlines) and leaves unchanged words
 * and their marks alone.
 * @returns false when the text has another shape than the table, or a changed cell is not one plain paragraph
 */
export function setTableText(doc: Y.Doc, clauseId: string, text: string): boolean {
  const table = findTable(doc, clauseId)
  if (!table) return false
  const rows = children(table).map((row) => children(row))
  const wanted = text.split('\n').map((row) => row.split('\t'))
  if (
    wanted.length !== rows.length ||
    wanted.some((cells, index) => cells.length !== rows[index]?.length)
  )
    return false
  const edits: { paragraph: Y.XmlElement; words: string }[] = []
  for (const [r, cells] of rows.entries())
    for (const [c, cell] of cells.entries()) {
      const paragraphs = children(cell)
      const words = wanted[r]?.[c] ?? ''
      if (paragraphs.map((each) => carriedRuns(readRuns(each))).join(' ') === words) continue
      const [paragraph] = paragraphs
      if (!paragraph || paragraphs.length > 1 || paragraph.length > 1) return false
      edits.push({ paragraph, words })
    }
  for (const { paragraph, words } of edits) setRuns(paragraph, readCarried(words))
  return true
}

function findTable(doc: Y.Doc, clauseId: string): Y.XmlElement | undefined {
  const blocks = children(bodyOf(doc)).filter(({ nodeName }) =>
    ['clause', 'table'].includes(nodeName),
  )
  const ids = blocks.map((block) => ({ id: String(attribute(block, 'id') ?? '') }))
  const block = blocks[uniqueIds(ids).indexOf(clauseId)]
  return block?.nodeName === 'table' ? block : undefined
}

const children = (parent: Y.XmlFragment): Y.XmlElement[] =>
  (parent.toArray() as unknown[]).filter(
    (child): child is Y.XmlElement => child instanceof Y.XmlElement,
  )
