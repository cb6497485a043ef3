/** Whose drafts of which text. Another epoch of a text is another text. */
export type DraftKey = { userId: string; documentId: string; epoch: string }

/** The writes resolve to false where nothing was written: no IndexedDB, private mode, a full disk. */
export type DraftDatabase = {
  /** Yjs updates, in any order; empty where nothing can be read. */
  read(key: DraftKey): Promise<Uint8Array[]>
  add(key: DraftKey, update: Uint8Array): Promise<boolean>
  /** In place of all there are. */
  replace(key: DraftKey, update: Uint8Array | null): Promise<boolean>
}

const NAME = 'nhat-tri-drafts'
const UPDATES = 'updates'

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
  const write = async (work: (store: IDBObjectStore) => void): Promise<boolean> => {
    const database = await opening
    if (!database) return false
    return new Promise((resolve) => {
      const transaction = database.transaction(UPDATES, 'readwrite', { durability: 'relaxed' })
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
      work(transaction.objectStore(UPDATES))
    })
  }
  return {
    async read(key) {
      const database = await opening
      if (!database) return []
      return new Promise((resolve) => {
        const transaction = database.transaction(UPDATES, 'readonly')
        const asked = transaction.objectStore(UPDATES).getAll(under(key))
        transaction.onabort = () => resolve([])
        transaction.oncomplete = () => resolve(asked.result as Uint8Array[])
      })
    },
    add: (key, update) => write((store) => void store.put(update, nextKey(key))),
    replace: (key, update) =>
      write((store) => {
        store.delete(under(key))
        if (update) store.put(update, nextKey(key))
      }),
  }
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => void request.result.createObjectStore(UPDATES)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    } catch {
      // No IndexedDB: the page says that drafts are not kept.
      resolve(null)
    }
  })
}
