// Everything a mode needs: starts servers, has their data ready, and knows the doors.
import { bigDocument, smallDocument } from './bigDocument.mjs'
import { Crowd } from './Crowd.mjs'
import { doorsOf } from './doors.mjs'
import { startServer } from './servers.mjs'
import {
  hocuspocusFolder,
  makeSample,
  openData,
  removeFolder,
  withDocuments,
  withRows,
} from './template.mjs'
import { pause, until } from './until.mjs'

export const MANY = 500
const IDLE_LETTERS = 2000

export class World {
  #files
  #made = new Map()
  #folders = []

  /** @param files the server file of each server */
  constructor(files) {
    this.#files = files
    process.on('exit', () => this.#close())
  }

  start(name, template = null) {
    return startServer(name, this.#files[name], template)
  }

  #once(what, make) {
    if (!this.#made.has(what)) this.#made.set(what, make())
    return this.#made.get(what)
  }

  #sample() {
    return this.#once('sample', async () => {
      const sample = await makeSample((name) => this.start(name))
      this.#folders.push(sample.folder)
      return sample
    })
  }

  /** The sample covenant. */
  async covenant() {
    const { folder, cookies, documentId, state } = await this.#sample()
    return { folders: { ours: folder }, cookies, ids: [documentId], state }
  }

  /** The sample covenant with a text behind its own. @param text of `editor/editorText.mjs` */
  covenantWith(key, text) {
    return this.#once(`covenant ${key}`, async () => {
      const sample = await this.#sample()
      const { rows, state } = text(sample.state)
      const folder = withRows(sample, rows)
      this.#folders.push(folder)
      const { cookies, documentId, blocId } = sample
      return { folders: { ours: folder }, cookies, ids: [documentId], blocId, state }
    })
  }

  /** As many short documents as there are rooms. */
  manyDocuments() {
    return this.#once('many', async () => {
      const sample = await this.#sample()
      const state = smallDocument(IDLE_LETTERS)
      const logs = Array.from({ length: MANY }, () => [{ update: state, client: 300_000_000 }])
      const { folder, ids } = withDocuments(sample, logs)
      this.#folders.push(folder)
      return { folders: { ours: folder }, cookies: sample.cookies, ids, state }
    })
  }

  /** 200 pages, stored by ours as the rows in which they were typed. */
  longLog() {
    return this.#once('long', async () => {
      const sample = await this.#sample()
      const document = bigDocument()
      const { folder, ids } = withDocuments(sample, [document.rows])
      const peer = hocuspocusFolder(ids[0], document.state)
      this.#folders.push(folder, peer)
      return {
        folders: { ours: folder, hocuspocus: peer },
        cookies: sample.cookies,
        ids,
        state: document.state,
        document,
      }
    })
  }

  /** 200 pages, as ours keeps them once it has compacted them by itself. */
  compacted() {
    return this.#once('compacted', async () => {
      const long = await this.longLog()
      const server = await this.start('ours', long.folders.ours)
      this.#folders.push(server.folder)
      const crowd = await Crowd.open('ours', doorsOf(server, long, { clients: 1 }))
      crowd.end()
      const db = openData(server.folder, { readonly: true })
      const rows = db.prepare('select count(*) as n from document_snapshot where document_id = ?')
      await until(async () => {
        await pause(50)
        return rows.get(long.ids[0]).n > 0
      }, 'a snapshot')
      db.close()
      await server.leave()
      return { ...long, folders: { ...long.folders, ours: server.folder } }
    })
  }

  #close() {
    for (const folder of this.#folders) removeFolder(folder)
  }
}
