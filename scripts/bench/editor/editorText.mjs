// The texts that the editor is measured on: the sample covenant with much behind it.
import * as Y from 'yjs'
import { bigDocument } from '../bigDocument.mjs'

const AUTHOR = 300_000_000
const SENTENCE =
  'Các cơ quan thành viên trong khối phối hợp thực hiện nội dung thi đua đã đăng ký, báo cáo kết quả đúng hạn và gửi minh chứng cho cơ quan Trưởng khối tổng hợp. '

/** A hundred Điều of three khoản each. @param state of the sample @returns rows for its log, and the state with them */
export function hundredArticles(state) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  doc.clientID = AUTHOR
  const rows = []
  doc.on('update', (update) => rows.push({ update: Buffer.from(update), client: AUTHOR }))
  const clause = (id, level, text) => {
    const element = new Y.XmlElement('clause')
    element.setAttribute('id', id)
    element.setAttribute('level', level)
    element.insert(0, [new Y.XmlText(text)])
    return element
  }
  const blocks = Array.from({ length: 100 }, (_, n) => [
    clause(`bench-a${n}`, 'article', 'Trách nhiệm của các cơ quan thành viên'),
    ...[1, 2, 3].map((k) => clause(`bench-a${n}-${k}`, 'paragraph', SENTENCE.repeat(k))),
  ]).flat()
  doc.getXmlFragment('body').push(blocks)
  return { rows, state: Y.encodeStateAsUpdate(doc) }
}

/** 200 pages as twelve people have typed them, letter by letter. */
export function twoHundredPages(state) {
  const { rows, state: pages } = bigDocument()
  return { rows, state: Y.mergeUpdates([state, pages]) }
}
