import type { EditorView } from '@tiptap/pm/view'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'
import { transact } from 'yjs'
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts'
import { readCaret } from './readCaret.ts'

/** Without a key for so long, whoever is composing has paused and may see what the others wrote. */
const PAUSE_MS = 2_000
/** Somebody who composes on and on still gets to see the others by then. */
const LONGEST_MS = 10_000
/** ProseMirror reads the composed text from the page up to 20 ms after the composition has ended. */
const SETTLE_MS = 40
/** A page that nobody sees has no frames; it goes by this instead. */
const HIDDEN_MS = 100

/**
 * When the page takes in what others write. Each time costs it a drawing of the text: so at once where nothing came
 * since the last frame, and else all of it together with the next one. Ten people who write fast cannot keep the page
 * from one's own keys.
 *
 * A remote edit in the line where somebody composes makes ProseMirror redraw it; the browser drops the composition,
 * the keyboard sends the whole word again, and "thi" stands there as "tthi". So incoming text waits until the
 * composition has ended: by itself, with the focus or the connection, or after a while by us. Own changes still go out, and the
 * order of what came in stays.
 * @returns releases what waits and stops holding; call it before the view is destroyed
 */
export function paceRemoteText(provider: WebsocketProvider, view: EditorView): () => void {
  const take = provider.messageHandlers[MESSAGE.sync]
  if (!take) throw new Error('paceRemoteText: the provider has no sync handler')
  let waiting: Uint8Array[] = []
  let since = 0
  let lastKey = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: (() => void) | undefined

  const release = () => {
    clearTimeout(timer)
    timer = undefined
    const messages = waiting
    waiting = []
    if (messages.length === 0) return
    if (view.composing) endComposition(view)
    readCaret(view)
    // One transaction, and so one drawing. A step 2 says that all has come, and whoever hears it may write: by itself.
    const takeAll = () => {
      for (const message of messages) takeOne(message)
    }
    if (messages.some(isStep2)) takeAll()
    else transact(provider.doc, takeAll, provider, false)
    awaitFrame()
  }
  const takeOne = (message: Uint8Array) => {
    try {
      take(encoding.createEncoder(), decoding.createDecoder(message), provider, true, MESSAGE.sync)
    } catch (error) {
      // As if it had come by itself: what follows it is taken.
      reportError(error)
    }
  }
  /** Until then what comes waits. */
  const awaitFrame = () => {
    frame ??= onFrame(() => {
      frame = undefined
      if (waiting.length === 0 || timer !== undefined) return
      if (view.composing) hold()
      else release()
    })
  }
  const hold = () => {
    since = performance.now()
    timer ??= setTimeout(look, SETTLE_MS)
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
    if (!isText) return take(encoder, decoder, from, emitSynced, type)
    if (waiting.length === 0 && !view.composing && !frame) {
      readCaret(view)
      take(encoder, decoder, from, emitSynced, type)
      awaitFrame()
      return
    }
    // A copy: the buffer belongs to the socket.
    waiting.push(decoding.readTailAsUint8Array(decoder).slice())
    if (view.composing && timer === undefined) hold()
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
    frame?.()
  }
}

const isStep2 = ([type]: Uint8Array) => type === SYNC.step2

/** @returns forgets it */
function onFrame(act: () => void): () => void {
  const forget = () => {
    cancelAnimationFrame(drawn)
    clearTimeout(late)
  }
  const once = () => {
    forget()
    act()
  }
  const drawn = requestAnimationFrame(once)
  const late = setTimeout(once, HIDDEN_MS)
  return forget
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
