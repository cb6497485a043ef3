import type { Awareness } from 'y-protocols/awareness'
import { PresenceUser } from '../../shared/sync/protocol.ts'
import type { Store } from '../base/store.ts'

/** A person, however many tabs he has open. */
export type PresentPerson = {
  user: PresenceUser
  /** Tabs of his that are connected, the one that moved last first. */
  clients: readonly number[]
  /** Nothing has moved for two minutes. */
  idle: boolean
}

const IDLE_MS = 120_000
const LOOK_MS = 15_000

/**
 * The others in the room, by name. Who somebody is was stamped by the server; one's own other tabs are among them
 * under one's own id.
 */
export function presentPeople(awareness: Awareness): Store<readonly PresentPerson[]> {
  const moved = new Map<number, number>()
  let people: readonly PresentPerson[] = []
  const read = (): readonly PresentPerson[] => {
    const byId = new Map<string, { user: PresenceUser; clients: number[] }>()
    for (const [client, state] of awareness.getStates()) {
      const user = PresenceUser.safeParse(state.user)
      if (client === awareness.clientID || !user.success) continue
      const known = byId.get(user.data.id)
      if (known) known.clients.push(client)
      else byId.set(user.data.id, { user: user.data, clients: [client] })
    }
    const at = (client: number | undefined) => moved.get(client ?? -1) ?? 0
    const now = performance.now()
    return [...byId.values()]
      .map(({ user, clients }) => {
        const order = clients.sort((one, other) => at(other) - at(one))
        return { user, clients: order, idle: now - at(order[0]) > IDLE_MS }
      })
      .sort((one, other) => one.user.name.localeCompare(other.user.name, 'vi'))
  }
  const refresh = (): boolean => {
    const next = read()
    if (JSON.stringify(next) === JSON.stringify(people)) return false
    people = next
    return true
  }
  const note = ({ added, updated }: { added: number[]; updated: number[] }) => {
    for (const client of [...added, ...updated]) moved.set(client, performance.now())
  }
  for (const client of awareness.getStates().keys()) moved.set(client, performance.now())
  refresh()
  return {
    subscribe(listener) {
      const tell = () => {
        if (refresh()) listener()
      }
      const onChange = (change: { added: number[]; updated: number[] }) => {
        note(change)
        tell()
      }
      awareness.on('change', onChange)
      const timer = setInterval(tell, LOOK_MS)
      tell()
      return () => {
        awareness.off('change', onChange)
        clearInterval(timer)
      }
    },
    getSnapshot: () => people,
  }
}
