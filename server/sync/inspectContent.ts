import * as Y from 'yjs'
import { STRUCTURE } from '../../shared/agreements/agreement.ts'
import type { ErrorCode } from '../../shared/base/errors.ts'
import { ClauseId } from '../../shared/base/ids.ts'
import { isClauseLevel, MARKS } from '../../shared/clauses/clause.ts'
import { CLAUSE_LIMIT, SPAN_LIMIT, SQUARE_LIMIT } from '../../shared/clauses/limits.ts'
import { REFERENCE, readReference } from '../../shared/clauses/reference.ts'
import { hasTooManySquares } from '../../shared/clauses/tables/grid.ts'
import { attribute, bodyOf, spansOf } from '../../shared/clauses/yjs.ts'
import { takesAway } from './takesAway.ts'
import type { UpdateFacts } from './updateFacts.ts'

export type ContentProblem = { code: ErrorCode; details: Record<string, unknown> }

type AnyType = Y.AbstractType<unknown>
type Kind = { children: readonly string[]; text: boolean; attributes: Record<string, Check> }
type Check = (value: unknown) => boolean

/** `structure` is the pseudo-clause that positions on the order of clauses are taken on. */
const isId: Check = (value) => ClauseId.safeParse(value).success && value !== STRUCTURE
const isSpan: Check = (value) =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= SPAN_LIMIT
const isWidths: Check = (value) =>
  value === null ||
  (Array.isArray(value) && value.length <= 1000 && value.every((n) => n === null || isWidth(n)))
const isWidth = (value: unknown) => typeof value === 'number' && value >= 0 && value < 100_000
const isAlign: Check = (value) =>
  value === null || (typeof value === 'string' && /^[a-z]{1,10}$/.test(value))

const cell: Kind = {
  children: ['paragraph'],
  text: false,
  attributes: { colspan: isSpan, rowspan: isSpan, colwidth: isWidths, align: isAlign },
}
const ROOT: Kind = { children: ['clause', 'table'], text: false, attributes: {} }
/** The contract's "shared document": what an editor would throw away on opening never gets in. */
const KINDS = new Map<string, Kind>([
  ['clause', { children: [], text: true, attributes: { id: isId, level: isClauseLevel } }],
  ['table', { children: ['tableRow'], text: false, attributes: { id: isId } }],
  ['tableRow', { children: ['tableCell', 'tableHeader'], text: false, attributes: {} }],
  ['tableCell', cell],
  ['tableHeader', cell],
  ['paragraph', { children: [], text: true, attributes: {} }],
])

/**
 * Looks at what the open transaction brought in, and at nothing else.
 * @param said whom the update names, and what it deletes, gone already or not
 * @returns null when all of it belongs into a document
 */
export function inspectContent(
  doc: Y.Doc,
  transaction: Y.Transaction,
  said: Pick<UpdateFacts, 'clients' | 'deletes'>,
): ContentProblem | null {
  const body = bodyOf(doc)
  const grown = new Set<AnyType>()
  const reshaped = new Set<Y.XmlElement>()
  const renamed = new Set<string>()
  for (const client of said.clients) {
    const before = transaction.beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client)
    if (!structs || Y.getState(doc.store, client) <= before) continue
    for (let i = Y.findIndexSS(structs, before); i < structs.length; i += 1) {
      const item = structs[i]
      if (!(item instanceof Y.Item) || item.parent === null) continue
      const what = itemProblem(item, body)
      if (what !== null) return { code: 'content/refused', details: { what } }
      if (item.parentSub === 'id' && item.left !== null && !item.deleted)
        renamed.add(String((item.content as Y.ContentAny).arr[0]))
      const block = blockOf(item.parent as AnyType, body)
      if (block) grown.add(block)
      if (block instanceof Y.XmlElement && !(item.parent instanceof Y.XmlText)) reshaped.add(block)
    }
  }
  for (const block of grown)
    if (lengthOf(block) > CLAUSE_LIMIT)
      return { code: 'input/too-large', details: { limit: CLAUSE_LIMIT, of: 'clause' } }
  for (const block of reshaped)
    if (block.nodeName === 'table' && hasTooManySquares(spansOf(block)))
      return { code: 'input/too-large', details: { limit: SQUARE_LIMIT, of: 'table' } }
  if (renamed.size > 0 && isShared(renamed, body) && !takesAway(doc, said.deletes, renamed))
    return { code: 'content/refused', details: { what: 'id of another clause' } }
  return null
}

/** What is written into a document on the spot, by whoever knows all of it. */
export const ownWork = ({ clientID }: Y.Doc): Pick<UpdateFacts, 'clients' | 'deletes'> => ({
  clients: new Set([clientID]),
  deletes: [],
})

/**
 * Whether two blocks have one of these ids now. A new id in place of an old one is no offence: so the editor's binding
 * writes it when it finds other blocks than before, as in joining into an empty clause. An id that another block bears
 * would pass one clause off as the other, if it was not taken from there: see {@link takesAway}.
 */
function isShared(ids: ReadonlySet<string>, body: Y.XmlFragment): boolean {
  const seen = new Set<string>()
  for (const block of body.toArray() as unknown[]) {
    const id = block instanceof Y.XmlElement ? String(attribute(block, 'id')) : ''
    if (!ids.has(id)) continue
    if (seen.has(id)) return true
    seen.add(id)
  }
  return false
}

function itemProblem(item: Y.Item, body: Y.XmlFragment): string | null {
  const { content, parentSub } = item
  if (content instanceof Y.ContentDeleted) return null
  const parent = item.parent as AnyType
  if (parent instanceof Y.XmlText) {
    if (parentSub !== null) return 'attribute of a text'
    if (content instanceof Y.ContentString) return null
    if (!(content instanceof Y.ContentFormat)) return 'unknown content'
    return content.key === REFERENCE ? referenceProblem(content.value) : markProblem(content)
  }
  const kind = kindOf(parent, body)
  if (!kind) return 'unknown parent'
  if (parentSub !== null) return attributeProblem(kind, parentSub, content)
  if (!(content instanceof Y.ContentType)) return 'unknown content'
  if (content.type instanceof Y.XmlText) return kind.text ? null : 'stray text'
  if (!(content.type instanceof Y.XmlElement)) return 'unknown type'
  return kind.children.includes(content.type.nodeName) ? null : 'element in the wrong place'
}

const kindOf = (type: AnyType, body: Y.XmlFragment): Kind | undefined => {
  if ((type as unknown) === body) return ROOT
  return type instanceof Y.XmlElement ? KINDS.get(type.nodeName) : undefined
}

const markProblem = ({ key, value }: Y.ContentFormat): string | null => {
  if (!(MARKS as readonly string[]).includes(key)) return 'unknown mark'
  return JSON.stringify(value ?? null).length > 100 ? 'mark with a load' : null
}

/** Words under its mark, which a merge can leave there, are shown as the text that they are: see `runsOf`. */
const referenceProblem = (value: unknown): string | null =>
  value === null || readReference(value) !== null ? null : 'bad reference'

function attributeProblem(kind: Kind, key: string, content: unknown): string | null {
  const check = Object.hasOwn(kind.attributes, key) ? kind.attributes[key] : undefined
  if (!check) return 'unknown attribute'
  if (!(content instanceof Y.ContentAny) || content.arr.length !== 1) return 'attribute of no value'
  return check(content.arr[0]) ? null : `bad ${key}`
}

/** The block of the body that a type is or lies in. */
function blockOf(type: AnyType, body: Y.XmlFragment): AnyType | null {
  let here: AnyType | null = type
  while (here && (here as unknown) !== body) {
    const parent = (here._item?.parent ?? null) as AnyType | null
    if ((parent as unknown) === body) return here
    here = parent
  }
  return null
}

/** UTF-16 units of all text in it. */
function lengthOf(type: AnyType): number {
  if (type instanceof Y.XmlText) return type.length
  if (!(type instanceof Y.XmlFragment)) return 0
  return (type.toArray() as unknown[]).reduce<number>(
    (sum, child) => sum + lengthOf(child as AnyType),
    0,
  )
}

/** UTF-8 bytes of the whole text. */
export function textBytes(doc: Y.Doc): number {
  const count = (type: unknown): number => {
    if (type instanceof Y.XmlText)
      return (type.toDelta() as { insert: unknown }[]).reduce(
        (sum, { insert }) => sum + (typeof insert === 'string' ? Buffer.byteLength(insert) : 0),
        0,
      )
    if (!(type instanceof Y.XmlFragment)) return 0
    return (type.toArray() as unknown[]).reduce<number>((sum, child) => sum + count(child), 0)
  }
  return count(bodyOf(doc))
}
