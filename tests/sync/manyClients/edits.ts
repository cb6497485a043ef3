import * as Y from 'yjs'
import { CLAUSE_LEVELS } from '../../../shared/clauses/clause.ts'
import { bodyOf } from '../../../shared/clauses/yjs.ts'
import type { Chance } from '../../support/seeded.ts'
import { type Ledger, type Stroke, seams, wholeWords } from './Ledger.ts'

export type Desk = { doc: Y.Doc; author: number; ledger: Ledger; chance: Chance }

const clausesOf = (doc: Y.Doc) =>
  (bodyOf(doc).toArray() as unknown[]).filter(
    (child): child is Y.XmlElement => child instanceof Y.XmlElement && child.nodeName === 'clause',
  )
const textsOf = (clause: Y.XmlElement) =>
  (clause.toArray() as unknown[]).filter((child): child is Y.XmlText => child instanceof Y.XmlText)
const plain = (text: Y.XmlText) =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => String(insert)).join('')
const wordsOf = (clause: Y.XmlElement) => textsOf(clause).map(plain).join('')
const indexOf = (clause: Y.XmlElement) =>
  (bodyOf(clause.doc as Y.Doc).toArray() as unknown[]).indexOf(clause)
const keyOf = ({ _item: item }: Y.XmlElement) => `${item?.id.client}:${item?.id.clock}`

function newClause(desk: Desk, at: number, id: string, level: string, words: string) {
  const made = new Y.XmlElement('clause')
  made.setAttribute('id', id)
  made.setAttribute('level', level)
  if (words !== '') made.insert(0, [new Y.XmlText(words)])
  bodyOf(desk.doc).insert(at, [made])
  return keyOf(made)
}

function removeClause({ doc, ledger }: Desk, clause: Y.XmlElement): void {
  ledger.blockRemoved(keyOf(clause))
  bodyOf(doc).delete(indexOf(clause), 1)
}

const strokeOf = ({ doc }: Desk): Stroke => ({
  client: doc.clientID,
  clock: Y.getState(doc.store, doc.clientID),
})
const idOf = (clause: Y.XmlElement) => clause.getAttribute('id') ?? 'no-id'
const levelOf = (clause: Y.XmlElement) => clause.getAttribute('level') ?? 'text'

/** One word at a seam of some clause. @returns the word */
export function type(desk: Desk): string {
  const { doc, author, ledger, chance } = desk
  const token = ledger.newToken(author)
  const stroke = strokeOf(desk)
  const clauses = clausesOf(doc)
  if (clauses.length === 0) {
    const key = newClause(desk, 0, `new-${token.slice(1, -1).replace('.', '-')}`, 'text', token)
    ledger.written(token, author, key, stroke)
    return token
  }
  const clause = chance.pick(clauses)
  ledger.written(token, author, keyOf(clause), stroke)
  const texts = textsOf(clause)
  if (texts.length === 0) clause.insert(0, [new Y.XmlText(token)])
  else {
    const text = chance.pick(texts)
    text.insert(chance.pick(seams(plain(text))), token)
  }
  return token
}

type Edit = (desk: Desk, clauses: readonly Y.XmlElement[]) => void

const erase: Edit = ({ ledger, chance }, clauses) => {
  const clause = chance.pick(clauses)
  for (const text of textsOf(clause).slice(0, 1)) {
    const words = plain(text)
    if (words === '') return
    const start = chance.below(words.length)
    const [from, to] = wholeWords(words, start, Math.min(words.length, start + 1 + chance.below(9)))
    ledger.removed(words.slice(from, to), keyOf(clause))
    text.delete(from, to - from)
  }
}

const format: Edit = ({ chance }, clauses) => {
  const [text] = textsOf(chance.pick(clauses))
  const words = text ? plain(text) : ''
  if (!text || words === '') return
  const mark = chance.pick(['bold', 'italic'])
  const start = chance.below(words.length)
  const [from, to] = wholeWords(words, start, start + 1 + chance.below(words.length - start))
  text.format(from, to - from, { [mark]: chance.oneIn(3) ? null : {} })
}

const level: Edit = ({ chance }, clauses) =>
  chance.pick(clauses).setAttribute('level', chance.pick(CLAUSE_LEVELS))

const removal: Edit = (desk, clauses) => {
  if (clauses.length < 3) return
  const clause = desk.chance.pick(clauses)
  desk.ledger.removed(wordsOf(clause), keyOf(clause))
  removeClause(desk, clause)
}

/** Enter in the middle of a clause: what stands behind the caret goes into a clause of its own. */
const split: Edit = (desk, clauses) => {
  const clause = desk.chance.pick(clauses)
  const text = textsOf(clause).at(-1)
  if (!text) return
  const words = plain(text)
  const at = desk.chance.pick(seams(words))
  const tail = words.slice(at)
  const stroke = strokeOf(desk)
  const id = desk.ledger.newToken(desk.author).slice(1, -1).replace('.', '-')
  if (tail !== '') text.delete(at, tail.length)
  const key = newClause(desk, indexOf(clause) + 1, `split-${id}`, levelOf(clause), tail)
  desk.ledger.moved(tail, keyOf(clause), key, stroke)
}

/** A drag as every editor does it: a copy there, the old one away. Two at once leave two copies. */
const move: Edit = (desk, clauses) => {
  const clause = desk.chance.pick(clauses)
  const words = wordsOf(clause)
  const stroke = strokeOf(desk)
  const at = desk.chance.below(bodyOf(desk.doc).length + 1)
  const key = newClause(desk, at, idOf(clause), levelOf(clause), words)
  desk.ledger.moved(words, keyOf(clause), key, stroke)
  removeClause(desk, clause)
}

/** Backspace at the start of a clause. */
const join: Edit = (desk, clauses) => {
  const second = 1 + desk.chance.below(clauses.length - 1)
  const [before, clause] = [clauses[second - 1], clauses[second]]
  const text = before && textsOf(before).at(-1)
  if (!before || !clause || !text) return
  const words = wordsOf(clause)
  const stroke = strokeOf(desk)
  text.insert(text.length, words)
  desk.ledger.moved(words, keyOf(clause), keyOf(before), stroke)
  removeClause(desk, clause)
}

const EDITS: readonly Edit[] = [
  erase,
  erase,
  format,
  format,
  level,
  removal,
  split,
  split,
  move,
  join,
]

/** One act of a person at a keyboard, other than typing. */
export function change(desk: Desk): void {
  const clauses = clausesOf(desk.doc)
  if (clauses.length > 1) desk.chance.pick(EDITS)(desk, clauses)
}
