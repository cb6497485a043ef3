// Where each client comes in: at ours with the session of an account, at the others nothing is asked.
import { WRITING_ACCOUNTS } from './template.mjs'

/**
 * @param data of {@link import('./World.mjs').World}: the documents are the rooms
 * @param clients how many in each room; @param writers the first so many may write; @param rooms how many rooms
 * @returns url, headers and room of each client, room by room
 */
export function doorsOf({ name, url }, { cookies, ids }, { clients, writers = 0, rooms = 1 }) {
  const ws = url.replace(/^http/, 'ws')
  // No account comes into all rooms: it may have 200 sockets.
  const cookieOf = (room, i) =>
    cookies[(room + i) % (i < writers ? WRITING_ACCOUNTS : cookies.length)]
  return ids.slice(0, rooms).flatMap((id, room) =>
    Array.from({ length: clients }, (_, i) => ({
      room: id,
      url: name === 'ours' ? `${ws}/sync/${id}` : `${ws}/${id}`,
      headers: name === 'ours' ? { cookie: cookieOf(room, i), origin: url } : {},
    })),
  )
}
