import { risingRun } from '../base/risingRun.ts'
import { type Block, type BlockLevel, blockText, isTable } from '../clauses/clause.ts'
import { clauseHash } from '../clauses/hash.ts'
import { uniqueIds } from '../clauses/uniqueIds.ts'
import { diffTables, type TableDiff } from './diffTables.ts'
import {
  type DiffOptions,
  type DiffPart,
  diffRuns,
  diffWords,
  isChanged,
  sameRuns,
} from './diffWords.ts'

/** One block of the old text, the new one or both. */
export type ClauseDiff = {
  /** As `uniqueIds` names it. */
  clauseId: string
  /** `moved`: it may have new words as well. `changed`: its words or its level. */
  kind: 'added' | 'removed' | 'moved' | 'changed' | 'same'
  /** As it is now; as it was for one that is gone. */
  level: BlockLevel
  /** Where it had another. */
  levelBefore?: BlockLevel
  /** Of a moved one: what it stood behind; null: it was the first. */
  wasAfter?: string | null
  /** Its words; a table has `table` instead. */
  parts?: DiffPart[]
  table?: TableDiff
}

/**
 * What changed between two texts, block by block, by their ids: in the order of the new one, with what is gone behind
 * what it stood behind. As few as possible count as moved. Words and references are compared as agreement does.
 */
export function diffDocuments(
  before: readonly Block[],
  after: readonly Block[],
  options: DiffOptions = {},
): ClauseDiff[] {
  const [oldIds, ids] = [uniqueIds(before), uniqueIds(after)]
  const placeOf = new Map(oldIds.map((id, index) => [id, index]))
  const kept = new Set(ids.filter((id) => placeOf.has(id)))
  const still = risingRun([...kept].map((id) => placeOf.get(id) as number))

  /** What is gone, by what stays before it. */
  const gone = new Map<string | null, ClauseDiff[]>()
  let anchor: string | null = null
  for (const [index, id] of oldIds.entries()) {
    if (still.has(index)) anchor = id
    if (kept.has(id)) continue
    const block = before[index] as Block
    const item: ClauseDiff = {
      clauseId: id,
      kind: 'removed',
      level: block.level,
      ...content(block, null, options),
    }
    gone.set(anchor, [...(gone.get(anchor) ?? []), item])
  }

  const items: ClauseDiff[] = [...(gone.get(null) ?? [])]
  for (const [index, id] of ids.entries()) {
    const block = after[index] as Block
    const place = placeOf.get(id)
    const was = place === undefined ? null : (before[place] as Block)
    const isMoved = place !== undefined && !still.has(place)
    items.push({
      clauseId: id,
      kind: was === null ? 'added' : isMoved ? 'moved' : kindOf(was, block, options),
      level: block.level,
      ...(was && was.level !== block.level && { levelBefore: was.level }),
      ...(isMoved && { wasAfter: oldIds[place - 1] ?? null }),
      ...content(was, block, options),
    })
    if (place !== undefined && !isMoved) items.push(...(gone.get(id) ?? []))
  }
  return items
}

const kindOf = (was: Block, now: Block, options: DiffOptions): 'changed' | 'same' =>
  was.level !== now.level || hasOtherWords(was, now, options) ? 'changed' : 'same'

/** Agreement's own answer; only who wants to see styles of tone as well must look closer. */
function hasOtherWords(was: Block, now: Block, options: DiffOptions): boolean {
  if (saysTheSame(was, now)) return false
  if (clauseHash(was) !== clauseHash(now)) return true
  return options.toneStyle === 'keep' && isTouched(content(was, now, options))
}

/** Letter for letter: most clauses of two versions do, and need no hash to be told so. */
const saysTheSame = (was: Block, now: Block): boolean =>
  was === now || (!isTable(was) && !isTable(now) && lettersOnly(was) === lettersOnly(now))

/** Different for every block with references, which are compared by what they lead to. */
const lettersOnly = (block: Block): string | Block =>
  isTable(block) || block.runs.some(({ reference }) => reference)
    ? block
    : block.runs.map(({ text }) => text).join('')

const isTouched = ({ parts, table }: Pick<ClauseDiff, 'parts' | 'table'>): boolean =>
  (parts !== undefined && isChanged(parts)) ||
  (table?.rows.some(({ kind }) => kind !== 'same') ?? false)

function content(
  was: Block | null,
  now: Block | null,
  options: DiffOptions,
): Pick<ClauseDiff, 'parts' | 'table'> {
  const isSame =
    was &&
    now &&
    (saysTheSame(was, now) || (options.toneStyle !== 'keep' && clauseHash(was) === clauseHash(now)))
  if (isSame && !isTable(now)) return { parts: sameRuns(now.runs, options) }
  const [old, fresh] = isSame ? [now, now] : [was, now]
  if (![old, fresh].some((block) => block && isTable(block)))
    return { parts: diffRuns(runsOf(old), runsOf(fresh), options) }
  // A clause cannot become a table under its own id, but for a text from elsewhere.
  if ((old && !isTable(old)) || (fresh && !isTable(fresh)))
    return { parts: diffWords(old ? blockText(old) : '', fresh ? blockText(fresh) : '', options) }
  const empty = { id: (fresh ?? old)?.id, level: 'table', rows: [] } as never
  return { table: diffTables(old ?? empty, fresh ?? empty, options) }
}

const runsOf = (block: Block | null) => (block && !isTable(block) ? block.runs : [])
