import * as Y from 'yjs'
import { CLAUSE_LEVELS } from '../../../shared/clauses/clause.ts'
import { bodyOf, findBlock, insertClause } from '../../../shared/clauses/yjs.ts'
import { clause } from '../builders.ts'

/** The others write these two letters and nothing else; no Vietnamese word of the tests has them. */
export const OTHERS = /[xz]/g
/** What stands before the caret where somebody types; `nhất` is never moved, so the place can be found again. */
export const BEFORE = 'mở đầu câu văn thứ nhất '
export const BEHIND = ' phần cuối của câu văn này'
const MARK = 'nhất '

/** All letters of the document in their order, wherever they stand. */
export function lettersOf(doc: Y.Doc): string {
  const letters = (node: unknown): string => {
    if (node instanceof Y.XmlText)
      return (node.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('')
    return node instanceof Y.XmlFragment ? (node.toArray() as unknown[]).map(letters).join('') : ''
  }
  return letters(bodyOf(doc))
}

/** Where somebody types, as another peer has it: `holder` is the clause, or the paragraph of a cell. */
type Spot = { text: Y.XmlText; holder: Y.XmlElement; caret: number }

function spotIn(doc: Y.Doc, typed: string): Spot {
  const text = findText(bodyOf(doc))
  if (!text) throw new Error(`spotIn: nobody types in “${lettersOf(doc)}”`)
  const now = text.toString()
  let caret = now.indexOf(MARK) + MARK.length
  for (const letter of typed) {
    while (caret < now.length && now[caret] !== letter) caret += 1
    caret += 1
  }
  return { text, holder: text.parent as Y.XmlElement, caret }
}

function findText(node: Y.XmlFragment): Y.XmlText | null {
  for (const child of node.toArray() as unknown[]) {
    if (child instanceof Y.XmlText && child.toString().includes('nhất')) return child
    const found = child instanceof Y.XmlFragment ? findText(child) : null
    if (found) return found
  }
  return null
}

/**
 * What somebody else does meanwhile, in one transaction.
 * @param typed what the typist has written, as far as this peer knows. @param n counts up
 * @returns how many letters he has written
 */
export type Meanwhile = (doc: Y.Doc, typed: string, n: number) => number

export const MEANWHILE = {
  'text in the same run': (doc, typed, n) => {
    const { text } = spotIn(doc, typed)
    text.insert(n % 2 === 0 ? 1 : text.length - 1, 'x')
    return 1
  },
  'text at the very caret': (doc, typed) => {
    const { text, caret } = spotIn(doc, typed)
    text.insert(caret, 'z')
    return 1
  },
  'a paragraph above': (doc, _, n) => {
    insertClause(doc, null, clause(`n${n}`, 'text', 'x'))
    return 1
  },
  'a split of the clause': (doc, typed, n) => {
    const { text, holder } = spotIn(doc, typed)
    const first = n % 2 === 0
    const at = first ? 0 : text.length - 1
    const letter = text.toString()[at] ?? ''
    text.delete(at, 1)
    const half = new Y.XmlElement(holder.nodeName)
    if (holder.nodeName === 'clause') {
      half.setAttribute('id', `s${n}`)
      half.setAttribute('level', 'text')
    }
    half.insert(0, [new Y.XmlText(letter)])
    const siblings = holder.parent as Y.XmlElement
    const index = (siblings.toArray() as unknown[]).indexOf(holder)
    siblings.insert(first ? index : index + 1, [half])
    return 0
  },
  'a change of level': (doc, typed, n) => {
    const { holder } = spotIn(doc, typed)
    if (holder.nodeName === 'clause')
      holder.setAttribute('level', CLAUSE_LEVELS[n % CLAUSE_LEVELS.length] ?? 'text')
    // A cell has no level; somebody drags its column.
    else
      (holder.parent as Y.XmlElement<Record<string, never>>).setAttribute('colwidth', [
        80 + n,
      ] as never)
    return 0
  },
  'a table row': (doc, _, n) => {
    const table = findBlock(doc, 't')
    if (!table) throw new Error('the table is gone')
    const rows = table.toArray() as Y.XmlElement[]
    const cell = () => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText('x')])
      const made = new Y.XmlElement<Record<string, never>>('tableCell')
      made.setAttribute('colspan', 1 as never)
      made.setAttribute('rowspan', 1 as never)
      made.insert(0, [paragraph])
      return made as Y.XmlElement
    }
    if (n % 2 === 1) {
      for (const row of rows) row.insert(0, [cell()])
      return rows.length
    }
    const row = new Y.XmlElement('tableRow')
    const columns = rows[0]?.length ?? 1
    row.insert(0, Array.from({ length: columns }, cell))
    table.insert(0, [row])
    return columns
  },
} as const satisfies Record<string, Meanwhile>

export type Kind = keyof typeof MEANWHILE
export const KINDS = Object.keys(MEANWHILE) as Kind[]

/** In a clause that nobody has written in yet. */
export const inTheEmptyClause: Meanwhile = (doc, _, n) => {
  const clause = findBlock(doc, 'w')
  const [text] = (clause?.toArray() ?? []) as Y.XmlText[]
  if (text) text.insert(n % 2 === 0 ? 0 : text.length, 'x')
  else clause?.insert(0, [new Y.XmlText('x')])
  return 1
}
