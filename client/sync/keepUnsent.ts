import type { Doc, Transaction } from 'yjs'
import type { NumberingModel } from '../../shared/clauses/clause.ts'
import type { TailKey } from './tail.ts'
import type { UnsentStore } from './unsentStore.ts'
import { type KeptWords, touchedClauses, wordsIn } from './unsentText.ts'

/** Unconfirmed for longer than this is worth a mark; ordinary typing never is. */
const LINGERING_MS = 2_000
/** Between two times that the changed clauses are written down as words. */
const DESCRIBE_MS = 300

type Change = { at: number; clauses: ReadonlySet<string>; kept: boolean; failed: boolean }

export type KeptUnsent = {
  /** An own change, right after it was made. @param n of `trackDurability` */
  note(n: number, bytes: Uint8Array, transaction: Transaction): void
  /** Numbers of changes that the server has on disk. */
  covered(numbers: readonly number[]): void
  /** Clauses with own words that are not confirmed. */
  clauses(): ReadonlySet<string>
  /** Those that have been so for two seconds; the same array while nothing has changed. */
  lingering(): readonly string[]
  /** Whether all of it is on this device: never true of words that a closed tab would lose. */
  isKept(): boolean
  /** Gives them up as changes. @returns them as words, which stay on the device until they are dropped there */
  fork(refused: string): KeptWords[]
  destroy(): void
}

/** Keeps one tab's own changes on the device from the moment they are made until they are acknowledged. */
export function keepUnsent(input: {
  doc: Doc
  key: TailKey
  model: NumberingModel
  store: UnsentStore
  onChange(): void
}): KeptUnsent {
  const { doc, key, model, store, onChange } = input
  const changes = new Map<number, Change>()
  let lingering: readonly string[] = []
  let clock: ReturnType<typeof setTimeout> | undefined
  let forked = false
  let wiped = false
  let describing: ReturnType<typeof setTimeout> | undefined

  const union = (list: Iterable<Change>) => {
    const all = new Set<string>()
    for (const { clauses } of list) for (const id of clauses) all.add(id)
    return all
  }
  const words = () => wordsIn(doc, union(changes.values()), model)
  const describe = () => {
    clearTimeout(describing)
    describing = undefined
    if (changes.size > 0 && !forked) void store.describe(key, words(), null)
  }
  const look = () => {
    clearTimeout(clock)
    clock = undefined
    const now = performance.now()
    const all = [...changes.values()]
    const next = [...union(all.filter(({ at }) => now - at >= LINGERING_MS))]
    if (next.join(' ') !== lingering.join(' ')) lingering = next
    const young = all.find(({ at }) => now - at < LINGERING_MS)
    if (young) clock = setTimeout(lookAndTell, young.at + LINGERING_MS - now)
  }
  const lookAndTell = () => {
    look()
    onChange()
  }
  const onLeave = () => {
    if (changes.size === 0) return
    describe()
    store.leave()
  }
  const onHidden = () => {
    if (document.visibilityState === 'hidden') onLeave()
  }
  const stopListening = store.onWiped((userId) => {
    if (userId !== key.userId) return
    wiped = true
    changes.clear()
  })
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', onLeave)
    document.addEventListener('visibilitychange', onHidden)
  }

  return {
    note(n, bytes, transaction) {
      // Signed out at this device: nobody may find more of their words on it.
      if (wiped) return
      const clauses = touchedClauses(doc, transaction)
      const change: Change = { at: performance.now(), clauses, kept: false, failed: false }
      changes.set(n, change)
      void store.keep(key, { n, bytes }).then((kept) => {
        change.kept = kept
        change.failed = !kept
        onChange()
      })
      describing ??= setTimeout(describe, DESCRIBE_MS)
      if (clock === undefined) look()
    },
    covered(numbers) {
      for (const n of numbers) changes.delete(n)
      store.forget(key, numbers)
      look()
    },
    clauses: () => union(changes.values()),
    lingering: () => lingering,
    isKept() {
      const now = performance.now()
      return [...changes.values()].every(
        ({ kept, failed, at }) => kept || (!failed && now - at < LINGERING_MS),
      )
    },
    fork(refused) {
      if (wiped) return []
      forked = true
      const mine = words()
      void store.describe(key, mine, refused)
      return mine
    },
    destroy() {
      clearTimeout(clock)
      stopListening()
      if (describing !== undefined) describe()
      if (typeof window === 'undefined') return
      window.removeEventListener('pagehide', onLeave)
      document.removeEventListener('visibilitychange', onHidden)
    },
  }
}
