import type * as Y from 'yjs'
import { carriedText, readCarried } from '../../../shared/clauses/carriedText.ts'
import { type Block, type BlockLevel, isTable } from '../../../shared/clauses/clause.ts'
import { uniqueIds } from '../../../shared/clauses/uniqueIds.ts'
import { findBlock, readBody, setClauseText } from '../../../shared/clauses/yjs.ts'
import type { BlockChange } from '../../../shared/proposals/diffBlocks.ts'
import { mergedText, mergeWords } from '../../../shared/proposals/mergeWords.ts'

/** Words of a draft that the page has no place for any more. */
export type Adrift = { clauseId: string; text: string }

/** What was drafted in a clause, and what it started from, as `carriedText` says them. */
export type Drafted = Adrift & {
  was: string
  level: BlockLevel
  wasLevel: BlockLevel
  /** Whether its author moved it. */
  moved?: boolean
}

export const draftedIn = (changes: readonly BlockChange[]): Drafted[] =>
  changes.flatMap((change) =>
    change.kind === 'edit' || change.kind === 'move'
      ? {
          clauseId: change.clauseId,
          text: change.text,
          was: carriedText(change.before),
          level: change.level,
          wasLevel: change.before.level,
          ...(change.kind === 'move' && { moved: true }),
        }
      : [],
  )

/**
 * A clause that others moved is a new copy to Yjs, and one that they deleted takes along what was drafted in it. What
 * a draft said before is put back by a merge of words, where there is one clean way.
 * @param drafts as they were before the others' change came
 * @returns what could not be put back
 */
export function rescueDrafts(
  fork: Y.Doc,
  room: readonly Block[],
  drafts: readonly Drafted[],
  origin: unknown,
): Adrift[] {
  const blocks = readBody(fork)
  const here = new Map(uniqueIds(blocks).map((id, n) => [id, blocks[n] as Block]))
  const there = new Map(uniqueIds(room).map((id, n) => [id, room[n] as Block]))
  return drafts.flatMap((draft): Adrift[] => {
    const { clauseId, was, text, level, wasLevel } = draft
    const [now, shared] = [here.get(clauseId), there.get(clauseId)]
    if (!now || !shared) return text === was ? [] : [{ clauseId, text }]
    if (level !== wasLevel && now.level === wasLevel && !isTable(now))
      fork.transact(() => findBlock(fork, clauseId)?.setAttribute('level', level), origin)
    const current = carriedText(now)
    const isLost = text !== was && current === carriedText(shared) && current !== text
    if (!isLost) return []
    const merged = isTable(now) ? null : mergedText(mergeWords(was, text, current))
    if (merged === null) return [{ clauseId, text }]
    setClauseText(fork, clauseId, readCarried(merged), origin)
    return []
  })
}
