// A text of 200 pages as twelve people type it: a letter an operation, with slips of the hand taken back, each author in
// bursts at places of his own. The same bytes on every machine; built once and kept in `.cache`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'
import { ROOT } from '../prepare.mjs'

const VERSION = 3
const AUTHORS = 12
const LETTERS = 500_000
/** Operations that one row of the log holds. */
const BURST = 280
const CLAUSE_LETTERS = 400
const SYLLABLES =
  'cơ quan thi đua khối tỉnh công tác văn phòng sở nội vụ tài chính kế hoạch đầu tư khen thưởng đoàn thể cán bộ tập trung thực hiện nhiệm vụ chỉ tiêu phát động phong trào đăng ký giao ước ký kết năm quý tháng báo cáo tổng hợp đánh giá xếp loại thành viên trưởng phó thống nhất nội dung'.split(
    ' ',
  )

/** mulberry32: no clock and no luck in what is measured. */
function randomFrom(seed) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * @returns `rows`: the log, each with its author's clientID; `state`: all of it as one full state; `textBytes` in
 * UTF-8; `letters`; `operations`
 */
export function bigDocument() {
  const folder = path.join(ROOT, '.cache/bench-document')
  const about = path.join(folder, 'about.json')
  const bytes = path.join(folder, 'rows.bin')
  const whole = path.join(folder, 'state.bin')
  if (!existsSync(about) || JSON.parse(readFileSync(about, 'utf8')).version !== VERSION) {
    console.log('nhat-tri: typing a text of 200 pages, once …')
    const { rows, ...rest } = type()
    mkdirSync(folder, { recursive: true })
    writeFileSync(bytes, Buffer.concat(rows.map(({ update }) => update)))
    writeFileSync(whole, stateOf(rows))
    const lengths = rows.map(({ update, client }) => [update.length, client])
    writeFileSync(about, JSON.stringify({ version: VERSION, lengths, ...rest }))
  }
  const { lengths, ...rest } = JSON.parse(readFileSync(about, 'utf8'))
  const all = readFileSync(bytes)
  let at = 0
  const rows = lengths.map(([length, client]) => {
    at += length
    return { update: all.subarray(at - length, at), client }
  })
  return { rows, state: readFileSync(whole), ...rest }
}

function stateOf(rows) {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const { update } of rows) Y.applyUpdate(doc, update)
  })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

function type() {
  const random = randomFrom(20_220_315)
  const doc = new Y.Doc()
  const body = doc.getXmlFragment('body')
  let burst = []
  doc.on('update', (update) => burst.push(update))
  const rows = []
  const authors = Array.from({ length: AUTHORS }, (_, i) => ({
    client: 300_000_001 + i,
    text: null,
    at: 0,
    left: 0,
    word: '',
  }))
  let letters = 0
  let clauses = 0
  let operations = 0
  const sit = (author) => {
    const clause = new Y.XmlElement('clause')
    clause.setAttribute('id', `bench-${clauses++}`)
    clause.setAttribute('level', 'text')
    author.text = new Y.XmlText()
    clause.insert(0, [author.text])
    body.insert(Math.floor(random() * (body.length + 1)), [clause])
    author.at = 0
    author.left = CLAUSE_LETTERS * (0.5 + random())
  }
  const put = (author, letter) => {
    author.text.insert(author.at, letter)
    author.at += letter.length
    letters += letter.length
    operations += 1
  }
  while (letters < LETTERS) {
    const author = authors[Math.floor(random() * AUTHORS)]
    doc.clientID = author.client
    burst = []
    if (!author.text) sit(author)
    while (burst.length < BURST) {
      if (author.left <= 0) sit(author)
      if (author.word === '') author.word = `${SYLLABLES[Math.floor(random() * SYLLABLES.length)]} `
      // A word or two begun and taken back.
      if (random() < 1 / 46) {
        const slip = 1 + Math.floor(random() * 18)
        for (let i = 0; i < slip; i += 1) put(author, 'x')
        for (let i = 0; i < slip; i += 1) {
          author.at -= 1
          author.text.delete(author.at, 1)
          letters -= 1
          operations += 1
        }
      }
      put(author, author.word[0])
      author.word = author.word.slice(1)
      author.left -= 1
      // Back to something typed before, now and then, for one word.
      if (author.word === '')
        author.at = Math.floor((random() < 0.02 ? random() : 1) * author.text.length)
    }
    rows.push({ update: Buffer.from(Y.mergeUpdates(burst)), client: author.client })
  }
  const text = body
    .toArray()
    .map((clause) => clause.get(0).toString())
    .join('')
  return { rows, letters, operations, textBytes: Buffer.byteLength(text) }
}

/** A text of about so many letters in a few clauses, by one author. @returns one full state */
export function smallDocument(letters) {
  const random = randomFrom(letters)
  const doc = new Y.Doc()
  doc.clientID = 300_000_000
  const words = []
  for (let length = 0; length < letters; length += words.at(-1).length + 1)
    words.push(SYLLABLES[Math.floor(random() * SYLLABLES.length)])
  doc.transact(() => {
    const perClause = 80
    for (let i = 0; i < words.length; i += perClause) {
      const clause = new Y.XmlElement('clause')
      clause.setAttribute('id', `bench-${i}`)
      clause.setAttribute('level', 'text')
      clause.insert(0, [new Y.XmlText(words.slice(i, i + perClause).join(' '))])
      doc.getXmlFragment('body').push([clause])
    }
  })
  return Y.encodeStateAsUpdate(doc)
}
