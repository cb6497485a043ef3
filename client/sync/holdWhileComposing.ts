import type { EditorView } from '@tiptap/pm/view'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'

/** Without a key for so long, whoever is composing has paused and may see what the others wrote. */
const PAUSE_MS = 2_000
/** Somebody who composes on and on still gets to see the others by then. */
const LONGEST_MS = 10_000
/** ProseMirror reads the composed text from the page up to 20 ms after the composition has ended. */
const SETTLE_MS = 40

/**
 * A remote edit in the line where somebody composes makes ProseMirror redraw it; the browser drops the composition,
 * the keyboard sends the whole word again, and "thi" stands there as "tthi". So incoming text waits until the
 * composition has ended: by itself, with the focus or the connection, or after a while by us. Own changes still go out, and the
 * order of what came in stays.
 * @returns releases what waits and stops holding; call it before the view is destroyed
 */
export function holdWhileComposing(provider: WebsocketProvider, view: EditorView): () => void {
  const take = provider.messageHandlers[MESSAGE.sync]
  if (!take) throw new Error('holdWhileComposing: the provider has no sync handler')
  let waiting: Uint8Array[] = []
  let since = 0
  let lastKey = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const release = () => {
    clearTimeout(timer)
    timer = undefined
    const messages = waiting
    waiting = []
    if (messages.length > 0) {
      if (view.composing) endComposition(view)
      readCaret(view)
    }
    for (const message of messages)
      take(encoding.createEncoder(), decoding.createDecoder(message), provider, true, MESSAGE.sync)
  }
  const look = () => {
    const now = performance.now()
    const patient = now - lastKey < PAUSE_MS && now - since < LONGEST_MS
    if (view.composing && patient) timer = setTimeout(look, SETTLE_MS)
    else release()
  }
  const settle = () => {
    if (waiting.length === 0) return
    clearTimeout(timer)
    timer = setTimeout(look, SETTLE_MS)
  }
  /** Whoever has gone elsewhere composes no more, though not every keyboard says so. */
  const leave = () => {
    if (waiting.length === 0) return
    clearTimeout(timer)
    timer = setTimeout(release, SETTLE_MS)
  }
  const onKey = () => {
    lastKey = performance.now()
  }

  provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, from, emitSynced, type) => {
    const peek = decoding.clone(decoder)
    const isText = decoding.readVarUint(peek) !== SYNC.step1
    if (!isText || (waiting.length === 0 && !view.composing)) {
      if (isText) readCaret(view)
      take(encoder, decoder, from, emitSynced, type)
      return
    }
    if (waiting.length === 0) since = performance.now()
    // A copy: the buffer belongs to the socket.
    waiting.push(decoding.readTailAsUint8Array(decoder).slice())
    timer ??= setTimeout(look, SETTLE_MS)
  }
  const events = ['compositionstart', 'compositionupdate'] as const
  for (const event of events) view.dom.addEventListener(event, onKey)
  view.dom.addEventListener('compositionend', settle)
  view.dom.addEventListener('blur', leave)
  // Before the provider forgets this connection: a step 2 that waits must not count for the next one.
  provider.on('connection-close', release)

  return () => {
    provider.messageHandlers[MESSAGE.sync] = take
    for (const event of events) view.dom.removeEventListener(event, onKey)
    view.dom.removeEventListener('compositionend', settle)
    view.dom.removeEventListener('blur', leave)
    provider.off('connection-close', release)
    release()
  }
}

/**
 * The letters stay as they are, and the keyboard begins anew with the next one: it is told so only by a page that lets
 * go of it. A composition that is drawn over instead is sent whole once more.
 */
function endComposition(view: EditorView) {
  if (!view.hasFocus()) return
  view.dom.blur()
  view.dom.focus({ preventScroll: true })
}

/**
 * The browser reports a moved caret a task later. A remote edit in between would put it back where ProseMirror last
 * knew it, and the next key would write there.
 */
function readCaret(view: EditorView) {
  if (view.hasFocus() && !view.composing)
    view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}
