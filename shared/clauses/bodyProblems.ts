import * as Y from 'yjs'
import { ClauseId } from '../base/ids.ts'
import { isClauseLevel, MARKS } from './clause.ts'
import { REFERENCE, readReference } from './reference.ts'
import { attribute, BODY, bodyOf } from './yjs.ts'

export const BODY_PROBLEMS = [
  /** A shared type beside `body`. */
  'foreign-root',
  'unknown-element',
  /** A known element where the schema does not have it, or one without the children it must have. */
  'bad-nesting',
  /** Text outside a clause or a table's paragraph. */
  'stray-text',
  /** Anything that is neither element nor text. */
  'unknown-content',
  'unknown-mark',
  /** The mark of a reference that does not name a clause. */
  'bad-reference',
  'unknown-level',
  'missing-id',
  /** Two copies of one id: what two people moving a clause at once leave behind. Harmless, `uniqueIds` names them. */
  'duplicate-id',
] as const
export type BodyProblem = {
  problem: (typeof BODY_PROBLEMS)[number]
  /** Name of the element, mark, level or root, or the doubled id. */
  what: string
  /** Id of the block it is in; null outside all blocks. */
  clauseId: string | null
}

type Rule = { children: readonly string[]; text: boolean; needsChild: boolean }
const ROOT = '#root'
const SCHEMA: Record<string, Rule> = {
  [ROOT]: { children: ['clause', 'table'], text: false, needsChild: false },
  clause: { children: [], text: true, needsChild: false },
  table: { children: ['tableRow'], text: false, needsChild: true },
  tableRow: { children: ['tableCell', 'tableHeader'], text: false, needsChild: true },
  tableCell: { children: ['paragraph'], text: false, needsChild: true },
  tableHeader: { children: ['paragraph'], text: false, needsChild: true },
  paragraph: { children: [], text: true, needsChild: false },
}

/** What in this document the schema refuses: everything an editor would silently throw away on opening. Never writes. */
export function bodyProblems(doc: Y.Doc): BodyProblem[] {
  const problems: BodyProblem[] = []
  for (const root of doc.share.keys())
    if (root !== BODY) problems.push({ problem: 'foreign-root', what: root, clauseId: null })
  const ids = new Set<string>()
  const body = bodyOf(doc)
  checkChildren(body, ROOT, null, problems)
  for (const child of body.toArray() as unknown[])
    if (child instanceof Y.XmlElement && SCHEMA[ROOT]?.children.includes(child.nodeName))
      checkBlock(child, ids, problems)
  return problems
}

/**
 * What one change has brought that the schema refuses. Looks at what is new alone, and is asked before anybody who
 * watches the text has heard of it. A table left without a row or cell is no stranger and not named.
 */
export function problemsOfChange(transaction: Y.Transaction): BodyProblem[] {
  const problems: BodyProblem[] = []
  const isNew = ({ _item: item }: Y.XmlElement) =>
    item !== null && item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
  const body = bodyOf(transaction.doc)
  for (const [changed, keys] of transaction.changed) {
    const type: unknown = changed
    if (type === body) checkChildren(body, ROOT, null, problems)
    else if (type instanceof Y.XmlText) checkMarks(type, null, problems)
    else if (type instanceof Y.XmlElement) {
      checkChildren(type, type.nodeName, null, problems)
      if (keys.has('level')) checkLevel(type, null, problems)
    }
    if (!(type instanceof Y.XmlFragment)) continue
    for (const child of type.toArray() as unknown[])
      if (child instanceof Y.XmlElement && isNew(child)) {
        checkLevel(child, null, problems)
        checkElement(child, null, problems)
      }
  }
  return problems.filter(
    ({ problem, what }) => problem !== 'bad-nesting' || !SCHEMA[what]?.needsChild,
  )
}

function checkLevel(block: Y.XmlElement, clauseId: string | null, problems: BodyProblem[]) {
  const level = attribute(block, 'level')
  if (block.nodeName === 'clause' && !isClauseLevel(level))
    problems.push({ problem: 'unknown-level', what: String(level), clauseId })
}

function checkBlock(block: Y.XmlElement, ids: Set<string>, problems: BodyProblem[]) {
  const id = attribute(block, 'id')
  const clauseId = typeof id === 'string' ? id : null
  if (!ClauseId.safeParse(id).success)
    problems.push({ problem: 'missing-id', what: block.nodeName, clauseId })
  else if (clauseId !== null && ids.has(clauseId))
    problems.push({ problem: 'duplicate-id', what: clauseId, clauseId })
  if (clauseId !== null) ids.add(clauseId)
  checkLevel(block, clauseId, problems)
  checkElement(block, clauseId, problems)
}

/** Goes down only where the schema does, so that nesting without end can't exhaust the stack. */
function checkElement(element: Y.XmlElement, clauseId: string | null, problems: BodyProblem[]) {
  checkChildren(element, element.nodeName, clauseId, problems)
  const allowed = SCHEMA[element.nodeName]?.children ?? []
  for (const child of element.toArray() as unknown[])
    if (child instanceof Y.XmlElement && allowed.includes(child.nodeName))
      checkElement(child, clauseId, problems)
}

function checkChildren(
  parent: Y.XmlFragment,
  name: string,
  clauseId: string | null,
  problems: BodyProblem[],
) {
  const rule = SCHEMA[name]
  if (!rule) return
  const children = parent.toArray() as unknown[]
  if (rule.needsChild && children.length === 0)
    problems.push({ problem: 'bad-nesting', what: name, clauseId })
  for (const child of children) {
    if (child instanceof Y.XmlElement) {
      const known = child.nodeName !== ROOT && Object.hasOwn(SCHEMA, child.nodeName)
      if (!known) problems.push({ problem: 'unknown-element', what: child.nodeName, clauseId })
      else if (!rule.children.includes(child.nodeName))
        problems.push({ problem: 'bad-nesting', what: child.nodeName, clauseId })
    } else if (child instanceof Y.XmlText) {
      if (!rule.text) problems.push({ problem: 'stray-text', what: name, clauseId })
      else checkMarks(child, clauseId, problems)
    } else problems.push({ problem: 'unknown-content', what: name, clauseId })
  }
}

function checkMarks(text: Y.XmlText, clauseId: string | null, problems: BodyProblem[]) {
  const unknown = new Set<string>()
  let badReference = false
  for (const { insert, attributes } of text.toDelta() as {
    insert: unknown
    attributes?: Record<string, unknown>
  }[]) {
    if (typeof insert !== 'string')
      problems.push({ problem: 'unknown-content', what: 'embed', clauseId })
    for (const [mark, value] of Object.entries(attributes ?? {}))
      if (mark === REFERENCE) badReference ||= readReference(value) === null
      else if (!(MARKS as readonly string[]).includes(mark)) unknown.add(mark)
  }
  for (const what of unknown) problems.push({ problem: 'unknown-mark', what, clauseId })
  if (badReference) problems.push({ problem: 'bad-reference', what: REFERENCE, clauseId })
}
