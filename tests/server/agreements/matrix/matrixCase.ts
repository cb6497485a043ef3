import * as Y from 'yjs'
import { positionsOf, viewPositions } from '../../../../server/agreements/positionStore.ts'
import {
  type Taking,
  takeAllPositions,
  takePosition,
} from '../../../../server/agreements/takePosition.ts'
import { clausesAt } from '../../../../server/clauses/currentClauses.ts'
import { putBlockBack, seatOf } from '../../../../server/clauses/putBlock.ts'
import { type DocumentRecord, findDocument } from '../../../../server/documents/documentStore.ts'
import type { Tx } from '../../../../server/platform/database.ts'
import { applyProposal } from '../../../../server/proposals/applyProposal.ts'
import { clauseStandings, STRUCTURE } from '../../../../shared/agreements/agreement.ts'
import { AppError } from '../../../../shared/base/errors.ts'
import type { Block, ClauseBlock, Mark } from '../../../../shared/clauses/clause.ts'
import { bodyOf, readBody, writeBody } from '../../../../shared/clauses/yjs.ts'
import { diffBlocks } from '../../../../shared/proposals/diffBlocks.ts'
import { actor, clause, run } from '../../../support/builders.ts'
import { isRefused } from '../../../support/isRefused.ts'
import { type Chance, seeded } from '../../../support/seeded.ts'
import type { TestServer } from '../../../support/testServer.ts'
import { proposalRow } from '../../proposals/proposalRow.ts'
import { PARTIES } from '../../support/people.ts'
import { PlainMatrix } from './PlainMatrix.ts'

const STEPS = 16
const WORDS = ['Giữ vững đoàn kết', 'Đổi mới nội dung', 'Phấn đấu 100%', 'Nộp trước 20/11', '']
const SAID = ['agreed', 'reserved', 'objects', 'none'] as const
const LEVELS = ['article', 'paragraph', 'point', 'text'] as const
const MARKS: readonly Mark[][] = [[], ['bold'], ['italic', 'underline']]

class RolledBack extends Error {}

/** One seed: a text of its own, edits by whoever, positions of seven agencies. @returns what went wrong */
export async function matrixCase(
  { platform: { database } }: TestServer,
  id: string,
  seed: number,
): Promise<string[]> {
  const failures: string[] = []
  // Rolled back at the end: each seed finds the same rows.
  await database
    .write(async (tx) => {
      const document = await findDocument(tx, id)
      if (!document) throw new Error('no document')
      failures.push(...(await new MatrixCase(tx, document, seeded(seed)).run()))
      throw new RolledBack()
    })
    .catch((cause: unknown) => {
      if (!(cause instanceof RolledBack)) throw cause
    })
  return failures
}

class MatrixCase {
  readonly #tx: Tx
  readonly #chance: Chance
  readonly #model = new PlainMatrix()
  readonly #doc = new Y.Doc()
  #document: DocumentRecord
  #revision = 1
  #made = 0

  constructor(tx: Tx, document: DocumentRecord, chance: Chance) {
    this.#tx = tx
    this.#document = document
    this.#chance = chance
    this.#write([0, 1, 2, 3].map(() => this.#fresh()))
  }

  async run(): Promise<string[]> {
    for (let step = 0; step < STEPS; step += 1) {
      const what = await this.#chance.pick([
        () => this.#edit(),
        () => this.#speak(),
        () => this.#decide(),
      ])()
      const wrong = (await this.#differences()) ?? (await this.#thereAndBack())
      if (wrong) return [`step ${step}, ${what}: ${wrong}`]
    }
    return []
  }

  /** Text, hashes and record as they stand now; the server reads them in the same shape. */
  get #standing() {
    const text = {
      blocks: readBody(this.#doc),
      revision: this.#revision,
      epoch: this.#document.epoch,
      encodeState: () => Y.encodeStateAsUpdate(this.#doc),
    }
    return { document: this.#document, text, now: clausesAt(this.#document, text) }
  }

  /** What is spoken of, by id, as plain words: the model's own idea of them. */
  get #words(): Map<string, string> {
    const blocks = readBody(this.#doc) as ClauseBlock[]
    const words = new Map<string, string>(
      blocks.map(({ id, runs }) => [id, runs.map(({ text }) => text).join('')]),
    )
    const order = blocks.map(({ id, level }) => `${id} ${level}`).join('; ')
    return words.set(STRUCTURE, `${this.#document.title} | ${order}`)
  }

  #write(blocks: readonly Block[]): void {
    const body = bodyOf(this.#doc)
    body.delete(0, body.length)
    writeBody(this.#doc, blocks)
    this.#revision += 1
  }

  #fresh(): ClauseBlock {
    this.#made += 1
    return clause(`m${this.#made}`, this.#chance.pick(LEVELS), this.#chance.pick(WORDS))
  }

  #edit(): string {
    const blocks = readBody(this.#doc)
    const name = this.#change(blocks)
    this.#write(blocks)
    return name
  }

  /**
   * Two edits of somebody's draft come as proposals: some are accepted, some of those undone, the others turned down, which
   * changes nothing.
   */
  #decide(): string {
    const { oneIn } = this.#chance
    const base = readBody(this.#doc)
    const drafted = [...base]
    const what = `proposed ${this.#change(drafted)} and ${this.#change(drafted)}`
    const rows = diffBlocks(base, drafted, () => this.#fresh().id).map(proposalRow)
    for (const row of rows) {
      if (oneIn(3)) continue
      const before = this.#standing.now.contentHash
      const clauseId = row.clause_id
      const accept = () =>
        this.#doc.transact(() => applyProposal(this.#doc, row, { siblings: rows, onHash: null }))
      if (row.kind === 'delete' && readBody(this.#doc).length === 1) {
        // A text keeps its last clause.
        if (!isRefused(accept, 'content/refused'))
          throw new Error(`${what}: the last clause was deleted`)
        if (this.#standing.now.contentHash !== before) throw new Error(`${what}: refused and made`)
        continue
      }
      const was = accept()
      row.status = 'accepted'
      this.#revision += 1
      const wanted = row.kind === 'delete' ? undefined : row.text
      if (this.#words.get(clauseId) !== wanted)
        throw new Error(`${what}: ${this.#words.get(clauseId)} instead of ${wanted}`)
      if (!oneIn(3)) continue
      putBlockBack(this.#doc, { clauseId, was, now: seatOf(this.#doc, clauseId) })
      row.status = 'open'
      this.#revision += 1
      if (this.#standing.now.contentHash !== before)
        throw new Error(`${what}: accepted and undone, another hash`)
    }
    return what
  }

  /** @returns what it did to them, or to the record */
  #change(all: Block[]): string {
    const { below, pick } = this.#chance
    const blocks = all as ClauseBlock[]
    const at = below(blocks.length)
    const old = blocks[at] as ClauseBlock
    const words = old.runs.map(({ text }) => text).join('')
    const acts: Record<string, () => void> = {
      rewrite: () => blocks.splice(at, 1, clause(old.id, old.level, pick(WORDS))),
      format: () => {
        const runs = words === '' ? [] : [run(words, ...pick(MARKS))]
        blocks.splice(at, 1, { ...old, runs })
      },
      split: () => {
        // Two runs of the same words are the same words.
        const half = Math.floor(words.length / 2)
        const runs = [run(words.slice(0, half), 'bold'), run(words.slice(half))]
        blocks.splice(at, 1, { ...old, runs: runs.filter(({ text }) => text !== '') })
      },
      insert: () => blocks.splice(at, 0, this.#fresh()),
      remove: () => blocks.length > 1 && blocks.splice(at, 1),
      move: () => {
        blocks.splice(at, 1)
        blocks.splice(below(blocks.length + 1), 0, old)
      },
      relevel: () => blocks.splice(at, 1, { ...old, level: pick(LEVELS) }),
      retitle: () => {
        this.#document = { ...this.#document, title: pick(['KẾ HOẠCH', 'KẾ HOẠCH 2022']) }
      },
    }
    const name = pick(Object.keys(acts))
    acts[name]?.()
    return name
  }

  async #speak(): Promise<string> {
    const { pick, oneIn } = this.#chance
    const agency = pick(PARTIES)
    const position = pick(SAID)
    const who = { ...actor('member', 'head'), agencyId: agency as never }
    const taking = {
      actor: { ...who, userId: await this.#head(agency) },
      position,
      note: null,
      at: 1,
    }
    const { now } = this.#standing
    const words = this.#words
    if (oneIn(4)) {
      await takeAllPositions(this.#tx, this.#standing, { ...taking, contentHash: now.contentHash })
      this.#model.takeAll(agency, position, words)
      return `${agency} says ${position} of everything`
    }
    const clauseId = pick([...words.keys()])
    const hash =
      clauseId === STRUCTURE
        ? now.structureHash
        : (now.clauses.find(({ id }) => id === clauseId)?.hash ?? '')
    await this.#mustRefuse(taking, clauseId, 'a'.repeat(64), 'position/stale-hash')
    await this.#mustRefuse(taking, 'khong-co', hash, 'clause/not-found')
    await takePosition(this.#tx, this.#standing, { ...taking, clauseId, hash })
    this.#model.take(agency, clauseId, position, words.get(clauseId) ?? '')
    return `${agency} says ${position} of ${clauseId}`
  }

  async #mustRefuse(taking: Taking, clauseId: string, hash: string, code: string): Promise<void> {
    const answer = await takePosition(this.#tx, this.#standing, {
      ...taking,
      clauseId,
      hash,
    }).catch((cause: unknown) => (cause instanceof AppError ? cause.code : cause))
    if (answer !== code) throw new Error(`${clauseId}: ${answer} instead of ${code}`)
  }

  readonly #heads = new Map<string, never>()
  async #head(agency: string): Promise<never> {
    const known = this.#heads.get(agency)
    if (known) return known
    const { id } = await this.#tx
      .selectFrom('account')
      .select('id')
      .where('account', '=', `${agency}.head`)
      .executeTakeFirstOrThrow()
    this.#heads.set(agency, id as never)
    return id as never
  }

  async #cells(): Promise<Map<string, string>> {
    const { now } = this.#standing
    const rows = clauseStandings({
      parties: PARTIES,
      clauses: [...now.clauses, { id: STRUCTURE, hash: now.structureHash }],
      positions: await positionsOf(this.#tx, this.#document.id),
    })
    return new Map(
      rows.flatMap(({ clauseId, marks }) =>
        marks.map(({ agencyId, state }) => [`${agencyId} ${clauseId}`, state] as const),
      ),
    )
  }

  /** Cells, and what the list of positions says, against the model. */
  async #differences(): Promise<string | null> {
    const cells = await this.#cells()
    const words = this.#words
    for (const [clauseId, now] of words)
      for (const agency of PARTIES) {
        const [found, wanted] = [
          cells.get(`${agency} ${clauseId}`),
          this.#model.cell(agency, clauseId, now),
        ]
        if (found !== wanted) return `${agency} on ${clauseId}: ${found} instead of ${wanted}`
      }
    if (cells.size !== words.size * PARTIES.length) return `${cells.size} cells`
    const { positions } = await viewPositions(this.#tx, this.#document.id, this.#standing.now)
    for (const { clauseId, agencyId, position, standing } of positions) {
      const now = words.get(clauseId)
      if (now === undefined) continue
      const wanted = this.#model.cell(agencyId, clauseId, now)
      if ((standing === 'counts' ? position : 'outdated') !== wanted)
        return `the list has ${agencyId} on ${clauseId} as ${position}, ${standing}`
    }
    return null
  }

  /** Whatever is changed and put back: the same hashes and the same cells as before. */
  async #thereAndBack(): Promise<string | null> {
    const [blocks, document] = [readBody(this.#doc), this.#document]
    const before = [this.#standing.now.contentHash, ...(await this.#cells())].join()
    const what = this.#edit()
    const between = await this.#differences()
    if (between) return `${what}: ${between}`
    this.#document = document
    this.#write(blocks)
    const after = [this.#standing.now.contentHash, ...(await this.#cells())].join()
    return after === before ? null : `${what} and back: another hash or standing`
  }
}
