import { type Tail, type TailKey, tailName } from './tail.ts'

export type TabRow = Pick<Tail, 'words' | 'wordsUpTo' | 'refused'>

/** The writes resolve to false where nothing was written: no IndexedDB, private mode, a full disk. */
export type UnsentDatabase = {
  putChange(key: TailKey, n: number, bytes: Uint8Array): Promise<boolean>
  putTab(key: TailKey, tab: TabRow): Promise<boolean>
  deleteChanges(key: TailKey, numbers: readonly number[]): Promise<boolean>
  deleteTail(key: TailKey): Promise<boolean>
  deleteUser(userId: string): Promise<boolean>
  /** Empty where nothing can be read. */
  read(userId: string, documentId?: string): Promise<Tail[]>
}

/** Rows of older versions do not say how far their words reach. */
export const ALL = Number.MAX_SAFE_INTEGER

/** Of a tab that has not described its changes yet. */
export const NO_WORDS: TabRow = { words: [], wordsUpTo: 0, refused: null }

const NAME = 'nhat-tri-unsent'
const CHANGES = 'changes'
const TABS = 'tabs'

type ChangeRow = { bytes: Uint8Array }
type Work = (changes: IDBObjectStore, tabs: IDBObjectStore) => void

/** Not y-indexeddb: that one knows neither users nor epochs, and does not say when it fails. */
export function openUnsentDatabase(): UnsentDatabase {
  let database: IDBDatabase | null = null
  const opening = open().then((opened) => {
    database = opened
    for (const event of ['close', 'versionchange'] as const)
      opened?.addEventListener(event, () => {
        opened.close()
        database = null
      })
  })
  /** Once it is open the write leaves in the same task: the page may be closed in the next. */
  const write = async (work: Work): Promise<boolean> => {
    if (!database) await opening
    return database !== null && (await transact(database, work))
  }
  return {
    putChange: (key, n, bytes) =>
      write((changes) => void changes.put({ bytes } satisfies ChangeRow, [...path(key), n])),
    putTab: (key, { words, wordsUpTo, refused }) =>
      write((_changes, tabs) => {
        tabs.put({ words, wordsUpTo, refused } satisfies TabRow, path(key))
      }),
    deleteChanges: (key, numbers) =>
      write((changes) => {
        for (const n of numbers) changes.delete([...path(key), n])
      }),
    deleteTail: (key) =>
      write((changes, tabs) => {
        changes.delete(under(path(key)))
        tabs.delete(path(key))
      }),
    deleteUser: (userId) =>
      write((changes, tabs) => {
        changes.delete(under([userId]))
        tabs.delete(under([userId]))
      }),
    async read(userId, documentId) {
      await opening
      if (!database) return []
      return await readTails(
        database,
        under(documentId === undefined ? [userId] : [userId, documentId]),
      )
    },
  }
}

const path = ({ userId, documentId, epoch, client }: TailKey) => [userId, documentId, epoch, client]

/** Every key that begins so: arrays sort behind numbers and texts. */
const under = (start: readonly (string | number)[]) => IDBKeyRange.bound(start, [...start, []])

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(CHANGES)
        request.result.createObjectStore(TABS)
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    } catch {
      // No IndexedDB: the connection says so to whoever writes.
      resolve(null)
    }
  })
}

/**
 * `relaxed`: handed to the system, which outlives a dead tab and a dead browser; waiting for the platter with every key
 * would cost more than it saves before the server has it.
 */
function transact(database: IDBDatabase, work: Work): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction([CHANGES, TABS], 'readwrite', {
        durability: 'relaxed',
      })
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
      work(transaction.objectStore(CHANGES), transaction.objectStore(TABS))
      transaction.commit()
    } catch {
      // Closed meanwhile; as good as a failed write.
      resolve(false)
    }
  })
}

function readTails(database: IDBDatabase, range: IDBKeyRange): Promise<Tail[]> {
  return new Promise((resolve) => {
    const transaction = database.transaction([CHANGES, TABS], 'readonly')
    const changes = transaction.objectStore(CHANGES)
    const tabs = transaction.objectStore(TABS)
    const asked = {
      changeKeys: changes.getAllKeys(range),
      changes: changes.getAll(range),
      tabKeys: tabs.getAllKeys(range),
      tabs: tabs.getAll(range),
    }
    transaction.onabort = () => resolve([])
    transaction.oncomplete = () => {
      const tails = new Map<string, Tail & { changes: Tail['changes'][number][] }>()
      const tailAt = (at: IDBValidKey) => {
        const [userId, documentId, epoch, client] = at as [string, string, string, number]
        const key = { userId, documentId, epoch, client }
        const tail = tails.get(tailName(key)) ?? { ...key, changes: [], ...NO_WORDS }
        tails.set(tailName(key), tail)
        return tail
      }
      asked.changeKeys.result.forEach((at, index) => {
        const { bytes } = asked.changes.result[index] as ChangeRow
        tailAt(at).changes.push({ n: (at as number[])[4] ?? 0, bytes })
      })
      asked.tabKeys.result.forEach((at, index) => {
        const row = asked.tabs.result[index] as Omit<TabRow, 'wordsUpTo'> & Partial<TabRow>
        Object.assign(tailAt(at), { wordsUpTo: ALL, ...row })
      })
      resolve([...tails.values()])
    }
  })
}
