// One who types, a letter an update as an editor sends it, each in a clause of its own while there are enough. It does
// not follow the others: that would cost us, not the server.
import * as Y from 'yjs'

export class Pen {
  doc = new Y.Doc()
  clock = 0
  /** ms by clock */
  sentAt = []
  #text

  /** @param state of the document it begins from */
  constructor(client, index, state) {
    this.client = client
    this.index = index
    this.doc.clientID = client.clientId
    Y.applyUpdate(this.doc, state)
    const texts = clauseTexts(this.doc)
    this.#text = texts[index % texts.length]
    this.doc.on('update', (update) => client.sendUpdate(update))
  }

  write() {
    this.clock += 1
    this.sentAt[this.clock] = performance.now()
    this.#text.insert(this.#text.length, 'a')
  }

  /** @returns resolves after `rate * seconds` letters */
  type(rate, seconds) {
    let left = Math.round(rate * seconds)
    const every = 1000 / rate
    return new Promise((done) => {
      const tick = () => {
        this.write()
        left -= 1
        if (left > 0) return
        clearInterval(timer)
        done()
      }
      let timer
      // Not all in the same moment, and the same way for each server.
      setTimeout(
        () => {
          timer = setInterval(tick, every)
        },
        (this.index * 0.618 * every) % every,
      )
    })
  }
}

function clauseTexts(doc) {
  const texts = doc
    .getXmlFragment('body')
    .toArray()
    .filter((block) => block.nodeName === 'clause' && block.get(0) instanceof Y.XmlText)
    .map((clause) => clause.get(0))
  if (texts.length === 0) throw new Error('the document has no clause with words')
  return texts
}
