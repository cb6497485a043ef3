import * as Y from 'yjs'
import { isTable, lettersText } from './clause.ts'
import { formatsOf, texts } from './inlineText.ts'
import { uniqueIds } from './uniqueIds.ts'
import { attribute, deleteClause, findBlock, readBody } from './yjs.ts'

/**
 * Appends a clause's words, with their marks, to the clause before it and takes it out. Where the one before is
 * empty it is that one that goes, and its level stays: an id belongs to its text.
 * @returns id of the clause that stands now; null when there is no clause before it, or either is a table
 */
export function joinToPrevious(doc: Y.Doc, clauseId: string): string | null {
  const blocks = readBody(doc)
  const ids = uniqueIds(blocks)
  const index = ids.indexOf(clauseId)
  const [above, block, aboveId] = [blocks[index - 1], blocks[index], ids[index - 1]]
  if (!above || !block || aboveId === undefined || isTable(above) || isTable(block)) return null
  const [target, element] = [findBlock(doc, aboveId), findBlock(doc, clauseId)]
  if (!target || !element) return null
  const [before, words] = [lettersText(above), lettersText(block)]
  if (before === '' && words !== '') {
    const level = attribute(target, 'level')
    if (typeof level === 'string') element.setAttribute('level', level)
    deleteClause(doc, aboveId)
    return clauseId
  }
  const text = texts(target).at(-1) ?? new Y.XmlText()
  if (text.parent === null) target.insert(target.length, [text])
  const apart = before !== '' && words !== '' && !/\s$/.test(before) && !/^\s/.test(words)
  if (apart) text.insert(text.length, ' ', {})
  for (const run of block.runs) text.insert(text.length, run.text, formatsOf(run))
  deleteClause(doc, clauseId)
  return aboveId
}
