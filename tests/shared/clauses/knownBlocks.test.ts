import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  bodyOf,
  forgetChanged,
  type KnownBlocks,
  readBody,
  readBodyAgain,
  writeBody,
} from '../../../shared/clauses/yjs.ts'
import { documents } from '../../support/random.ts'

/** Everything in the body that can be written in, in order. */
const parts = (type: Y.XmlFragment): (Y.XmlElement | Y.XmlText)[] =>
  (type.toArray() as unknown[]).flatMap((child) =>
    child instanceof Y.XmlElement
      ? [child, ...parts(child)]
      : child instanceof Y.XmlText
        ? [child]
        : [],
  )

function change(doc: Y.Doc, at: number, what: number): void {
  const all = parts(bodyOf(doc))
  const part = all[at % Math.max(all.length, 1)]
  if (part instanceof Y.XmlText) {
    // No editor cuts a letter of two units in half; Yjs would write it anew without saying that it has changed.
    const letters = [
      ...(part.toDelta() as { insert: string }[]).map(({ insert }) => insert).join(''),
    ]
    const first = letters[0]?.length ?? 0
    if (what % 3 === 0 && first > 0) part.delete(0, first)
    else if (what % 3 === 1 && first > 0) part.format(0, first, { bold: {} })
    else part.insert(letters.slice(0, what).join('').length, 'ữ')
  } else if (part && what % 3 === 0 && part.nodeName === 'clause')
    part.setAttribute('level', 'point')
  else if (part && what % 3 === 1 && part.length > 1) part.delete(0, 1)
  else {
    const clause = new Y.XmlElement('clause')
    clause.setAttribute('id', `n${at}`)
    clause.insert(0, [new Y.XmlText('mới')])
    const body = bodyOf(doc)
    body.insert(at % (body.length + 1), [clause])
  }
}

test('what is read again is what is read anew, whoever changed what; a block that nobody changed is the same object', () => {
  const edits = fc.array(
    fc.record({ at: fc.nat(200), what: fc.nat(5), mine: fc.boolean(), undo: fc.boolean() }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(documents, edits, (blocks, list) => {
      const [doc, other] = [new Y.Doc(), new Y.Doc()]
      writeBody(doc, blocks)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      const undo = new Y.UndoManager(bodyOf(doc))
      const known: KnownBlocks = new WeakMap()
      doc.on('afterTransaction', (transaction) => forgetChanged(transaction, known))
      readBodyAgain(doc, known)
      for (const { at, what, mine, undo: takesBack } of list) {
        change(mine ? doc : other, at, what)
        if (takesBack) undo.undo()
        if (!mine) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
        const again = readBodyAgain(doc, known)
        expect(again).toEqual(readBody(doc))
        expect(readBodyAgain(doc, known).every((block, i) => block === again[i])).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})

test('a letter makes one block anew', () => {
  const doc = new Y.Doc()
  const clause = (id: string) => ({ id, level: 'text' as const, runs: [{ text: id, marks: [] }] })
  writeBody(doc, [clause('a'), clause('b'), clause('c')] as never)
  const known: KnownBlocks = new WeakMap()
  doc.on('afterTransaction', (transaction) => forgetChanged(transaction, known))
  const before = readBodyAgain(doc, known)
  const text = parts(bodyOf(doc)).filter((part) => part instanceof Y.XmlText)[1] as Y.XmlText
  text.insert(0, 'x')
  const after = readBodyAgain(doc, known)
  expect(after.map((block, i) => block === before[i])).toEqual([true, false, true])
})
