import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Block } from '../../../shared/clauses/clause.ts'
import { forgetChanged, type KnownBlocks, readBodyAgain } from '../../../shared/clauses/yjs.ts'
import { type BlockChange, diffBlocks } from '../../../shared/proposals/diffBlocks.ts'
import { type Store, settableStore } from '../../base/store.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import { type Dispute, disputesIn, followShared, isCopy, moveInDraft } from './copies.ts'
import type { DraftDatabase, DraftKey, Kept } from './draftDatabase.ts'
import type { MovesOn } from './markSource.ts'
import { movesOnPage } from './movesOnPage.ts'
import { type Adrift, type Drafted, draftedIn, rescueDrafts } from './rescue.ts'
import type { SentDrafts } from './sentDrafts.ts'

export type Drafts = {
  /** What this person's page says otherwise than the shared text, one change per clause. */
  changes: readonly BlockChange[]
  /** The shared text that the changes start from. */
  base: readonly Block[]
  /** Drafted words whose clause others have taken away. */
  adrift: readonly Adrift[]
  /** Where others say otherwise than one's own words in a clause that one has moved, by clause. */
  disputes: ReadonlyMap<string, readonly Dispute[]>
  /** False once the device takes no drafts: they live as long as the page. */
  kept: boolean
}

/** A copy of the shared text of one's own, in which one drafts; nothing of it is ever sent to the room. */
export type Fork = {
  readonly doc: Y.Doc
  /** Nobody else's, and sent to nobody. */
  readonly awareness: Awareness
  readonly drafts: Store<Drafts>
  /** Of this very moment, for what is about to be sent. */
  now(): Drafts
  /** The blocks of the draft itself. */
  blocks(): readonly Block[]
  /**
   * Moves a clause with all that belongs to it, in the draft; `after`: null for the beginning.
   * @returns what it stood behind; undefined where it cannot be moved there
   */
  move(clauseId: string, after: string | null): string | null | undefined
  /** What of a page of this draft its author has moved. */
  movesOn: MovesOn
  /** Grows with whatever its author writes, and with nothing that others write. */
  written(): number
  /** What has been sent while the draft went on. */
  sent(): SentDrafts
  noteSent(sent: SentDrafts): void
  /** Their author has seen them. */
  dismissAdrift(): void
  /** Writes nothing more to the device, whatever is still typed. */
  close(): void
  destroy(): void
}

/** Fast typing is gathered. */
const GATHER_MS = 120
const FROM_ROOM = 'room'
const FROM_DEVICE = 'device'
const RESCUED = 'rescued'
const MOVED = 'moved'

/** @param kept what the device has of it, from an earlier page */
export function openFork(
  room: Y.Doc,
  key: DraftKey,
  database: Pick<DraftDatabase, 'add' | 'setWords'>,
  kept: Kept,
): Fork {
  const doc = new Y.Doc()
  const known: { here: KnownBlocks; there: KnownBlocks } = {
    here: new WeakMap(),
    there: new WeakMap(),
  }
  let adrift: readonly Adrift[] = kept.adrift
  let sent = kept.sent
  let written = 0
  let isKept = true
  let isClosed = false
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room), FROM_ROOM)
  for (const update of kept.updates) Y.applyUpdate(doc, update, FROM_DEVICE)

  let base = readBodyAgain(room, known.there)
  const read = (): Drafts => {
    const blocks = readBodyAgain(doc, known.here)
    const changes = diffBlocks(base, blocks, newClauseId, (id) => isCopy(doc, id))
    return { changes, base, adrift, disputes: disputesIn(doc, changes), kept: isKept }
  }
  /** @param drafts as they were before the others' change came */
  const follow = (drafts: readonly Drafted[]) => {
    const moved = new Set(drafts.flatMap(({ clauseId, moved = false }) => (moved ? clauseId : [])))
    const words = drafts.filter(({ clauseId }) => !isCopy(doc, clauseId))
    const gone = followShared(doc, room, base, (id) => moved.has(id), RESCUED)
    const lost = words.length > 0 ? rescueDrafts(doc, base, words, RESCUED) : []
    if (gone.length + lost.length > 0) adrift = [...adrift, ...gone, ...lost]
  }
  // Others may have moved or deleted a clause while no page was open.
  follow(kept.drafted)
  const drafts = settableStore(read())
  let lastSaid = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    clearTimeout(timer)
    timer = undefined
    const next = read()
    drafts.set(next)
    if (isClosed) return
    const { changes } = next
    const words = { drafted: draftedIn(changes), adrift, sent, count: changes.length }
    const said = JSON.stringify(words)
    // What others write changes little of what is drafted.
    if (said === lastSaid) return
    lastSaid = said
    void database.setWords(key, words).then(noteKept)
  }
  const soon = () => {
    if (!isClosed) timer ??= setTimeout(refresh, GATHER_MS)
  }
  const onOwn = (transaction: Y.Transaction) => {
    forgetChanged(transaction, known.here)
    if (transaction.changed.size > 0) soon()
  }
  const onShared = (transaction: Y.Transaction) => forgetChanged(transaction, known.there)
  const noteKept = (done: boolean) => {
    if (done || !isKept) return
    isKept = false
    soon()
  }
  const onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === FROM_ROOM || origin === FROM_DEVICE || isClosed) return
    if (origin !== RESCUED) written += 1
    void database.add(key, update).then(noteKept)
  }
  const onRoom = (update: Uint8Array) => {
    // Against the text that they were drafted on. The page is read anew only where that is still due.
    const before = (timer === undefined ? drafts.getSnapshot() : read()).changes
    base = readBodyAgain(room, known.there)
    Y.applyUpdate(doc, update, FROM_ROOM)
    follow(draftedIn(before))
    soon()
  }
  doc.on('afterTransaction', onOwn)
  room.on('afterTransaction', onShared)
  doc.on('update', onUpdate)
  room.on('update', onRoom)
  const awareness = new Awareness(doc)
  return {
    doc,
    awareness,
    drafts,
    now() {
      refresh()
      return drafts.getSnapshot()
    },
    blocks: () => readBodyAgain(doc, known.here),
    move: (clauseId, after) => moveInDraft(doc, base, { clauseId, after }, MOVED),
    movesOn: (shared, page) => movesOnPage(shared, page, (clauseId) => isCopy(doc, clauseId)),
    dismissAdrift() {
      adrift = []
      refresh()
    },
    written: () => written,
    sent: () => sent,
    noteSent(next) {
      sent = next
      refresh()
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      timer = undefined
    },
    destroy() {
      // The last words are on the device as updates; what they said belongs beside them.
      if (timer !== undefined) refresh()
      this.close()
      room.off('update', onRoom)
      room.off('afterTransaction', onShared)
      awareness.destroy()
      doc.destroy()
    },
  }
}
