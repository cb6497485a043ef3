import type { DocumentView } from '../../shared/documents/api.ts'
import { numberingModel } from '../../shared/documents/document.ts'
import { connectDocument, type DocumentConnection } from './connectDocument.ts'

type Entry = {
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

export const connectionKey = ({ id, epoch }: DocumentView) => `${id} ${epoch}`

export function subscribeConnections(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same connection for the same document however often it is asked. */
export function acquireConnection(document: DocumentView): DocumentConnection {
  const key = connectionKey(document)
  const known = entries.get(key)
  if (known) return known.connection
  watchLeaving()
  const { id, blocId, epoch, kind } = document
  const entry: Entry = {
    connection: connectDocument({ documentId: id, blocId, epoch, model: numberingModel(kind) }),
    users: 0,
    timer: undefined,
  }
  entries.set(key, entry)
  followReplacement(entry)
  entry.timer = setTimeout(() => dropWhenConfirmed(key), UNUSED_MS)
  return entry.connection
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
    if (entry.users === 0) entry.timer = setTimeout(() => dropWhenConfirmed(key), 0)
  }
}

function dropWhenConfirmed(key: string) {
  const entry = entries.get(key)
  if (!entry || entry.users > 0) return
  if (holdsText(entry.connection)) {
    entry.timer = setTimeout(() => dropWhenConfirmed(key), LOOK_AGAIN_MS)
    return
  }
  entries.delete(key)
  entry.connection.destroy()
}

const holdsText = (connection: DocumentConnection) => {
  const { pending, unsent } = connection.getSnapshot()
  return pending > 0 || unsent.length > 0
}

let watching = false
/** Asks before the page is left, but only while something typed would be lost with it (UX-12). */
function watchLeaving() {
  if (watching) return
  watching = true
  window.addEventListener('beforeunload', (event) => {
    if ([...entries.values()].some(({ connection }) => holdsText(connection)))
      event.preventDefault()
  })
}
