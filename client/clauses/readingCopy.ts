import * as Y from 'yjs'

/**
 * A copy for who only reads: what comes in goes on into it, and nothing goes back. Whatever an editor does to it by
 * itself, a mistake of a library included, stays on this screen.
 */
export function readingCopy(source: Y.Doc): { doc: Y.Doc; stop(): void } {
  const doc = new Y.Doc()
  const take = (update: Uint8Array) => Y.applyUpdate(doc, update, source)
  take(Y.encodeStateAsUpdate(source))
  source.on('update', take)
  return {
    doc,
    stop() {
      source.off('update', take)
      doc.destroy()
    },
  }
}
