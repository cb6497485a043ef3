import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { wholeState } from '../../server/sync/compactText.ts'
import { FullState } from '../../server/sync/FullState.ts'
import { CannotFold, Fold } from '../../server/sync/foldUpdates.ts'
import { Unreadable } from '../../server/sync/UpdateReader.ts'
import { applyStored, BrokenLog } from '../../server/sync/updateLog.ts'

const WORDS = ['a', 'ữ', 'thi đua', '🌸', 'Điều 1']
const steps = fc.array(
  fc.record({
    who: fc.nat(2),
    what: fc.constantFrom(
      'type',
      'type',
      'type',
      'slip',
      'delete',
      'mark',
      'clause',
      'drop',
      'say',
      'refer',
    ),
    at: fc.nat(60),
    hears: fc.nat(3),
    isOneRow: fc.boolean(),
  }),
  { minLength: 1, maxLength: 50 },
)
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never

/** Three writers on clauses, who now and then hear each other. @returns each writer's rows in the order they came */
function write(given: readonly Step[]): Uint8Array[] {
  const log: Uint8Array[] = []
  const writers = [1, 2 ** 31 + 7, 2 ** 32 - 1].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'log') log.push(update)
    })
    return doc
  })
  for (const { who, hears, isOneRow, ...act } of given) {
    const doc = writers[who] as Y.Doc
    if (hears === 0) for (const row of [...log]) Y.applyUpdate(doc, row, 'log')
    if (isOneRow) doc.transact(() => change(doc, act))
    else change(doc, act)
  }
  return log
}

function change(doc: Y.Doc, { what, at }: Pick<Step, 'what' | 'at'>): void {
  const body = doc.getXmlFragment('body')
  const text = (body.get(at % Math.max(1, body.length)) as Y.XmlElement | undefined)?.get(0)
  if (what === 'clause' || !(text instanceof Y.XmlText)) {
    const clause = new Y.XmlElement('clause')
    clause.setAttribute('id', `c${at}`)
    clause.setAttribute('meta', [1, -70, 2.5, true, null, { deep: ['ữ'] }] as unknown as string)
    body.insert(at % (body.length + 1), [clause])
    clause.insert(0, [new Y.XmlText('đầu')])
  } else if (what === 'drop') body.delete(at % body.length, 1)
  else if (what === 'refer') {
    const reference = { document: null, clause: `c${at}`, was: 'khoản 2 Điều 3' }
    text.insert(at % (text.length + 1), '\ufffc', { reference })
  } else if (what === 'say') text.insertEmbed(at % (text.length + 1), { note: at })
  else if (what === 'type' || what === 'slip') {
    const begin = at % (text.length + 1)
    const word = WORDS[at % WORDS.length] as string
    let end = begin
    for (const letter of word) {
      text.insert(end, letter)
      end += letter.length
    }
    if (what === 'slip') text.delete(begin, word.length)
  } else if (text.length > 2) {
    if (what === 'delete') text.delete(at % (text.length - 1), 1)
    else text.format(at % (text.length - 1), 2, { bold: at % 2 === 0 ? true : null })
  }
}

function docOf(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment('body')
  applyStored(doc, rows)
  expect(doc.store.pendingStructs).toBeNull()
  expect(doc.store.pendingDs).toBeNull()
  return doc
}

const wordsOf = (doc: Y.Doc) => doc.getXmlFragment('body').toString()

function expectSame(a: Y.Doc, b: Y.Doc): void {
  expect(wordsOf(a)).toBe(wordsOf(b))
  expect(Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))).toBe(true)
}

function plainText(update: Uint8Array): string {
  const doc = new Y.Doc()
  applyStored(doc, [update])
  return doc.getText('body').toString()
}

const stateOf = (rows: readonly Uint8Array[]) => wholeState({ base: null, rows })

test('a folded log is the same text, whatever comes after it and wherever the folding stopped meanwhile', () => {
  fc.assert(
    fc.property(steps, fc.nat(), fc.nat(), (given, first, second) => {
      const log = write(given)
      const [from, to] = [first % (log.length + 1), second % (log.length + 1)].sort((a, b) => a - b)
      const early = stateOf(log.slice(0, from))
      const base = { state: early, revision: from ?? 0 }
      const later = wholeState({ base, rows: log.slice(from, to) })
      expect([...later.vector]).toEqual([...new FullState(later.bytes).vector])
      expectSame(docOf([later.bytes]), docOf(log.slice(0, to)))
      expectSame(docOf([later.bytes, ...log.slice(to)]), docOf(log))
    }),
    { numRuns: 300 },
  )
})

test('a piece of a folded state is what somebody lacks who has any part of it', () => {
  fc.assert(
    fc.property(steps, fc.nat(), fc.nat(), (given, seen, behind) => {
      const log = write(given)
      const state = stateOf(log)
      const client = docOf(log.slice(0, seen % (log.length + 1)))
      applyStored(client, [state.since(Y.decodeStateVector(Y.encodeStateVector(client)))])
      expect(client.store.pendingStructs).toBeNull()
      expectSame(client, docOf(log))
      // Clocks that no row ends at: within what has become one struct.
      const known = new Map([...state.vector].map(([id, end]) => [id, end - (behind % (end + 1))]))
      const piece = state.since(known)
      for (const struct of Y.decodeUpdate(piece).structs)
        expect(struct.id.clock + struct.length).toBeGreaterThan(known.get(struct.id.client) ?? 0)
    }),
    { numRuns: 200 },
  )
})

test('letters typed one by one become one item, and those taken back leave no words behind', () => {
  const doc = new Y.Doc()
  const log: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => log.push(update))
  const text = doc.getText('body')
  for (const letter of 'thi đua khen thưởng') text.insert(text.length, letter)
  for (const letter of ' bí mật') text.insert(text.length, letter)
  for (let i = 0; i < 7; i += 1) text.delete(text.length - 1, 1)
  const { bytes } = stateOf(log)
  expect(Y.decodeUpdate(bytes).structs).toHaveLength(2)
  expect(Buffer.from(bytes).includes('mật')).toBe(false)
  expect(plainText(bytes)).toBe('thi đua khen thưởng')
})

test('what is missing in the log is not folded over', () => {
  const doc = new Y.Doc()
  const log: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => log.push(update))
  doc.getText('body').insert(0, 'một')
  const before = Y.encodeStateVector(doc)
  const other = new Y.Doc()
  Y.applyUpdate(other, log[0] as Uint8Array)
  other.getText('body').insert(3, ' hai')
  const beside = Y.encodeStateAsUpdate(other, before)
  doc.getText('body').insert(0, 'không ')
  const fold = (rows: readonly (Uint8Array | undefined)[]) => {
    const folding = new Fold()
    for (const row of rows) folding.add(row as Uint8Array)
    return folding.done()
  }
  expect(() => fold([log[1]])).toThrow(CannotFold)
  expect(() => fold([beside])).toThrow(CannotFold)
  expect(() => fold([log[0]?.subarray(0, 9)])).toThrow(Unreadable)
  expect(() => stateOf([log[1] as Uint8Array])).toThrow(BrokenLog)
  expect(fold([log[0], beside, log[1]]).vector.size).toBe(2)
})

test('a row that says again half of what an earlier one said is put together by way of a document', () => {
  const doc = new Y.Doc()
  const log: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => log.push(update))
  const text = doc.getText('body')
  text.insert(0, 'a')
  text.insert(1, 'b')
  const rows = [log[0] as Uint8Array, Y.encodeStateAsUpdate(doc)]
  expect(plainText(stateOf(rows).bytes)).toBe('ab')
})
