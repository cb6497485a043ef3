import { AppError } from '../../../shared/base/errors.ts'
import { type Chance, seeded } from '../../support/seeded.ts'
import type { TestRooms } from '../testRooms.ts'
import type { HonestClient, Place } from './HonestClient.ts'
import { Hostile } from './Hostile.ts'
import {
  comesAbout,
  type JudgeHidden,
  judgeCase,
  revisionAndBytes,
  seenOnDisk,
} from './judgeCase.ts'
import { Ledger } from './Ledger.ts'
import { type Case, openCase, setRole } from './openCase.ts'
import { RawClient } from './RawClient.ts'
import { StockEditor } from './StockEditor.ts'

/** A server that several seeds share, each with a document of its own. */
export type Ground = {
  world: TestRooms
  /** The next append of these documents finds a disk that refuses. */
  refusingDisks: Set<string>
}

export type CaseOptions = {
  steps: number
  judgeHidden?: JudgeHidden
}

const turn = () => new Promise<void>((go) => setImmediate(go))

/**
 * Several people on one document over bad lines, by a seed. The seed fixes who does what in which order; how the
 * frames interleave on their way is the machine's.
 */
export class CaseRun {
  readonly #ground: Ground
  readonly #seed: number
  readonly #options: CaseOptions
  readonly #chance: Chance
  readonly #ledger = new Ledger()
  readonly #problems: string[] = []
  readonly #checks: Promise<void>[] = []
  #case: Case = { documentId: '', accounts: [] }
  #clients: HonestClient[] = []
  #gone: HonestClient[] = []
  #hostile: Hostile | null = null
  #withdrawn: string | null = null
  #isLocked = false

  constructor(ground: Ground, seed: number, options: CaseOptions) {
    this.#ground = ground
    this.#seed = seed
    this.#options = options
    this.#chance = seeded(seed * 7919 + 17)
  }

  /** @returns what was wrong; nothing when all promises were kept */
  async run(): Promise<string[]> {
    const chance = this.#chance
    const people = 2 + chance.below(5)
    this.#case = await openCase(this.#ground.world, this.#seed, people + 1)
    const { accounts } = this.#case
    if (this.#seed % 3 === 0) this.#hostile = new Hostile(this.#place(accounts[people] as string))
    for (const account of accounts.slice(0, people)) await this.#arrive(account)
    await comesAbout(() => this.#clients.every((client) => client.isOnline))
    try {
      for (let step = 0; step < this.#options.steps; step += 1) await this.#step()
      await this.#comeToRest()
      await this.#judge()
    } finally {
      await this.#close()
    }
    return this.#problems
  }

  #place(account: string): Place {
    const { world } = this.#ground
    return {
      url: world.url,
      documentId: this.#case.documentId,
      headers: world.headers(account),
      account,
      ledger: this.#ledger,
      chance: this.#chance,
      onAck: (revision, words) => {
        this.#checks.push(this.#isOnDisk(revision, words))
      },
      onProblem: (problem) => this.#problems.push(problem),
    }
  }

  /** Looked up the moment the acknowledgement comes. */
  async #isOnDisk(revision: number, words: readonly string[]): Promise<void> {
    const { world } = this.#ground
    const { documentId } = this.#case
    const standing = words.filter((token) => this.#ledger.stands(token))
    const disk = await revisionAndBytes(world, documentId)
    if (disk.revision < revision)
      this.#problems.push(`revision ${revision} was acknowledged, the disk has ${disk.revision}`)
    for (const token of standing)
      if (!disk.rows.some((bytes) => bytes.includes(token)))
        this.#problems.push(`${token} was acknowledged before it was on disk`)
  }

  async #arrive(account: string): Promise<void> {
    const kind = this.#chance.oneIn(2) ? RawClient : StockEditor
    const client = await kind.open(this.#place(account))
    client.connect()
    this.#clients.push(client)
  }

  async #step(): Promise<void> {
    const chance = this.#chance
    const client = chance.pick(this.#clients)
    const act = chance.below(100)
    if (act < 45) client.type()
    else if (act < 63) client.change()
    else if (act < 66) client.lane.cut()
    else if (act < 68) client.lane.loseClient()
    else if (act < 69) client.lane.loseServer()
    else if (act < 73) client.lane.hold(chance.oneIn(2) ? 'up' : 'down')
    else if (act < 77) client.lane.step(chance.oneIn(2) ? 'up' : 'down', 1 + chance.below(60))
    else if (act < 80) client.lane.flow()
    else if (act < 83) client.drop()
    else if (act < 89) this.#return(client)
    else if (act < 91 && client instanceof RawClient) client.repeat()
    else if (act < 93) await this.#vanish(client)
    else if (act < 95) await this.#changeRole(client)
    else if (act < 96) this.#ground.refusingDisks.add(this.#case.documentId)
    else if (act < 97 && !this.#isLocked) await this.#lockAndUnlock()
    else await this.#hostile?.act(this.#clients.filter((one) => this.#isKnown(one)))
    for (let turns = chance.below(4); turns > 0; turns -= 1) await turn()
  }

  /** The server has seen words under this clientID: it cannot be anybody else's any more. */
  #isKnown({ author, doc, isSaved }: HonestClient): boolean {
    const written = [...this.#ledger.words.values()].some((w) => w.author === author && w.acked)
    return written && isSaved && (doc.store.clients.get(doc.clientID)?.length ?? 0) > 0
  }

  #return(client: HonestClient): void {
    client.lane.flow()
    if (!client.isOnline) client.drop()
    client.connect()
  }

  /** A laptop that never comes back; its owner takes another. */
  async #vanish(client: HonestClient): Promise<void> {
    await client.vanish()
    this.#clients = this.#clients.filter((one) => one !== client)
    this.#gone.push(client)
    await this.#arrive(client.place.account)
  }

  async #changeRole(client: HonestClient): Promise<void> {
    const { world } = this.#ground
    if (this.#withdrawn !== null) return this.#restoreRole()
    const { account } = client.place
    this.#withdrawn = account
    await setRole(world, account, this.#chance.oneIn(2) ? { role: 'clerk' } : { disabled_at: 1 })
    client.lane.flow()
    if (!client.isOnline || client.lane.links === 0) return
    const word = client.type()
    const { doc } = client
    if (!(await comesAbout(() => client.isSaved || client.doc !== doc || !client.isOnline)))
      this.#problems.push(`${word.token} was neither acknowledged nor refused`)
    if (word.acked) this.#problems.push(`${word.token} was taken after the right was withdrawn`)
  }

  async #restoreRole(): Promise<void> {
    if (this.#withdrawn === null) return
    await setRole(this.#ground.world, this.#withdrawn, { role: 'officer', disabled_at: null })
    this.#withdrawn = null
  }

  async #lockAndUnlock(): Promise<void> {
    this.#isLocked = true
    const chance = this.#chance
    const { world } = this.#ground
    const { documentId } = this.#case
    for (let burst = chance.below(6); burst > 0; burst -= 1) chance.pick(this.#clients).type()
    for (let turns = chance.below(6); turns > 0; turns -= 1) await turn()
    // In the room's own turn, or past it, as another process would.
    const inTurn = chance.oneIn(2)
    const lock = async () => {
      const at = await this.#setPhase('locked')
      return {
        at,
        hash: inTurn ? null : (await seenOnDisk(this.#ground.world, this.#case.documentId)).hash,
      }
    }
    const locked = inTurn
      ? await this.#patiently(() => world.rooms.exclusive(documentId, lock))
      : await lock()
    const hash = locked.hash ?? (await seenOnDisk(this.#ground.world, this.#case.documentId)).hash
    for (let steps = 3 + chance.below(5); steps > 0; steps -= 1) await this.#step()
    await this.#settled()
    const now = await seenOnDisk(this.#ground.world, this.#case.documentId)
    if (now.hash !== hash || now.revision !== locked.at)
      this.#problems.push(`entered after the lock: rows ${locked.at + 1} to ${now.revision}`)
    await this.#setPhase('drafting')
    this.#isLocked = false
  }

  /** @returns the last row of the log at the moment of this commit */
  #setPhase(phase: string): Promise<number> {
    return this.#ground.world.database.write(async (tx) => {
      const document = tx.updateTable('document').set({ phase })
      await document.where('id', '=', this.#case.documentId).execute()
      const { revision } = await tx
        .selectFrom('document')
        .select('revision')
        .where('id', '=', this.#case.documentId)
        .executeTakeFirstOrThrow()
      return revision
    })
  }

  /** A room that a refusing disk has closed is `server/busy` for a moment. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'server/busy') return work()
      throw cause
    }
  }

  /** Nothing is on its way any more: each is saved, sent away, or not connected. */
  #settled(): Promise<boolean> {
    return comesAbout(() =>
      this.#clients.every((client) => {
        client.lane.flow()
        return !client.isOnline || client.isSaved || client.lane.links === 0
      }),
    )
  }

  async #comeToRest(): Promise<void> {
    this.#hostile?.leave()
    await this.#restoreRole()
    this.#ground.refusingDisks.delete(this.#case.documentId)
    // What a client believes of a dead line is of no use now: all come back the same moment.
    for (const client of this.#clients) {
      client.lane.flow()
      client.drop()
    }
    const all = await comesAbout(() =>
      this.#clients.every((client) => {
        if (!client.isBusy) client.connect()
        return client.isSaved
      }),
    )
    if (!all) this.#problems.push('not everybody could save')
  }

  async #judge(): Promise<void> {
    const fresh = await RawClient.open(this.#place(this.#case.accounts[0] as string))
    this.#clients.push(fresh)
    fresh.connect()
    const { documentId } = this.#case
    const { judgeHidden } = this.#options
    await judgeCase({
      world: this.#ground.world,
      documentId,
      clients: this.#clients,
      gone: this.#gone,
      ledger: this.#ledger,
      problems: this.#problems,
      ...(judgeHidden ? { judgeHidden } : {}),
    })
    await Promise.all(this.#checks)
  }

  async #close(): Promise<void> {
    this.#hostile?.leave()
    for (const client of this.#clients) await client.vanish()
  }
}
