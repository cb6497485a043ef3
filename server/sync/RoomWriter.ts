import type * as Y from 'yjs'
import { AppError, type ErrorCode } from '../../shared/base/errors.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import type { Tx } from '../platform/database.ts'
import type { Platform } from '../platform/platform.ts'
import type { ClientOwners } from './ClientOwners.ts'
import { type Court, type Judged, judgeGroup } from './judgeGroup.ts'
import type { ContentFrame } from './Peer.ts'
import type { RoomText } from './RoomText.ts'
import type { Burial } from './SwallowWatch.ts'
import { keepBurial, type Told } from './swallowedStore.ts'
import { type DocumentState, documentState, loadClaims } from './updateLog.ts'

/** In whose name the server mends a text: nobody's. */
export const SERVER_ACCOUNT = 'server'

/** How often a turn may find that the disk has moved on before it gives up. */
const ATTEMPTS = 4

/**
 * A judged group; what was accepted of it is on disk up to `revision`. So are the words that it swallowed: acknowledged
 * words are in the text or in a notice to their author.
 */
export type Settled = {
  judged: readonly Judged[]
  revision: number
  epoch: string
  told: readonly Told[]
  /** Not judged yet. */
  rest: readonly ContentFrame[]
}

/** Rows that a forward edit brings along, in its own commit. `revision` is the text's then, its own unless it changes nothing. */
export type Along = (tx: Tx, revision: number, changed: boolean) => Promise<void>

export type Audience = {
  /** Shows an update that somebody else has written to the log. */
  show(update: Uint8Array, revision: number): void
  /** The text has moved to another epoch: nobody's copy can follow. */
  endLineage(): void
}

/** The disk took nothing of a group, or takes nothing at the moment; the text is as it was before. */
export class DiskRefused extends Error {
  readonly code: ErrorCode
  constructor(cause: unknown) {
    super('nothing of the group is on disk', { cause })
    this.code = cause instanceof AppError ? cause.code : 'server/busy'
  }
}

/** The room's text is no longer what is on disk, and could not be read anew. */
export class SpoiltRoom extends Error {}

const isEmpty = ({ passages, graves, plots }: Burial) =>
  passages.length === 0 && graves.length === 0 && plots.length === 0

/** Keeps a room's text and its log in step. Every method is called in a turn of the room's queue. */
export class RoomWriter {
  readonly documentId: string
  readonly #platform: Platform
  readonly #text: RoomText
  readonly #owners: ClientOwners
  readonly #audience: Audience

  constructor(
    documentId: string,
    platform: Platform,
    text: RoomText,
    owners: ClientOwners,
    audience: Audience,
  ) {
    this.documentId = documentId
    this.#platform = platform
    this.#text = text
    this.#owners = owners
    this.#audience = audience
  }

  /** Brings the room to what the disk says now; whoever is in it sees what others wrote there. */
  async refresh(): Promise<DocumentState> {
    const state = await documentState(this.#platform.database.read, this.documentId)
    if (!state) throw new AppError('document/not-found')
    if (state.epoch !== this.#text.epoch) {
      this.#audience.endLineage()
      await this.#text.reload()
    } else if (state.revision > this.#text.revision) {
      let row = this.#text.revision
      for (const update of await this.#text.catchUp(state.revision)) {
        row += 1
        this.#audience.show(update, row)
      }
    }
    return state
  }

  /**
   * Judges and stores a group; begins again whenever the disk turns out to be ahead of the room.
   * @throws {DiskRefused}
   */
  async settle(frames: readonly ContentFrame[]): Promise<Settled> {
    const waiting = new Set(frames.map(({ peer }) => peer))
    const group = [...[...waiting].flatMap((peer) => peer.gaps), ...frames]
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const state = await this.refresh()
      const { judged, rest } = await judgeGroup(this.#court(state), group)
      const settled = await this.#store(judged)
      if (settled) return { ...settled, rest }
    }
    throw new Error('the log moved on with every attempt')
  }

  #court(state: DocumentState): Court {
    const { clock, database } = this.#platform
    return {
      text: this.#text,
      owners: this.#owners,
      state,
      findActor: (accountId) => findBlocActor(database.read, accountId, state.blocId, clock()),
    }
  }

  /**
   * @returns null when it must be judged anew
   * @throws {DiskRefused}
   */
  async #store(judged: readonly Judged[]): Promise<Omit<Settled, 'rest'> | null> {
    const { swallowing } = this.#text
    const burial = swallowing.gather(judged, this.#ownersWith(judged), this.#platform.clock())
    const told: Told[] = []
    const revision = await this.#append(judged, burial, told).catch(async (cause: unknown) => {
      swallowing.forget(burial)
      await this.#reload()
      throw new DiskRefused(cause)
    })
    if (revision !== null) return { judged, revision, epoch: this.#text.epoch, told }
    swallowing.forget(burial)
    await this.#text.reload()
    this.#owners.replaceClaims(await loadClaims(this.#platform.database.read, this.documentId))
    return null
  }

  /** Whose clientID it is, those included that this group brings; undefined for nobody's. */
  #ownersWith(judged: readonly Judged[]): (client: number) => string | undefined {
    const claimed = new Map<number, string>()
    for (const { frame, verdict } of judged)
      if (verdict.kind === 'accepted')
        for (const client of verdict.claims) claimed.set(client, frame.peer.accountId)
    return (client) => {
      const owner = this.#owners.ownerOf(client) ?? claimed.get(client)
      return owner === SERVER_ACCOUNT ? undefined : owner
    }
  }

  /**
   * Stores the accepted updates and the words they swallow, in one transaction.
   * @param told filled with whom to tell
   * @returns the revision all of it has reached, or null when the log is not where this room thought
   */
  async #append(judged: readonly Judged[], burial: Burial, told: Told[]): Promise<number | null> {
    const { database, newId, clock } = this.#platform
    const [{ documentId }, { epoch, revision: before }] = [this, this.#text]
    const updates = judged.flatMap(({ frame, verdict }) =>
      verdict.kind === 'accepted'
        ? [
            {
              bytes: frame.update,
              accountId: frame.peer.accountId,
              clientId: frame.peer.client ?? verdict.fresh[0] ?? null,
              claims: verdict.claims,
            },
          ]
        : [],
    )
    const place = { documentId, epoch, seq: before + updates.length }
    const keep = async (tx: Tx) => {
      told.push(...(await keepBurial(tx, place, burial, newId)))
    }
    const along = isEmpty(burial) ? undefined : keep
    if (updates.length === 0) {
      if (along) await database.write(along)
      return before
    }
    const batch = { documentId, epoch, updates, at: clock() }
    const outcome = await database.append(batch, along)
    if (outcome.outcome !== 'appended' || outcome.revision !== before + updates.length) return null
    this.#text.stored(
      outcome.revision,
      updates.map(({ bytes }) => bytes),
    )
    for (const { claims, accountId } of updates)
      for (const client of claims) this.#owners.claim(client, accountId)
    return outcome.revision
  }

  /** A forward edit by the server. @throws when it cannot be stored; the text is as before then */
  async edit(
    accountId: string,
    change: (doc: Y.Doc) => void,
    along?: Along,
  ): Promise<{ update: Uint8Array | null; revision: number }> {
    const tried = this.#text.tryChange(change)
    if ('failed' in tried && !tried.isSpoilt) throw tried.failed
    try {
      if ('failed' in tried) throw tried.failed
      const { update, problem } = tried
      if (problem) throw new AppError(problem.code, problem.details)
      const { database, newId, clock } = this.#platform
      if (!update) {
        const { revision } = this.#text
        if (along) await database.write((tx) => along(tx, revision, false))
        return { update, revision }
      }
      const before = this.#text.revision
      const { clientID } = this.#text.doc
      const [{ documentId }, { epoch }] = [this, this.#text]
      const burial = this.#text.swallowing.sign(accountId === SERVER_ACCOUNT ? null : accountId)
      const place = { documentId, epoch, seq: before + 1 }
      const keep = async (tx: Tx) => {
        await keepBurial(tx, place, burial, newId)
        await along?.(tx, place.seq, true)
      }
      const updates = [{ bytes: update, accountId, clientId: null, claims: [clientID] }]
      const outcome = await database.append(
        { documentId, epoch, updates, at: clock() },
        isEmpty(burial) && !along ? undefined : keep,
      )
      if (outcome.outcome === 'fenced')
        throw new AppError('document/wrong-phase', { phase: outcome.phase })
      if (outcome.outcome !== 'appended' || outcome.revision !== before + 1)
        throw new Error('the log moved on within a turn')
      this.#text.stored(outcome.revision, [update])
      this.#owners.claim(clientID, accountId)
      return { update, revision: outcome.revision }
    } catch (cause) {
      await this.#reload()
      throw cause
    }
  }

  async #reload(): Promise<void> {
    await this.#text.reload().catch((cause) => {
      throw new SpoiltRoom('the text could not be read anew', { cause })
    })
  }
}
