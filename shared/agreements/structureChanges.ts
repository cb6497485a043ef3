import { risingRun } from '../base/risingRun.ts'
import type { BlockLevel } from '../clauses/clause.ts'
import { type DiffPart, diffWords, isChanged } from '../diff/diffWords.ts'
import type { AgreedStructure } from './agreedStructure.ts'

export const STRUCTURE_FIELDS = ['title', 'place', 'recipients', 'signingTitles'] as const

export type StructureChange =
  | { kind: 'field'; field: (typeof STRUCTURE_FIELDS)[number]; parts: DiffPart[] }
  | {
      kind: 'added' | 'removed' | 'moved' | 'level'
      clauseId: string
      /** The beginning of its words, as they are now or were last. */
      head: string
      level: BlockLevel
      /** Where it had another. */
      levelBefore?: BlockLevel
    }

/**
 * What asks everybody again about the structure: printed fields by words, then clauses that have come, moved or have
 * another level in the order of now, then those that are gone. As few as possible count as moved.
 */
export function structureChanges(before: AgreedStructure, now: AgreedStructure): StructureChange[] {
  const old = new Map(before.order.map((item, index) => [item.id, { ...item, index }]))
  const ids = new Set(now.order.map(({ id }) => id))
  const kept = now.order.flatMap(({ id }) => old.get(id)?.index ?? [])
  const still = risingRun(kept)
  return [
    ...fieldChanges(before, now),
    ...now.order.flatMap(({ id, level, head }): StructureChange[] => {
      const was = old.get(id)
      if (!was) return [{ kind: 'added', clauseId: id, head, level }]
      const relevelled = was.level === level ? {} : { levelBefore: was.level }
      if (!still.has(was.index))
        return [{ kind: 'moved', clauseId: id, head, level, ...relevelled }]
      return was.level === level
        ? []
        : [{ kind: 'level', clauseId: id, head, level, ...relevelled }]
    }),
    ...before.order
      .filter(({ id }) => !ids.has(id))
      .map(({ id, head, level }) => ({ kind: 'removed' as const, clauseId: id, head, level })),
  ]
}

function fieldChanges(before: AgreedStructure, now: AgreedStructure): StructureChange[] {
  return STRUCTURE_FIELDS.flatMap((field): StructureChange[] => {
    const parts = diffWords(fieldText(before, field), fieldText(now, field))
    return isChanged(parts) ? [{ kind: 'field', field, parts }] : []
  })
}

function fieldText({ fields }: AgreedStructure, field: (typeof STRUCTURE_FIELDS)[number]): string {
  if (field === 'recipients') return fields.recipients.join('; ')
  if (field !== 'signingTitles') return fields[field]
  return Object.keys(fields.signingTitles)
    .sort()
    .map((agency) => fields.signingTitles[agency])
    .join('; ')
}
