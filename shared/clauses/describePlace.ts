import type { BlockLevel, NumberingModel } from './clause.ts'
import { numberBlocks, parentIndexes } from './numbering.ts'
import { uniqueIds } from './uniqueIds.ts'

export type PlacedClause = {
  id: string
  level: BlockLevel
  label: string
  parentId: string | null
}

/** Blocks with what their place follows from. Ids are unique even where the body's are not. */
export function placeBlocks(
  blocks: readonly { id: string; level: BlockLevel }[],
  model: NumberingModel,
): PlacedClause[] {
  const levels = blocks.map(({ level }) => level)
  const labels = numberBlocks(levels, model)
  const parents = parentIndexes(levels)
  const ids = uniqueIds(blocks)
  return blocks.map(({ level }, index) => ({
    id: ids[index] ?? '',
    level,
    label: labels[index] ?? '',
    parentId: ids[parents[index] ?? -1] ?? null,
  }))
}

/**
 * Where a clause stands, as a Vietnamese text would cite it: `điểm a khoản 2 Điều 3`, in a plan
 * `khoản 1 mục I`. Điểm and khoản are written small (Decree 30, Phụ lục II, by its examples). Above an Điều only an
 * annex is named, since Điều numbers run through the document. Empty for an id that is not in the list.
 */
export const describePlace = (
  clauses: readonly PlacedClause[],
  clauseId: string,
  model: NumberingModel,
): string => placeDescriber(clauses, model)(clauseId)

/** {@link describePlace} for many clauses of one list. */
export function placeDescriber(
  clauses: readonly PlacedClause[],
  model: NumberingModel,
): (clauseId: string) => string {
  const byId = new Map(clauses.map((clause) => [clause.id, clause]))
  const siblings = new Map<string, PlacedClause[]>()
  for (const clause of clauses) {
    if (clause.label !== '') continue
    const known = siblings.get(alike(clause))
    if (known) known.push(clause)
    else siblings.set(alike(clause), [clause])
  }
  return (clauseId) => {
    const clause = byId.get(clauseId)
    if (!clause) return ''
    const above: string[] = []
    let insideArticle = clause.level === 'article'
    for (let up = parentOf(clause, byId); up; up = parentOf(up, byId)) {
      if (!insideArticle || up.level === 'annex') above.push(name(up, model))
      insideArticle ||= up.level === 'article'
    }
    const path = above.join(' ')
    if (clause.label !== '') return [name(clause, model), path].filter(Boolean).join(' ')
    const what = unnumbered(clause, siblings.get(alike(clause)) ?? [])
    return path === '' ? what : `${what} tại ${path}`
  }
}

const alike = ({ level, parentId }: PlacedClause) => `${level} ${parentId ?? ''}`

const parentOf = (clause: PlacedClause, byId: ReadonlyMap<string, PlacedClause>) =>
  clause.parentId === null ? undefined : byId.get(clause.parentId)

function name(clause: PlacedClause, model: NumberingModel): string {
  if (clause.level === 'point') return `điểm ${clause.label}`
  if (clause.level === 'paragraph') return `khoản ${clause.label}`
  if (clause.level === 'section' && model === 'plan') return `mục ${clause.label}`
  return clause.label
}

const WORDS = { basis: 'căn cứ', table: 'bảng', text: 'đoạn văn' } as const

/** `căn cứ thứ 2`, or just `bảng` where its parent has only one. */
function unnumbered(clause: PlacedClause, siblings: readonly PlacedClause[]): string {
  const word = WORDS[clause.level as keyof typeof WORDS] ?? WORDS.text
  return siblings.length === 1 ? word : `${word} thứ ${siblings.indexOf(clause) + 1}`
}
