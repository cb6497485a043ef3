import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, settle } from '../during.mjs'
import { MANY } from '../World.mjs'

/** What a room costs in which nothing happens. */
export const idleRooms = {
  name: 'idle',
  title: `Idle rooms: ${MANY} documents with one client each`,
  about: `${MANY} documents of 2,000 letters, opened by one client each; memory and CPU of opening them, the sockets included.`,
  servers: ['ours', 'yws', 'hocuspocus'],
  main: 'roomKiB',
  columns: [
    { key: 'roomKiB', label: 'RSS KiB per room', digits: 1 },
    { key: 'openS', label: 'CPU s to open all', digits: 2 },
    { key: 'rssMiB', label: 'RSS MiB', digits: 0 },
  ],
  variants: [{ key: 'all', label: '' }],

  async measure(world, name) {
    const data = await world.manyDocuments()
    const server = await world.start(name, data.folders[name])
    try {
      await settle(server)
      const doors = doorsOf(server, data, { clients: 1, rooms: MANY })
      const window = await during(
        server,
        async () => {
          const crowd = await Crowd.open(name, doors, { base: data.state })
          await settle(server)
          return crowd
        },
        'idle',
      )
      window.value.end()
      return {
        roomKiB: (window.riseMiB * 1024) / MANY,
        openS: window.cpuUs / 1e6,
        rssMiB: window.rssMiB,
        generator: window.generator,
      }
    } finally {
      await server.stop()
    }
  },
}
