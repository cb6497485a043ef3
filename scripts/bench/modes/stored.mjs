import { statSync } from 'node:fs'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import { Crowd } from '../Crowd.mjs'
import { doorsOf } from '../doors.mjs'
import { applyMs } from '../readAnswer.mjs'
import { openData } from '../template.mjs'
import { pause, until } from '../until.mjs'

/** What a text of 200 pages weighs on disk, and how long a joiner is busy taking it in. */
export const stored = {
  name: 'stored',
  title: 'Stored: what 200 pages weigh',
  about:
    'The document of the joins. Full state: what loading starts from after compaction, by byte of text (UTF-8). All: the whole database file; ours keeps every row of the log, since it says who wrote what. Taking in: how long Yjs needs for what a joiner is sent, by what it needs for the raw log.',
  servers: ['ours', 'hocuspocus'],
  main: 'statePerByte',
  columns: [
    { key: 'statePerByte', label: 'full state, bytes per byte of text', digits: 2 },
    { key: 'allPerByte', label: 'all, bytes per byte of text', digits: 1 },
    { key: 'takeInShare', label: 'taking in, share of the raw log', digits: 2 },
  ],
  variants: [{ key: 'all', label: '' }],

  async measure(world, name) {
    const data = await world.compacted()
    const { textBytes, rows } = data.document
    // Hocuspocus is given the text by a client, and stores it by itself.
    const server = await world.start(name, name === 'ours' ? data.folders.ours : null)
    try {
      const crowd = await Crowd.open(name, doorsOf(server, data, { clients: 1 }), {
        base: data.state,
        options: { keeps: true },
      })
      const [client] = crowd.clients
      const bytes = await (name === 'ours' ? sizeOfOurs : sizeOfHocuspocus)(server.folder, data)
      const file = path.join(server.folder, name === 'ours' ? 'nhat-tri.sqlite' : 'peer.sqlite')
      crowd.end()
      const raw = applyMs(rows.map(({ update }) => update))
      return {
        statePerByte: bytes / textBytes,
        allPerByte: statSync(file).size / textBytes,
        takeInShare: applyMs(client.answer) / raw,
        generator: 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function sizeOfOurs(folder, { ids }) {
  const db = openData(folder, { readonly: true })
  const row = db.prepare('select length(bytes) as n from document_snapshot where document_id = ?')
  const { n } = row.get(ids[0])
  db.close()
  return n
}

async function sizeOfHocuspocus(folder, { ids, state }) {
  const db = new SQLite(path.join(folder, 'peer.sqlite'), { readonly: true })
  const row = db.prepare('select length(data) as n from documents where name = ?')
  await until(async () => {
    await pause(100)
    return (row.get(ids[0])?.n ?? 0) > state.length / 2
  }, 'Hocuspocus to store')
  const { n } = row.get(ids[0])
  db.close()
  return n
}
