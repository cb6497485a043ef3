import { readLeftovers, removeLeftovers, writeLeftover } from './leftovers.ts'
import { listenerSet } from './listenerSet.ts'
import { type KeptChange, type Tail, type TailKey, tailName } from './tail.ts'
import { NO_WORDS, openUnsentDatabase, type TabRow, type UnsentDatabase } from './unsentDatabase.ts'
import type { KeptWords } from './unsentText.ts'

/**
 * Words that the server has not confirmed, by user, document, epoch and tab. Every own update is on this device as soon
 * as it is made and leaves with its acknowledgement. A browser that keeps nothing is told of by `false`; its words are
 * then held in memory for this page alone.
 */
export type UnsentStore = {
  /** @returns whether it is on the device */
  keep(key: TailKey, change: KeptChange): Promise<boolean>
  /** The same words as whole clauses, and why the server turned them down if it did. */
  describe(key: TailKey, words: readonly KeptWords[], refused: string | null): Promise<boolean>
  /** Acknowledged changes. */
  forget(key: TailKey, numbers: readonly number[]): void
  drop(key: TailKey): Promise<void>
  /** When all changes given so far are written. @returns whether all of them are on the device */
  settled(): Promise<boolean>
  /** Whether every write so far has reached the device. */
  isReliable(): boolean
  /** Everything of this user, in one document or in all. */
  tails(userId: string, documentId?: string): Promise<Tail[]>
  /** Those of this page alone, at once: the device is not asked. */
  ownTails(userId: string): Tail[]
  /** The device forgets this user. */
  wipe(userId: string): Promise<void>
  /** Another tab has wiped this user: what this page holds goes too. Nothing that somebody has written since. */
  letGo(userId: string): Promise<void>
  /** Told whom to keep nothing more of. @returns stops */
  onWiped(listener: (userId: string) => void): () => void
  /** Writes what no database has taken yet into localStorage, at once: the page may be gone in a moment. */
  leave(): void
}

type Held = { key: TailKey; changes: Map<number, HeldChange>; tab: TabRow }
type HeldChange = { bytes: Uint8Array; onDisk: boolean }

export function createUnsentStore(database: UnsentDatabase = openUnsentDatabase()): UnsentStore {
  /** Tails of this page: what the disk may not have yet, or never gets. */
  const held = new Map<string, Held>()
  let reliable = true
  const underWay = new Set<Promise<boolean>>()
  /** Written to localStorage by this page. */
  const left = new Set<string>()
  const takeBack = (key: TailKey) => {
    if (left.delete(tailName(key))) removeLeftovers((name) => name === tailName(key))
  }
  const heldOf = (key: TailKey): Held => {
    const name = tailName(key)
    const known = held.get(name)
    if (known) return known
    const made: Held = { key, changes: new Map(), tab: NO_WORDS }
    held.set(name, made)
    return made
  }
  const wiped = listenerSet<string>()
  const fits = ({ key }: Held, userId: string, documentId?: string) =>
    key.userId === userId && (documentId === undefined || key.documentId === documentId)

  return {
    async keep(key, { n, bytes }) {
      const change: HeldChange = { bytes, onDisk: false }
      heldOf(key).changes.set(n, change)
      const writing = database.putChange(key, n, bytes)
      underWay.add(writing)
      change.onDisk = await writing
      underWay.delete(writing)
      reliable &&= change.onDisk
      return change.onDisk
    },
    async settled() {
      return (await Promise.all(underWay)).every(Boolean)
    },
    async describe(key, words, refused) {
      // Without a change of its own, or after a wipe, there is nothing left to describe.
      const tail = held.get(tailName(key))
      if (!tail) return false
      tail.tab = { words, wordsUpTo: [...tail.changes.keys()].at(-1) ?? 0, refused }
      const written = await database.putTab(key, tail.tab)
      reliable &&= written
      return written
    },
    isReliable: () => reliable,
    forget(key, numbers) {
      const tail = held.get(tailName(key))
      if (!tail) return
      for (const n of numbers) tail.changes.delete(n)
      if (tail.changes.size > 0) return void database.deleteChanges(key, numbers)
      held.delete(tailName(key))
      takeBack(key)
      void database.deleteTail(key)
    },
    async drop(key) {
      held.delete(tailName(key))
      takeBack(key)
      await database.deleteTail(key)
    },
    async tails(userId, documentId) {
      await moveLeftovers(database, userId)
      const found = new Map<string, Tail>()
      for (const tail of await database.read(userId, documentId)) found.set(tailName(tail), tail)
      // The page's own memory is ahead of the disk.
      for (const tail of held.values())
        if (fits(tail, userId, documentId)) found.set(tailName(tail.key), asTail(tail))
      return [...found.values()]
    },
    ownTails: (userId) => [...held.values()].filter((tail) => fits(tail, userId)).map(asTail),
    async wipe(userId) {
      wiped.tell(userId)
      for (const [name, tail] of held) if (fits(tail, userId)) held.delete(name)
      removeLeftovers((name) => name.startsWith(`${userId}/`))
      await database.deleteUser(userId)
    },
    async letGo(userId) {
      wiped.tell(userId)
      const keys = [...held.values()].filter((tail) => fits(tail, userId)).map(({ key }) => key)
      await Promise.all(keys.map((key) => this.drop(key)))
    },
    onWiped: wiped.add,
    leave() {
      for (const tail of held.values()) {
        const changes = [...tail.changes].filter(([, { onDisk }]) => !onDisk)
        if (changes.length === 0) continue
        const written = writeLeftover({
          ...asTail(tail),
          changes: changes.map(([n, { bytes }]) => ({ n, bytes })),
        })
        if (written) left.add(tailName(tail.key))
      }
    },
  }
}

const asTail = ({ key, changes, tab }: Held): Tail => ({
  ...key,
  changes: [...changes].map(([n, { bytes }]) => ({ n, bytes })),
  ...tab,
})

/** What a page could only leave in localStorage goes to where all else is; it stays where it is until that is sure. */
async function moveLeftovers(database: UnsentDatabase, userId: string): Promise<void> {
  for (const tail of readLeftovers(userId)) {
    const moved = await Promise.all([
      ...tail.changes.map(({ n, bytes }) => database.putChange(tail, n, bytes)),
      database.putTab(tail, tail),
    ])
    if (moved.every(Boolean)) removeLeftovers((name) => name === tailName(tail))
  }
}

/** One for the page. */
export const unsentStore = createUnsentStore()
