import * as Y from 'yjs'
import { type Block, blockText, isTable } from '../../../shared/clauses/clause.ts'
import { repairBody } from '../../../shared/clauses/repairBody.ts'
import { placeCells } from '../../../shared/clauses/tables/grid.ts'
import { readBody, writeBody } from '../../../shared/clauses/yjs.ts'
import { clause, table } from '../../support/builders.ts'
import { seeded } from '../../support/seeded.ts'
import { slowLines } from '../../support/slowLines.ts'
import { TableDrafter } from './TableDrafter.ts'

const STEPS = 16
const COLUMNS = 3
const START: readonly Block[] = [
  clause('a', 'annex', 'Bảng'),
  table('t', [
    ['STT', 'Tiêu chí', 'Điểm tối đa'],
    ['I', 'Nhiệm vụ', '40'],
    ['I.1', '', '20'],
    ['I.2', '', ''],
  ]),
  clause('z', 'text', 'Hết./.'),
]

/** Three people at one table and the server, whose lines are as slow as chance has it. @returns what went wrong, in words */
export function tableCase(seed: number): string[] {
  const chance = seeded(seed)
  const takesAway = seed % 2 === 1
  const server = new Y.Doc()
  server.clientID = 1
  writeBody(server, START)
  const drafters = [2, 3, 4].map((id) => new TableDrafter(id, chance, takesAway))
  const found: string[] = []
  // The server looks at the whole text some time later.
  const lines = slowLines(
    server,
    drafters.map(({ doc }) => doc),
    chance,
    () => chance.oneIn(2) && found.push(...repaired(server)),
  )
  for (let step = 0; step < STEPS; step += 1) {
    drafters[chance.below(drafters.length)]?.act()
    lines.some()
  }
  lines.settle()
  found.push(...repaired(server))
  lines.settle()
  return [...found, ...problemsIn(server, drafters, takesAway)]
}

/** Reading tells beforehand what mending makes of it, and mending a second time finds nothing. */
function repaired(server: Y.Doc): string[] {
  // Of a table whose rows have all been deleted nothing is left.
  const before = readBody(server).filter((block) => !isTable(block) || block.rows.length > 0)
  repairBody(server, () => 'new')
  if (JSON.stringify(readBody(server)) !== JSON.stringify(before))
    return ['mending changed what is read']
  return repairBody(server, () => 'new').length > 0 ? ['mended twice'] : []
}

function problemsIn(
  server: Y.Doc,
  drafters: readonly TableDrafter[],
  takesAway: boolean,
): string[] {
  const found: string[] = []
  const blocks = readBody(server)
  const shown = JSON.stringify(blocks)
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(server))
  for (const doc of [fresh, ...drafters.map((drafter) => drafter.doc)])
    if (JSON.stringify(readBody(doc)) !== shown) found.push(`${doc.clientID} has another text`)
  for (const drafter of drafters)
    if (drafter.problems.length > 0)
      found.push(`${drafter.doc.clientID} sees ${drafter.problems.join()}`)
  const tables = blocks.filter(isTable)
  if (tables.length > 1 || (tables.length === 0 && !takesAway))
    found.push(`${tables.length} tables`)
  const width = Math.max(0, ...tables.flatMap(({ rows }) => placeCells(rows).extents))
  const most = COLUMNS + drafters.reduce((sum, { columnsAdded }) => sum + columnsAdded, 0)
  if (!takesAway && width !== most) found.push(`${width} columns instead of ${most}`)
  // What is merged here and deleted there may leave words beyond the edge, which then is moved.
  if (width > most + drafters.length) found.push(`${width} columns, at most ${most}`)
  const text = blocks.map(blockText).join('\n')
  const missing = drafters.flatMap(({ typed }) => typed).filter((word) => !text.includes(word))
  if (!takesAway && missing.length > 0) found.push(`lost ${missing.join()}`)
  return found
}
