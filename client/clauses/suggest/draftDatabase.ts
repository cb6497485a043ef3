import type { Adrift, Drafted } from './rescue.ts'
import { NOTHING_SENT, type SentDrafts } from './sentDrafts.ts'

/** Whose drafts of which text. Another epoch of a text is another text. */
export type DraftKey = { userId: string; documentId: string; epoch: string }

/** A draft as the device has it: the changes themselves, and what they said, for when their clause is gone. */
export type Words = {
  drafted: readonly Drafted[]
  adrift: readonly Adrift[]
  sent: SentDrafts
  /** Clauses that are drafted. */
  count: number
}
export type Kept = Words & { updates: readonly Uint8Array[] }

const NO_WORDS: Words = { drafted: [], adrift: [], sent: NOTHING_SENT, count: 0 }
export const NOTHING_KEPT: Kept = { ...NO_WORDS, updates: [] }

/** The writes resolve to false where nothing was written: no IndexedDB, private mode, a full disk. */
export type DraftDatabase = {
  /** Nothing where nothing can be read. */
  read(key: DraftKey): Promise<Kept>
  /** @param update of Yjs, in any order */
  add(key: DraftKey, update: Uint8Array): Promise<boolean>
  setWords(key: DraftKey, words: Words): Promise<boolean>
  /** @param left what stays of its words */
  forget(key: DraftKey, left: Words): Promise<boolean>
  /** Clauses that this user has drafted, in all texts. */
  count(userId: string): Promise<number>
  /** The device forgets this user. @returns true also where there is nothing that keeps drafts */
  wipe(userId: string): Promise<boolean>
}

/** For a device that does not answer. */
export const NO_DEVICE: Pick<DraftDatabase, 'add' | 'setWords'> = {
  add: async () => false,
  setWords: async () => false,
}

const NAME = 'nhat-tri-drafts'
const UPDATES = 'updates'
const WORDS = 'words'

const path = ({ userId, documentId, epoch }: DraftKey) => [userId, documentId, epoch]
/** Every key that begins so: arrays sort behind numbers. */
const under = (start: readonly string[]) => IDBKeyRange.bound([...start], [...start, []])

export function openDraftDatabase(): DraftDatabase {
  const opening = open()
  let lastTime = 0
  /** Two tabs of one person write beside each other. */
  const nextKey = (key: DraftKey) => {
    lastTime = Math.max(lastTime + 1, performance.timeOrigin + performance.now())
    return [...path(key), lastTime, Math.random()]
  }
  const write = async (
    work: (updates: IDBObjectStore, words: IDBObjectStore) => void,
  ): Promise<boolean> => {
    const database = await opening
    if (!database) return false
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction([UPDATES, WORDS], 'readwrite', {
          durability: 'relaxed',
        })
        transaction.oncomplete = () => resolve(true)
        transaction.onabort = () => resolve(false)
        work(transaction.objectStore(UPDATES), transaction.objectStore(WORDS))
      } catch {
        // The browser has closed the database.
        resolve(false)
      }
    })
  }
  return {
    async read(key) {
      const database = await opening
      if (!database) return NOTHING_KEPT
      return new Promise((resolve) => {
        const transaction = database.transaction([UPDATES, WORDS], 'readonly')
        const updates = transaction.objectStore(UPDATES).getAll(under(path(key)))
        const words = transaction.objectStore(WORDS).get(path(key))
        transaction.onabort = () => resolve(NOTHING_KEPT)
        transaction.oncomplete = () =>
          resolve({ ...NO_WORDS, ...(words.result as Words), updates: updates.result })
      })
    },
    add: (key, update) => write((store) => void store.put(update, nextKey(key))),
    setWords: (key, words) => write((_, store) => void store.put(words, path(key))),
    forget: (key, { drafted, adrift, sent, count }) =>
      write((updates, words) => {
        updates.delete(under(path(key)))
        if (adrift.length > 0) words.put({ drafted, adrift, sent, count }, path(key))
        else words.delete(path(key))
      }),
    async count(userId) {
      const database = await opening
      if (!database) return 0
      return new Promise((resolve, reject) => {
        const transaction = database.transaction(WORDS, 'readonly')
        const rows = transaction.objectStore(WORDS).getAll(under([userId]))
        transaction.onabort = () => reject(transaction.error)
        transaction.oncomplete = () =>
          resolve((rows.result as Words[]).reduce((sum, row) => sum + (row.count ?? 0), 0))
      })
    },
    async wipe(userId) {
      if (!(await opening)) return true
      return write((updates, words) => {
        updates.delete(under([userId]))
        words.delete(under([userId]))
      })
    },
  }
}

/** One for the page. */
export const draftDatabase = openDraftDatabase()

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(UPDATES)
        request.result.createObjectStore(WORDS)
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    } catch {
      // No IndexedDB: the page says that drafts are not kept.
      resolve(null)
    }
  })
}
