import type { DocumentView } from '../../shared/documents/api.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import { connectDocument, type DocumentConnection } from './connectDocument.ts'
import { signedOut } from './signedOut.ts'
import { unsentStore } from './unsentStore.ts'

type Entry = {
  userId: string
  connection: DocumentConnection
  users: number
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * Connections outlive the components that show them: until the next task for StrictMode's second mount, and until
 * the last change is confirmed for somebody who has already gone to another page.
 */
const entries = new Map<string, Entry>()
const listeners = new Set<() => void>()
/** Long enough for a component that React renders twice, or suspends, before it mounts. */
const UNUSED_MS = 5_000
const LOOK_AGAIN_MS = 250

export const connectionKey = ({ id, epoch }: DocumentView, userId: string) =>
  `${userId} ${id} ${epoch}`

export function subscribeConnections(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same connection for the same document and person however often it is asked. */
export function acquireConnection(document: DocumentView, userId: string): DocumentConnection {
  const key = connectionKey(document, userId)
  closeAllBut(userId)
  const known = entries.get(key)
  if (known) return known.connection
  watchLeaving()
  const { id, blocId, epoch, kind } = document
  const entry: Entry = {
    userId,
    connection: connectDocument({
      documentId: id,
      blocId,
      userId,
      epoch,
      model: numberingModel(kind),
    }),
    users: 0,
    timer: undefined,
  }
  entries.set(key, entry)
  followReplacement(entry)
  entry.timer = setTimeout(() => dropWhenConfirmed(key), UNUSED_MS)
  return entry.connection
}

/**
 * Nobody's words go out under somebody else's session: connections of the person before are closed. What they had not
 * sent stays on the device for that person alone.
 */
function closeAllBut(userId: string): void {
  for (const [key, entry] of entries) if (entry.userId !== userId) remove(key, entry)
}

signedOut.add((userId) => {
  for (const [key, entry] of entries) if (entry.userId === userId) remove(key, entry)
})

function remove(key: string, entry: Entry) {
  clearTimeout(entry.timer)
  entries.delete(key)
  // Whatever shows it lets go of it first.
  entry.connection.close()
  setTimeout(() => entry.connection.destroy(), 0)
}

function followReplacement(entry: Entry) {
  entry.connection.onReplaced((next) => {
    const before = entry.connection
    entry.connection = next
    followReplacement(entry)
    next.open()
    for (const listener of [...listeners]) listener()
    // The editor lets go of the old document first.
    setTimeout(() => before.destroy(), 0)
  })
}

/** @returns gives it back */
export function retainConnection(key: string): () => void {
  const entry = entries.get(key)
  if (!entry) return () => {}
  entry.users += 1
  clearTimeout(entry.timer)
  entry.connection.open()
  return () => {
    entry.users -= 1
    if (entries.get(key) !== entry) return
    if (entry.users === 0) entry.timer = setTimeout(() => dropWhenConfirmed(key), 0)
  }
}

function dropWhenConfirmed(key: string) {
  const entry = entries.get(key)
  if (!entry || entry.users > 0) return
  if (mayStillSend(entry.connection)) {
    entry.timer = setTimeout(() => dropWhenConfirmed(key), LOOK_AGAIN_MS)
    return
  }
  entries.delete(key)
  entry.connection.destroy()
}

/** One that has ended is worth keeping only for whoever signs in again: its words are on the device. */
const mayStillSend = (connection: DocumentConnection) => {
  const { pending, ended, refused } = connection.getSnapshot()
  return pending > 0 && (!ended || refused?.code === 'auth/required')
}

/** Unsent changes, and words that this device could not keep. */
const losesText = (connection: DocumentConnection) => {
  const { pending, unsent } = connection.getSnapshot()
  return pending > 0 || (unsent.length > 0 && !unsentStore.isReliable())
}

let watching = false
/** Asks before the page is left, but only while something typed would be lost with it (UX-12). */
function watchLeaving() {
  if (watching) return
  watching = true
  window.addEventListener('beforeunload', (event) => {
    if ([...entries.values()].some(({ connection }) => losesText(connection)))
      event.preventDefault()
  })
}
