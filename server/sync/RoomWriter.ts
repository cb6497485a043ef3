import type * as Y from 'yjs'
import { AppError } from '../../shared/base/errors.ts'
import { findBlocActor } from '../accounts/actorStore.ts'
import type { Platform } from '../platform/platform.ts'
import type { ClientOwners } from './ClientOwners.ts'
import { type Court, type Judged, judgeGroup } from './judgeGroup.ts'
import type { ContentFrame } from './Peer.ts'
import type { RoomText } from './RoomText.ts'
import { type DocumentState, documentState, loadClaims } from './updateLog.ts'

/** How often a turn may find that the disk has moved on before it gives up. */
const ATTEMPTS = 4

/** A judged group; what was accepted of it is on disk up to `revision`. */
export type Settled = { judged: readonly Judged[]; revision: number; epoch: string }

export type Audience = {
  /** Shows an update that somebody else has written to the log. */
  show(update: Uint8Array, revision: number): void
  /** The text has moved to another epoch: nobody's copy can follow. */
  endLineage(): void
}

/** The room's text is no longer what is on disk, and could not be read anew. */
export class SpoiltRoom extends Error {}

/** The disk takes nothing at the moment; what is on it can be read all the same. */
export const isNotSaving = (cause: unknown): cause is AppError =>
  cause instanceof AppError && cause.code === 'server/not-saving'

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
   * @throws {AppError} server/not-saving when the disk takes nothing; the text is as before then
   */
  async settle(frames: readonly ContentFrame[]): Promise<Settled> {
    try {
      return await this.#settle(frames)
    } catch (cause) {
      if (isNotSaving(cause)) await this.#reload()
      throw cause
    }
  }

  async #settle(frames: readonly ContentFrame[]): Promise<Settled> {
    const waiting = new Set(frames.map(({ peer }) => peer))
    const group = [...[...waiting].flatMap((peer) => peer.gaps), ...frames]
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const state = await this.refresh()
      const judged = await judgeGroup(this.#court(state), group)
      const revision = await this.#append(judged)
      if (revision === null) continue
      return { judged, revision, epoch: this.#text.epoch }
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

  /** @returns the revision all of it has reached, or null when it must be judged anew */
  async #append(judged: readonly Judged[]): Promise<number | null> {
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
    if (updates.length === 0) return this.#text.revision
    const before = this.#text.revision
    const outcome = await this.#platform.database.append({
      documentId: this.documentId,
      epoch: this.#text.epoch,
      updates,
      at: this.#platform.clock(),
    })
    if (outcome.outcome === 'appended' && outcome.revision === before + updates.length) {
      this.#text.stored(
        outcome.revision,
        updates.map(({ bytes }) => bytes),
      )
      for (const { claims, accountId } of updates)
        for (const client of claims) this.#owners.claim(client, accountId)
      return outcome.revision
    }
    await this.#text.reload()
    this.#owners.replaceClaims(await loadClaims(this.#platform.database.read, this.documentId))
    return null
  }

  /** A forward edit by the server. @throws when it cannot be stored; the text is as before then */
  async edit(
    accountId: string,
    change: (doc: Y.Doc) => void,
  ): Promise<{ update: Uint8Array | null; revision: number }> {
    try {
      const { update, problem } = this.#text.tryChange(change)
      if (problem) throw new AppError(problem.code, problem.details)
      if (!update) return { update, revision: this.#text.revision }
      const before = this.#text.revision
      const { clientID } = this.#text.doc
      const outcome = await this.#platform.database.append({
        documentId: this.documentId,
        epoch: this.#text.epoch,
        updates: [{ bytes: update, accountId, clientId: null, claims: [clientID] }],
        at: this.#platform.clock(),
      })
      if (outcome.outcome === 'fenced')
        throw new AppError('document/wrong-phase', { phase: outcome.phase })
      if (outcome.outcome !== 'appended' || outcome.revision !== before + 1)
        throw new Error('the log moved on within a turn')
      this.#text.stored(outcome.revision, [update])
      this.#owners.claim(clientID, accountId)
      this.#text.swallowing.sign(accountId)
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
