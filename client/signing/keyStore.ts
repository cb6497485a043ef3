/** A key made in this browser with the certificate it got. The private half can be used but never read. */
export type SigningKey = {
  keys: CryptoKeyPair
  /** DER, base64: the signer's first, then its chain without the root. */
  certificate: string
  chain: string[]
  /** End of validity, milliseconds since 1970. */
  notAfter: number
}

const DATABASE = 'nhat-tri'
const STORE = 'signing-keys'

/** @throws {DOMException} where the browser keeps no data, as in some private windows */
export const readKey = (name: string): Promise<SigningKey | undefined> =>
  withStore('readonly', (store) => store.get(name) as IDBRequest<SigningKey | undefined>)

export const writeKey = (name: string, key: SigningKey): Promise<IDBValidKey> =>
  withStore('readwrite', (store) => store.put(key, name))

export const forgetKey = (name: string): Promise<undefined> =>
  withStore('readwrite', (store) => store.delete(name))

async function withStore<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase()
  try {
    const transaction = database.transaction(STORE, mode)
    const request = act(transaction.objectStore(STORE))
    return await new Promise<T>((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
