// Three modes that differ in who types where: a hot room, many rooms, and a room so small that nobody should wait.
import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, percentile } from '../during.mjs'
import { SECONDS } from '../settings.mjs'

const WARM_UP_S = 1

async function typing(world, name, { label, data, clients, writers, rooms = 1, rate, seconds }) {
  const server = await world.start(name, data.folders[name])
  try {
    const doors = doorsOf(server, data, { clients, writers, rooms })
    const crowd = await Crowd.open(name, doors, { base: data.state })
    crowd.givePens(writers, data.state)
    await crowd.type(rate, WARM_UP_S)
    const window = await during(server, () => crowd.type(rate, seconds), label)
    crowd.end()
    const { delivered, lost, latencies, ackLatencies } = window.value
    return {
      cpuUs: window.cpuUs / delivered,
      p50: percentile(latencies, 0.5),
      p95: percentile(latencies, 0.95),
      // The relay and yws acknowledge nothing.
      ackP50: percentile(ackLatencies, 0.5),
      ackP95: percentile(ackLatencies, 0.95),
      rssMiB: window.rssMiB,
      lost,
      generator: window.generator,
    }
  } finally {
    await server.stop()
  }
}

const ALL = ['ours', 'yws', 'hocuspocus', 'relay']
const only = { key: 'all', label: '' }
const CPU = { key: 'cpuUs', label: 'CPU µs per delivered edit', digits: 1 }
const SEEN = [
  { key: 'p50', label: 'seen p50 ms', digits: 1 },
  { key: 'p95', label: 'seen p95 ms', digits: 1 },
]
const MEMORY_AND_LOSS = [
  { key: 'rssMiB', label: 'RSS MiB', digits: 0 },
  { key: 'lost', label: 'lost', digits: 0 },
]

export const hotRoom = {
  name: 'hot-room',
  title: 'Hot room: 200 clients, 20 of whom type fast',
  about: `200 clients, 20 writers × 10 edits/s in one document; windows of ${SECONDS} s.`,
  servers: ALL,
  main: 'cpuUs',
  columns: [CPU, ...SEEN, ...MEMORY_AND_LOSS],
  variants: [only],
  async measure(world, name) {
    const data = await world.covenant()
    const people = { clients: 200, writers: 20, rate: 10, seconds: SECONDS }
    return typing(world, name, { label: 'hot-room', data, ...people })
  },
}

export const manyRooms = {
  name: 'rooms',
  title: 'Many rooms: 100 × 8 clients',
  about: `100 documents of 2,000 letters with 8 clients each, 2 of whom type 1 edit/s; windows of ${SECONDS + 2} s.`,
  servers: ALL,
  main: 'cpuUs',
  columns: [CPU, ...SEEN, ...MEMORY_AND_LOSS],
  variants: [only],
  async measure(world, name) {
    const data = await world.manyDocuments()
    const people = { clients: 8, writers: 2, rooms: 100, rate: 1, seconds: SECONDS + 2 }
    return typing(world, name, { label: 'rooms', data, ...people })
  },
}

export const quietRoom = {
  name: 'quiet-room',
  title: 'Quiet room: how long until others see a letter',
  about: `8 clients, 1 of whom types 5 edits/s; windows of ${2 * SECONDS} s. Ours is on disk before anybody sees it.`,
  servers: ALL,
  main: 'p50',
  columns: [...SEEN, CPU],
  variants: [only],
  async measure(world, name) {
    const data = await world.covenant()
    const people = { clients: 8, writers: 1, rate: 5, seconds: 2 * SECONDS }
    return typing(world, name, { label: 'quiet-room', data, ...people })
  },
}

export const acknowledged = {
  name: 'ack',
  title: 'Acknowledgement: 50 writers on one document',
  about: `50 clients who all type 5 edits/s in one document; windows of ${SECONDS} s. From the key stroke to the server's word that it is saved: at ours on disk after fsync, at Hocuspocus applied in memory; the others have no such word.`,
  servers: ALL,
  main: 'ackP95',
  columns: [
    { key: 'ackP50', label: 'acknowledged p50 ms', digits: 1 },
    { key: 'ackP95', label: 'acknowledged p95 ms', digits: 1 },
    ...SEEN,
    CPU,
  ],
  variants: [only],
  async measure(world, name) {
    const data = await world.covenant()
    const people = { clients: 50, writers: 50, rate: 5, seconds: SECONDS }
    return typing(world, name, { label: 'ack', data, ...people })
  },
}
