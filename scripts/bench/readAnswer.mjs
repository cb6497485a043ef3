// What a joiner has after a server's whole answer.
import * as Y from 'yjs'

/** @param updates in the order they came */
export function applied(updates) {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

export function lettersIn(updates) {
  const doc = applied(updates)
  const body = doc.getXmlFragment('body').toArray()
  const letters = body.reduce((sum, clause) => sum + (clause.get(0)?.length ?? 0), 0)
  doc.destroy()
  return letters
}

/** How long a browser would be busy taking these in, in ms; the best of three. */
export function applyMs(updates) {
  const took = [1, 2, 3].map(() => {
    const started = performance.now()
    applied(updates).destroy()
    return performance.now() - started
  })
  return Math.min(...took)
}
