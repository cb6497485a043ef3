import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { during, settle } from '../during.mjs'
import { lettersIn } from '../readAnswer.mjs'

const [JOINERS, WRITERS, RATE] = [50, 10, 5]
/** An answer is partial when it lacks a tenth of the bytes of the whole. */
const WHOLE = 0.9

/** Fifty who open a document of 200 pages in the same moment. */
export const joins = {
  name: 'joins',
  title: 'Joins: 50 people open a document of 200 pages at once',
  about: `500,000 letters typed one by one by 12 authors. Warm: somebody is in the room already. Cold: the first after a restart, from what the server stored by itself. Long log: the same from a log of some 2,500 rows that nobody has compacted, which only ours can have. Busy: while ${WRITERS} type ${RATE} edits/s each, whose cost is in it. yws stores nothing, and so has no cold join.`,
  servers: ['ours', 'yws', 'hocuspocus'],
  main: 'cpuMs',
  columns: [
    { key: 'cpuMs', label: 'CPU ms per join', digits: 2 },
    { key: 'allInMs', label: 'all in after ms', digits: 0 },
    { key: 'peakRiseMiB', label: 'peak RSS rise MiB', digits: 1 },
    { key: 'partial', label: 'empty or partial first answers', digits: 0 },
  ],
  variants: [
    { key: 'warm', label: 'warm' },
    { key: 'busy', label: 'busy', writers: WRITERS },
    { key: 'cold', label: 'cold', servers: ['ours', 'hocuspocus'] },
    { key: 'long-log', label: 'cold, long log', servers: ['ours', 'hocuspocus'] },
  ],

  async measure(world, name, { key, writers = 0 }) {
    const data = await (key === 'long-log' ? world.longLog() : world.compacted())
    const server = await world.start(name, data.folders[name])
    try {
      const isCold = key === 'cold' || key === 'long-log'
      const there = isCold ? null : await inTheRoom(server, data, writers)
      await settle(server)
      const typing = writers > 0 ? there.type(RATE, 4) : null
      const doors = doorsOf(server, data, { clients: JOINERS })
      let joined
      const window = await during(
        server,
        async () => {
          const started = performance.now()
          joined = await Crowd.open(name, doors, { options: { keeps: true } })
          return Math.max(...joined.clients.map(({ syncedAt }) => syncedAt)) - started
        },
        `joins ${key}`,
      )
      await typing
      joined.end()
      there?.end()
      return {
        cpuMs: window.cpuUs / 1000 / JOINERS,
        allInMs: window.value,
        peakRiseMiB: window.peakRiseMiB,
        partial: partialAnswers(joined.clients, data),
        generator: window.generator,
      }
    } finally {
      await server.stop()
    }
  },
}

async function inTheRoom(server, data, writers) {
  const doors = doorsOf(server, data, { clients: Math.max(1, writers), writers })
  const base = server.name === 'yws' ? data.state : null
  const crowd = await Crowd.open(server.name, doors, { base })
  crowd.givePens(writers, data.state)
  return crowd
}

/** The shortest answer is read to the last letter, the others are measured. */
function partialAnswers(clients, { state, document }) {
  const partial = clients.filter(({ answerBytes }) => answerBytes < WHOLE * state.length)
  const [shortest] = [...clients].sort((a, b) => a.answerBytes - b.answerBytes)
  if (partial.length === 0 && lettersIn(shortest.answer) < document.letters) return clients.length
  return partial.length
}
