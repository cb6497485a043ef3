import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import type { ClauseId, Sha256 } from '../../shared/base/ids.ts'
import {
  type Block,
  type BlockLevel,
  type ClauseBlock,
  type ClauseLevel,
  isTable,
  lettersText,
} from '../../shared/clauses/clause.ts'
import { clauseText, cutClause, deleteLetters } from '../../shared/clauses/cutClause.ts'
import { type Changed, takeBackChanges } from '../../shared/clauses/editTexts.ts'
import { clauseHash } from '../../shared/clauses/hash.ts'
import { moveBlocks } from '../../shared/clauses/moveBlocks.ts'
import { subtreeHash } from '../../shared/clauses/subtree.ts'
import { uniqueIds } from '../../shared/clauses/uniqueIds.ts'
import { findBlock, insertClause, readBody } from '../../shared/clauses/yjs.ts'
import type { FindQuery } from '../../shared/vietnamese/findMatches.ts'
import { REPLACE_LIMIT, replaceMatches } from '../../shared/vietnamese/replaceMatches.ts'
import type { ActMemory, DocumentActs } from './ActMemory.ts'
import { findMark, keepingMarks, type MergeMark, markAt } from './mergeMark.ts'
import { demandAbsent, demandPlace, gone, standing } from './placeGuards.ts'
import { type PutBack, putBlockBack } from './putBlock.ts'
import { deleteSubtree, mergeWithPrevious, moveSubtree, subtreeOf } from './structureCommands.ts'

type MoveAct = { kind: 'move'; clauseId: string; after: string | null; seen: Sha256 | null }

/** What somebody asks for. `seen`: as {@link subtreeOf}. */
export type Act =
  | MoveAct
  | { kind: 'merge'; clauseId: string; seen: Sha256 | null }
  | { kind: 'delete'; clauseId: string; seen: Sha256 | null }
  | { kind: 'replace'; query: FindQuery; by: string }

/** What takes an act back, as the server keeps it. */
export type Inverse =
  /** `from`, `to`: which act had put it where it stands, and where it goes. */
  | { kind: 'moveBack'; clauseId: string; after: string | null; from: number; to: number }
  | { kind: 'split'; clauseId: string; level: ClauseLevel; mark: MergeMark; apart: boolean }
  /** The clause above was empty, and went; this one took its level. */
  | { kind: 'unseat'; clauseId: string; level: ClauseLevel; taken: ClauseLevel; above: ClauseBlock }
  | { kind: 'restore'; blocks: readonly Block[]; after: string | null }
  | { kind: 'mergeAgain'; clauseId: string; into: string }
  | { kind: 'deleteAgain'; clauseId: string; ids: readonly string[]; hash: Sha256 }
  | { kind: 'takeBack'; changes: readonly Changed[] }
  | PutBack

/** What the act's clause is like when it is done: behind which block it stands, if it stands. */
export type ActPlace = { clauseId: string; stands: boolean; after: string | null }
/** `next`: the clause to go on in; `count`: how many places have changed. */
export type ActDone = { inverse: Inverse; place: ActPlace; next: string | null; count: number }
type Single = Omit<ActDone, 'count'>

export type ActScene = { doc: Y.Doc; acts: DocumentActs; memory: ActMemory }

/** @throws {AppError} as the commands of `structureCommands`; nothing has been written then */
export const runAct = (scene: ActScene, act: Act): ActDone =>
  keepingMarks(scene.doc, scene.acts.marks, () => {
    if (act.kind === 'replace') return replace(scene.doc, act)
    return { ...runOnClause(scene, act), count: 1 }
  })

function runOnClause(scene: ActScene, act: Exclude<Act, { kind: 'replace' }>): Single {
  if (act.kind === 'merge') return merge(scene.doc, act.clauseId, act.seen)
  if (act.kind === 'delete') return remove(scene.doc, act)
  return move(scene, act)
}

/**
 * Takes an act back; whatever others have written since stays.
 * @throws {AppError} act/gone where what it did is no more as it left it; nothing has been written then
 */
export const runInverse = (scene: ActScene, inverse: Inverse): ActDone =>
  keepingMarks(scene.doc, scene.acts.marks, () => {
    if (inverse.kind === 'takeBack') return takeBack(scene.doc, inverse.changes)
    return { ...invertOnClause(scene, inverse), count: 1 }
  })

function invertOnClause(scene: ActScene, inverse: Exclude<Inverse, { kind: 'takeBack' }>): Single {
  const { doc } = scene
  switch (inverse.kind) {
    case 'moveBack':
      return moveBack(scene, inverse)
    case 'split':
      return split(doc, inverse)
    case 'unseat':
      return unseat(doc, inverse)
    case 'restore':
      return restore(doc, inverse)
    case 'mergeAgain':
      return mergeAgain(doc, inverse)
    case 'deleteAgain':
      return deleteAgain(doc, inverse)
    case 'putBack':
      return putBack(doc, inverse)
  }
}

function move({ doc, acts, memory }: ActScene, act: MoveAct): Single {
  const { clauseId, after, seen } = act
  const { ids, first } = subtreeOf(doc, clauseId, seen)
  const before = ids[first - 1] ?? null
  moveSubtree(doc, clauseId, after, seen)
  const [to, from] = [acts.placeOf(clauseId), memory.newPlace()]
  acts.setPlace(clauseId, from)
  const inverse: Inverse = { kind: 'moveBack', clauseId, after: before, from, to }
  return { inverse, place: { clauseId, stands: true, after }, next: clauseId }
}

function moveBack({ doc, acts }: ActScene, inverse: Inverse & { kind: 'moveBack' }): Single {
  const { clauseId, after, from, to } = inverse
  const subtree = standing(doc, clauseId)
  if (acts.placeOf(clauseId) !== from) throw gone('place')
  const { ids, first, blocks, levels } = subtree
  const before = ids[first - 1] ?? null
  if (before !== after) {
    const own = new Set(blocks.map(({ id }) => id))
    if (after !== null && own.has(after)) throw gone('place')
    const rest = ids.flatMap((id, i) =>
      own.has(id) ? [] : [{ id, level: levels[i] as BlockLevel }],
    )
    demandPlace(rest, after, levels.slice(first, first + blocks.length))
    moveBlocks(doc, blocks, after)
  }
  acts.setPlace(clauseId, to)
  return {
    inverse: { kind: 'moveBack', clauseId, after: before, from: to, to: from },
    place: { clauseId, stands: true, after },
    next: clauseId,
  }
}

function merge(doc: Y.Doc, clauseId: string, seen: Sha256 | null): Single {
  const { ids, first, blocks } = subtreeOf(doc, clauseId, seen)
  const all = readBody(doc)
  const [above, aboveId] = [all[first - 1], ids[first - 1] ?? '']
  const block = blocks[0]?.block
  const joined = mergeWithPrevious(doc, clauseId, seen)
  if (!above || !block || isTable(above) || isTable(block))
    throw new Error('what was merged is no clause')
  const { level } = block
  if (joined === clauseId) {
    const seat = { ...above, id: aboveId as ClauseId }
    const after = ids[first - 2] ?? null
    return {
      inverse: { kind: 'unseat', clauseId, level, taken: above.level, above: seat },
      place: { clauseId, stands: true, after },
      next: joined,
    }
  }
  const [before, words] = [lettersText(above).length, lettersText(block).length]
  const now = clauseText(doc, joined)?.length ?? 0
  const mark = markAt(doc, joined, now - words)
  return {
    inverse: { kind: 'split', clauseId, level, mark, apart: now - words > before },
    place: { clauseId, stands: false, after: null },
    next: joined,
  }
}

function split(doc: Y.Doc, inverse: Inverse & { kind: 'split' }): Single {
  const { clauseId, level, mark, apart } = inverse
  demandAbsent(doc, [clauseId])
  const at = findMark(doc, mark)
  if (at === null) throw gone(findBlock(doc, mark.clauseId) ? 'words' : 'clause')
  const text = clauseText(doc, mark.clauseId) ?? ''
  const runs = cutClause(doc, mark.clauseId, at) ?? []
  if (apart && text[at - 1] === ' ') deleteLetters(doc, mark.clauseId, at - 1, 1)
  insertClause(doc, mark.clauseId, { id: clauseId as ClauseId, level, runs })
  return {
    inverse: { kind: 'mergeAgain', clauseId, into: mark.clauseId },
    place: { clauseId, stands: true, after: mark.clauseId },
    next: clauseId,
  }
}

function unseat(doc: Y.Doc, inverse: Inverse & { kind: 'unseat' }): Single {
  const { clauseId, level, taken, above } = inverse
  const { ids, first, levels } = standing(doc, clauseId)
  demandAbsent(doc, [above.id])
  if (levels[first] !== taken) throw gone('place')
  insertClause(doc, ids[first - 1] ?? null, above)
  findBlock(doc, clauseId)?.setAttribute('level', level)
  return {
    inverse: { kind: 'mergeAgain', clauseId, into: above.id },
    place: { clauseId, stands: true, after: above.id },
    next: clauseId,
  }
}

function mergeAgain(doc: Y.Doc, inverse: Inverse & { kind: 'mergeAgain' }): Single {
  const { clauseId, into } = inverse
  const { ids, first } = standing(doc, clauseId)
  if (ids[first - 1] !== into) throw gone('place')
  try {
    return merge(doc, clauseId, null)
  } catch (cause) {
    if (cause instanceof AppError) throw gone('place')
    throw cause
  }
}

function remove(doc: Y.Doc, { clauseId, seen }: { clauseId: string; seen: Sha256 | null }): Single {
  const { blocks, ids, first } = subtreeOf(doc, clauseId, seen)
  deleteSubtree(doc, clauseId, seen)
  return {
    inverse: {
      kind: 'restore',
      blocks: blocks.map(({ id, block }) => ({ ...block, id: id as ClauseId })),
      after: ids[first - 1] ?? null,
    },
    place: { clauseId, stands: false, after: null },
    next: null,
  }
}

function restore(doc: Y.Doc, { blocks, after }: Inverse & { kind: 'restore' }): Single {
  const all = readBody(doc)
  const ids = uniqueIds(all)
  demandAbsent(
    doc,
    blocks.map(({ id }) => id),
  )
  const rest = all.map(({ level }, i) => ({ id: ids[i] ?? '', level }))
  demandPlace(
    rest,
    after,
    blocks.map(({ level }) => level),
  )
  let place = after
  for (const block of blocks) {
    insertClause(doc, place, block)
    place = block.id
  }
  const clauseId = blocks[0]?.id ?? ''
  const hash = subtreeHash(blocks.map((block) => ({ id: block.id, hash: clauseHash(block) })))
  return {
    inverse: { kind: 'deleteAgain', clauseId, ids: blocks.map(({ id }) => id), hash },
    place: { clauseId, stands: true, after },
    next: clauseId,
  }
}

/** What somebody has written there since it came back is not to go with it. */
function deleteAgain(doc: Y.Doc, inverse: Inverse & { kind: 'deleteAgain' }): Single {
  const { clauseId, ids, hash } = inverse
  const { blocks, ids: all } = standing(doc, clauseId)
  const now = subtreeHash(blocks.map(({ id, block }) => ({ id, hash: clauseHash(block) })))
  const isSame = now === hash && blocks.map(({ id }) => id).join() === ids.join()
  if (!isSame || blocks.length === all.length) throw gone('words')
  return remove(doc, { clauseId, seen: null })
}

function putBack(doc: Y.Doc, inverse: PutBack): Single {
  const { clauseId, was, now, stands } = inverse
  putBlockBack(doc, inverse)
  return {
    inverse: { ...inverse, was: now, now: was, stands: !stands },
    place: { clauseId, stands: was !== null, after: was?.after ?? null },
    next: was ? clauseId : null,
  }
}

function replace(doc: Y.Doc, { query, by }: Act & { kind: 'replace' }): ActDone {
  const changes = replaceMatches(doc, query, by)
  if (changes === 'tooMany')
    throw new AppError('input/too-large', { of: 'matches', limit: REPLACE_LIMIT })
  if (changes === 'tooLarge') throw new AppError('input/too-large', { of: 'clause' })
  return changed(doc, changes)
}

function takeBack(doc: Y.Doc, changes: readonly Changed[]): ActDone {
  const made = takeBackChanges(doc, changes)
  if (made.length === 0 && changes.length > 0) throw gone('words')
  return changed(doc, made)
}

function changed(doc: Y.Doc, changes: readonly Changed[]): ActDone {
  const ids = uniqueIds(readBody(doc))
  const clauseId = changes[0]?.clauseId ?? ids[0] ?? ''
  return {
    inverse: { kind: 'takeBack', changes },
    place: { clauseId, stands: true, after: ids[ids.indexOf(clauseId) - 1] ?? null },
    next: null,
    count: changes.length,
  }
}
