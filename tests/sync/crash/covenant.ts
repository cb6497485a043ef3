import * as Y from 'yjs'
import { openReader } from '../../../server/platform/database.ts'
import { docOf, loadText } from '../../../server/sync/updateLog.ts'
import { blockText } from '../../../shared/clauses/clause.ts'
import { bodyOf, readBody } from '../../../shared/clauses/yjs.ts'
import type { BlocView } from '../../../shared/documents/api.ts'
import type { SpawnedServer } from '../../support/spawnServer.ts'

/** The id of the sample bloc's covenant. */
export async function covenantOf({ url }: SpawnedServer, cookie: string): Promise<string> {
  const get = async (place: string) =>
    (await fetch(url + place, { headers: { cookie } })).json() as Promise<unknown>
  const { blocs } = (await get('/api/blocs')) as { blocs: { id: string }[] }
  const bloc = (await get(`/api/blocs/${blocs[0]?.id}`)) as BlocView
  const covenant = bloc.documents.find((document) => document.kind === 'covenant')
  if (!covenant) throw new Error('no covenant in the sample bloc')
  return covenant.id
}

export const textOf = (doc: Y.Doc | undefined): string =>
  doc ? readBody(doc).map(blockText).join('\n') : ''

/** At the end of the first clause that has words. */
export function appendWords(doc: Y.Doc, words: string): void {
  for (const block of bodyOf(doc).toArray() as Y.XmlElement[]) {
    const text = block.nodeName === 'clause' ? block.get(0) : null
    if (!(text instanceof Y.XmlText) || text.length === 0) continue
    text.insert(text.length, words)
    return
  }
}

/** What the product loads of a data folder that no server has open. */
export async function textOnDisk(file: string, documentId: string): Promise<string> {
  const read = openReader(file)
  try {
    return textOf(docOf(await loadText(read, documentId)))
  } finally {
    await read.destroy()
  }
}
