// Runs inside the page under measurement, the same in ours and in the plain one. Times are ms since the epoch.

/** To be there before anything of the page: notes when words can first be read. */
export function observePage() {
  const now = () => performance.timeOrigin + performance.now()
  /** Behind whatever the page does in this task. */
  const afterThis = (then) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => then(now())
    port2.postMessage(null)
  }
  /** Behind the frame that shows what is in the DOM now, with when the frame began. */
  const whenPainted = (then) =>
    requestAnimationFrame(() => {
      const began = now()
      afterThis((at) => then(at, began))
    })
  const seen = { readableAt: null, keys: [], letters: [] }
  window.bench = seen

  const text = () => document.querySelector('.page-text')
  const readable = new MutationObserver(() => {
    const words = text()?.textContent ?? ''
    if (words.trim() === '') return
    readable.disconnect()
    whenPainted((at) => {
      seen.readableAt = at - performance.timeOrigin
    })
  })
  readable.observe(document, { childList: true, subtree: true, characterData: true })

  /** The blocks with words, in order: where the pens write. */
  const blocks = () =>
    [...text().children].filter(({ tagName, textContent }) => tagName === 'P' && textContent !== '')

  /** From now on notes how many letters of each pen have been painted when, and each key of this page. */
  seen.start = (pens) => {
    const places = blocks().slice(0, pens)
    const at = places.map((block) => [...text().children].indexOf(block))
    const began = places.map((block) => block.textContent.length)
    const painted = began.map(() => 0)
    let asked = false
    new MutationObserver(() => {
      if (asked) return
      asked = true
      whenPainted((when) => {
        asked = false
        const rows = text().children
        for (const [pen, row] of at.entries()) {
          const letters = rows[row].textContent.length - began[pen]
          for (let n = painted[pen] + 1; n <= letters; n += 1) seen.letters.push([pen, n, when])
          painted[pen] = Math.max(painted[pen], letters)
        }
      })
    }).observe(text(), { childList: true, subtree: true, characterData: true })
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const pressed = performance.timeOrigin + timeStamp
        const key = { work: 0, whole: 0 }
        afterThis((at) => {
          key.work += at - pressed
        })
        whenPainted((at, began) => {
          key.work += at - began
          key.whole = at - pressed
          seen.keys.push(key)
        })
      },
      { capture: true },
    )
  }

  /** Puts the caret at the end of the `n`-th block with words, and that block into view. */
  seen.sit = (n) => {
    const block = blocks()[n]
    block.scrollIntoView({ block: 'center' })
    text().focus()
    const range = document.createRange()
    range.selectNodeContents(block)
    range.collapse(false)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
  }
}
