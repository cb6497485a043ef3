/**
 * Which tabs still live. A tab holds a lock with the number of its Y.Doc, or the name of a draft; the browser lets go of it when the tab dies,
 * however it dies. Web Locks exist on https and localhost only: elsewhere a tab knows just its own page, and takes up
 * the words of any other tab at once. That loses nothing: Yjs knows the same words when they come twice.
 */
export type TabLocks = {
  /** @returns lets go */
  hold(client: Held): () => void
  /** Waits until nobody holds it, then holds it. @returns lets go; null when the signal came first */
  whenGone(client: Held, signal: AbortSignal): Promise<(() => void) | null>
}

/** A Y.Doc's number, or what else only one tab may have. */
type Held = number | string

const nameOf = (client: Held) => `nhat-tri.tab.${client}`

export const tabLocks: TabLocks =
  typeof navigator !== 'undefined' && navigator.locks ? webLocks(navigator.locks) : pageLocks()

function webLocks(locks: LockManager): TabLocks {
  return {
    hold(client) {
      const gate = makeGate()
      void locks.request(nameOf(client), () => gate.opened)
      return gate.open
    },
    async whenGone(client, signal) {
      return await new Promise((resolve) => {
        locks
          .request(nameOf(client), { signal }, () => {
            const gate = makeGate()
            resolve(gate.open)
            return gate.opened
          })
          // Aborted while waiting: the one way in which a request fails.
          .catch(() => resolve(null))
      })
    },
  }
}

export function pageLocks(): TabLocks {
  const held = new Map<Held, Promise<void>>()
  const hold = (client: Held) => {
    const gate = makeGate()
    held.set(client, gate.opened)
    return () => {
      held.delete(client)
      gate.open()
    }
  }
  return {
    hold,
    async whenGone(client, signal) {
      for (let holder = held.get(client); holder; holder = held.get(client)) await holder
      return signal.aborted ? null : hold(client)
    },
  }
}

function makeGate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
