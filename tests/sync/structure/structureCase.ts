import * as Y from 'yjs'
import {
  deleteSubtree,
  mergeWithPrevious,
  moveSubtree,
} from '../../../server/clauses/structureCommands.ts'
import type { Block, NumberingModel } from '../../../shared/clauses/clause.ts'
import { numberBlocks, printedLabel } from '../../../shared/clauses/numbering.ts'
import { repairBody } from '../../../shared/clauses/repairBody.ts'
import { isPlaceFor, subtreeEnd } from '../../../shared/clauses/subtree.ts'
import { viewClauses } from '../../../shared/clauses/viewClauses.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause, fields, table } from '../../support/builders.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import { slowLines } from '../../support/slowLines.ts'
import { Drafter } from './Drafter.ts'

const STEPS = 24
const levels = (blocks: readonly Block[]) => blocks.map(({ level }) => level)

/** Three drafters and the server, whose lines are as slow as chance has it. @returns what went wrong, in words */
export function structureCase(seed: number): string[] {
  const chance = seeded(seed)
  const model: NumberingModel = chance.oneIn(2) ? 'plan' : 'articles'
  let ids = 0
  const newId = () => `n${++ids}`
  const server = new Y.Doc()
  server.clientID = 1
  writeBody(server, template(model))
  const drafters = [2, 3, 4].map((id) => new Drafter(id, model, chance, newId))
  const lines = slowLines(
    server,
    drafters.map(({ doc }) => doc),
    chance,
    () => repairBody(server, newId),
  )
  for (let step = 0; step < STEPS; step += 1) {
    const n = chance.below(drafters.length)
    if (chance.oneIn(5)) command(server, chance)
    else drafters[n]?.act()
    lines.some()
  }
  lines.settle()
  return [...drafters.flatMap(({ problems }) => problems), ...problemsIn(server, drafters, model)]
}

const template = (model: NumberingModel): Block[] => {
  const [heading, inner] =
    model === 'plan' ? (['section', 'paragraph'] as const) : (['article', 'paragraph'] as const)
  return [
    clause('b', 'basis', 'Căn cứ một;'),
    ...(model === 'plan' ? [] : [clause('c', 'chapter', 'Quy định')]),
    clause('h1', heading, 'Mục tiêu'),
    clause('k1', inner, 'Khoản một'),
    clause('d1', 'point', 'điểm một'),
    clause('d2', 'point', 'điểm hai'),
    table('t', [['TT', 'Tiêu chí']]),
    clause('h2', heading, 'Chỉ tiêu'),
    clause('k2', inner, 'Khoản khác'),
    clause('z', 'text', 'Hết./.'),
  ]
}

/** One act of the server, of those that can be done on the text as it is. */
function command(server: Y.Doc, chance: Chance): void {
  const blocks = readBody(server)
  if (blocks.length === 0) return
  const at = chance.below(blocks.length)
  const isAll = at === 0 && subtreeEnd(levels(blocks), at) === blocks.length
  const clauseId = blocks[at]?.id ?? ''
  const places = [null, ...blocks.keys()].filter((after) => isPlaceFor(levels(blocks), at, after))
  const [above, own] = [blocks[at - 1], blocks[at]]
  const mergeable = above && own && above.level !== 'table' && own.level !== 'table'
  server.transact(() => {
    if (chance.oneIn(6) && !isAll) deleteSubtree(server, clauseId, null)
    else if (chance.oneIn(3) && mergeable) mergeWithPrevious(server, clauseId, null)
    else if (places.length > 0) {
      const after = chance.pick(places)
      moveSubtree(server, clauseId, after === null ? null : (blocks[after]?.id ?? null), null)
    }
  })
}

function problemsIn(server: Y.Doc, drafters: readonly Drafter[], model: NumberingModel): string[] {
  const found: string[] = []
  const blocks = readBody(server)
  const { contentHash } = viewClauses(blocks, fields(), model)
  const numbers = numberBlocks(levels(blocks), model)
  const labels = blocks.map(({ level }, n) => printedLabel(level, numbers[n] ?? '', model))
  const ids = blocks.map(({ id }) => id)
  if (new Set(ids).size < ids.length || ids.includes('' as Block['id']))
    found.push(`ids are not unique: ${ids.join()}`)
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(server))
  const copies: [string, Y.Doc][] = [['a fresh client', fresh]]
  for (const { doc } of drafters) copies.push([`drafter ${doc.clientID}`, doc])
  for (const [who, doc] of copies) {
    const own = readBody(doc)
    if (JSON.stringify(own) !== JSON.stringify(blocks)) found.push(`${who} has another text`)
    if (viewClauses(own, fields(), model).contentHash !== contentHash)
      found.push(`${who} has another hash`)
  }
  for (const drafter of drafters)
    if (drafter.labels.join('|') !== labels.join('|'))
      found.push(
        `drafter ${drafter.doc.clientID} sees ${drafter.labels.join()} for ${labels.join()}`,
      )
  return found
}
