import * as Y from 'yjs'
import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, settle } from '../during.mjs'

const [RETURNING, WRITERS, EACH] = [300, 10, 20]

/** Three hundred who lost the line and come back together, each having last heard something else. */
export const storm = {
  name: 'storm',
  title: 'Storm: 300 clients return at once, each with a state vector of its own',
  about: `The document of 200 pages, to which ${WRITERS} writers have added ${WRITERS * EACH} letters. Just now: each client lacks another part of those letters. Long away: each lacks some of the text that was there before them, too. Everybody answers the server's step 1 as a stock client does, naming all deletions it knows of.`,
  servers: ['ours', 'yws', 'hocuspocus'],
  main: 'cpuMs',
  columns: [
    { key: 'cpuMs', label: 'CPU ms per reconnect', digits: 2 },
    { key: 'allInMs', label: 'last one in after ms', digits: 0 },
    { key: 'answerKiB', label: 'KiB per answer', digits: 1 },
  ],
  variants: [
    { key: 'just-now', label: 'away just now' },
    { key: 'long-away', label: 'long away', longAway: true },
  ],

  async measure(world, name, { key, longAway = false }) {
    const data = await world.compacted()
    const server = await world.start(name, data.folders[name])
    try {
      const doors = doorsOf(server, data, { clients: WRITERS, writers: WRITERS })
      const base = name === 'yws' ? data.state : null
      const writers = await Crowd.open(name, doors, { base })
      writers.givePens(WRITERS, data.state)
      await writers.type(20, EACH / 20)
      await settle(server)
      const known = vectorsOf(data.state, writers.clients, longAway)
      const doorsBack = doorsOf(server, data, { clients: RETURNING })
      let back
      const window = await during(
        server,
        async () => {
          const started = performance.now()
          back = await Crowd.open(name, doorsBack, { options: (index) => known(index) })
          return Math.max(...back.clients.map(({ syncedAt }) => syncedAt)) - started
        },
        `storm ${key}`,
      )
      back.end()
      writers.end()
      const bytes = back.clients.reduce((sum, { answerBytes }) => sum + answerBytes, 0)
      return {
        cpuMs: window.cpuUs / 1000 / RETURNING,
        allInMs: window.value,
        answerKiB: bytes / RETURNING / 1024,
        generator: window.generator,
      }
    } finally {
      await server.stop()
    }
  },
}

/** @returns what the client of an index has already, and what it answers a step 1 with */
function vectorsOf(state, writers, longAway) {
  const vector = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))
  const reply = Y.diffUpdate(state, Y.encodeStateVectorFromUpdate(state))
  return (index) => {
    const known = new Map(vector)
    if (longAway) {
      const author = [...vector.keys()][index % vector.size]
      known.set(author, vector.get(author) - 1 - index)
    }
    // Numbers in base 20: no two clients have heard the same.
    let rest = index
    for (const { clientId } of writers) {
      const heard = rest % EACH
      if (heard > 0) known.set(clientId, heard)
      rest = Math.floor(rest / EACH)
    }
    return { vector: Y.encodeStateVector(known), reply }
  }
}
