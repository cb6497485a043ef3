import type { Adrift, Drafted } from './rescue.ts'

/** Whose drafts of which text. Another epoch of a text is another text. */
export type DraftKey = { userId: string; documentId: string; epoch: string }

/** A draft as the device has it: the changes themselves, and what they said, for when their clause is gone. */
export type Words = { drafted: readonly Drafted[]; adrift: readonly Adrift[] }
export type Kept = Words & { updates: readonly Uint8Array[] }

export const NOTHING_KEPT: Kept = { updates: [], drafted: [], adrift: [] }

/** The writes resolve to false where nothing was written: no IndexedDB, private mode, a full disk. */
export type DraftDatabase = {
  /** Nothing where nothing can be read. */
  read(key: DraftKey): Promise<Kept>
  /** @param update of Yjs, in any order */
  add(key: DraftKey, update: Uint8Array): Promise<boolean>
  setWords(key: DraftKey, words: Words): Promise<boolean>
  forget(key: DraftKey): Promise<boolean>
}

const NAME = 'nhat-tri-drafts'
const UPDATES = 'updates'
const WORDS = 'words'

const path = ({ userId, documentId, epoch }: DraftKey) => [userId, documentId, epoch]
/** Every key that begins so: arrays sort behind numbers. */
const under = (key: DraftKey) => IDBKeyRange.bound([...path(key)], [...path(key), []])

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
      const transaction = database.transaction([UPDATES, WORDS], 'readwrite', {
        durability: 'relaxed',
      })
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
      work(transaction.objectStore(UPDATES), transaction.objectStore(WORDS))
    })
  }
  return {
    async read(key) {
      const database = await opening
      if (!database) return NOTHING_KEPT
      return new Promise((resolve) => {
        const transaction = database.transaction([UPDATES, WORDS], 'readonly')
        const updates = transaction.objectStore(UPDATES).getAll(under(key))
        const words = transaction.objectStore(WORDS).get(path(key))
        transaction.onabort = () => resolve(NOTHING_KEPT)
        transaction.oncomplete = () =>
          resolve({ ...NOTHING_KEPT, ...(words.result as Words), updates: updates.result })
      })
    },
    add: (key, update) => write((store) => void store.put(update, nextKey(key))),
    setWords: (key, words) => write((_, store) => void store.put(words, path(key))),
    forget: (key) =>
      write((updates, words) => {
        updates.delete(under(key))
        words.delete(path(key))
      }),
  }
}

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
