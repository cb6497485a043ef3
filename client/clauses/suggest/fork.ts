import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Block } from '../../../shared/clauses/clause.ts'
import { forgetChanged, type KnownBlocks, readBodyAgain } from '../../../shared/clauses/yjs.ts'
import { type BlockChange, diffBlocks } from '../../../shared/proposals/diffBlocks.ts'
import { type Store, settableStore } from '../../base/store.ts'
import { newClauseId } from '../schema/clauseIds.ts'
import type { DraftDatabase, DraftKey, Kept } from './draftDatabase.ts'
import { type Adrift, draftedIn, rescueDrafts } from './rescue.ts'
import type { SentDrafts } from './sentDrafts.ts'

export type Drafts = {
  /** What this person's page says otherwise than the shared text, one change per clause. */
  changes: readonly BlockChange[]
  /** The shared text that the changes start from. */
  base: readonly Block[]
  /** Drafted words whose clause others have taken away. */
  adrift: readonly Adrift[]
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
    return {
      changes: diffBlocks(base, readBodyAgain(doc, known.here), newClauseId),
      base,
      adrift,
      kept: isKept,
    }
  }
  // Others may have moved or deleted a clause while no page was open.
  adrift = [...adrift, ...rescueDrafts(doc, base, kept.drafted, RESCUED)]
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
    if (before.length === 0) return soon()
    const lost = rescueDrafts(doc, base, draftedIn(before), RESCUED)
    if (lost.length > 0) adrift = [...adrift, ...lost]
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
