import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, percentile, settle } from '../during.mjs'
import { SECONDS } from '../settings.mjs'

const [WRITERS, RATE, WARM_UP_S, MOVES] = [10, 5, 1, 2]
/** As long as the longest that a server gathers renewals for, so that a window has its share of them. */
const PRESENCE_SECONDS = Math.max(SECONDS, 5)

const variant = (clients, presence) => ({
  key: `${clients}${presence ? '+presence' : ''}`,
  label: `${clients} clients${presence ? ', presence' : ''}`,
  clients,
  presence,
  // A thousand who each announce themselves to all others without anybody gathering it would only load the generator.
  ...(presence && clients >= 1000 ? { servers: ['ours', 'yws', 'hocuspocus'] } : {}),
})

/** One document, many who read, ten who type. */
export const fanOut = {
  name: 'fan-out',
  title: 'Fan-out: one document, ten of whose readers type',
  about: `${WRITERS} writers × ${RATE} edits/s, one letter an edit; windows of ${SECONDS} s after ${WARM_UP_S} s of warm-up. With presence everybody announces himself as he arrives and renews that every 15 s, and writers move their cursors ${MOVES} times a second; all of it is divided by the delivered edits, in windows of ${PRESENCE_SECONDS} s. Arrival: CPU of all clients coming at once, until each has the text and, with presence, has heard of everybody.`,
  servers: ['ours', 'yws', 'hocuspocus', 'relay'],
  main: 'cpuUs',
  columns: [
    { key: 'cpuUs', label: 'CPU µs per delivered edit', digits: 1 },
    { key: 'p50', label: 'p50 ms', digits: 1 },
    { key: 'p95', label: 'p95 ms', digits: 1 },
    { key: 'arrivalS', label: 'arrival CPU s', digits: 2 },
    { key: 'rssMiB', label: 'RSS MiB', digits: 0 },
    { key: 'lost', label: 'lost', digits: 0 },
  ],
  variants: [false, true].flatMap((presence) =>
    [50, 200, 500, 1000].map((clients) => variant(clients, presence)),
  ),

  async measure(world, name, { key, clients, presence }) {
    const data = await world.covenant()
    const server = await world.start(name, data.folders[name])
    try {
      const doors = doorsOf(server, data, { clients, writers: WRITERS })
      const arrival = await during(server, () =>
        Crowd.open(name, doors, { base: data.state, presence }),
      )
      const crowd = arrival.value
      crowd.givePens(WRITERS, data.state)
      if (presence) await settle(server)
      if (presence) crowd.keepPresence(MOVES)
      await crowd.type(RATE, WARM_UP_S)
      const seconds = presence ? PRESENCE_SECONDS : SECONDS
      const window = await during(server, () => crowd.type(RATE, seconds), `fan-out ${key}`)
      crowd.end()
      const { delivered, lost, latencies } = window.value
      return {
        cpuUs: window.cpuUs / delivered,
        p50: percentile(latencies, 0.5),
        p95: percentile(latencies, 0.95),
        arrivalS: arrival.cpuUs / 1e6,
        rssMiB: window.rssMiB,
        lost,
        generator: window.generator,
      }
    } finally {
      await server.stop()
    }
  },
}
