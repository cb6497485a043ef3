import type * as Y from 'yjs'
import { planRecovery } from './planRecovery.ts'
import type { TabLocks } from './tabLocks.ts'
import type { Tail, TailKey } from './tail.ts'
import type { UnsentStore } from './unsentStore.ts'
import type { UnsentClause } from './unsentText.ts'

/** Words of a gone tab that can only be shown; on the device until they are dropped. */
export type Offer = { key: TailKey; release(): void }

/**
 * Looks for what tabs that are gone left unsent in this document, in any epoch. Call it when the text has come.
 * A tab that still lives keeps its own; should it die while this one is open, its words are taken up then.
 */
export async function recoverUnsent(input: {
  doc: Y.Doc
  key: TailKey
  /** Tails that somebody already shows. */
  taken: readonly TailKey[]
  store: UnsentStore
  locks: TabLocks
  signal: AbortSignal
  /** Sends these bytes and puts them into the document. @returns false when there is no line just now */
  send(updates: readonly Uint8Array[]): boolean
  /** There was no line: call again when there is. */
  onPutOff(): void
  onOffer(offer: Offer, unsent: readonly UnsentClause[]): void
}): Promise<void> {
  const { key, taken, store } = input
  const others = (await store.tails(key.userId, key.documentId)).filter(
    ({ client }) => client !== key.client && taken.every((one) => one.client !== client),
  )
  await Promise.all(others.map((tail) => takeUp(tail, input)))
}

async function takeUp(found: Tail, input: Parameters<typeof recoverUnsent>[0]): Promise<void> {
  const { doc, key, store, locks, signal, onOffer } = input
  const release = await locks.whenGone(found.client, signal)
  if (!release) return
  // Another tab may have taken it up, or its own has sent it, while this one waited.
  const tails = await store.tails(key.userId, key.documentId)
  const tail = tails.find(({ client, epoch }) => client === found.client && epoch === found.epoch)
  if (!tail || signal.aborted) return release()
  const plan = planRecovery(tail, key.epoch, doc)
  if (plan.kind === 'offer') return onOffer({ key: tail, release }, plan.unsent)
  if (plan.kind === 'send') {
    if (!input.send(plan.updates)) {
      release()
      return input.onPutOff()
    }
    // This tab has them as changes of its own by now, and they must be on the device before the old ones leave it.
    if (!(await store.settled())) return release()
  }
  await store.drop(tail)
  release()
}
