import type { EditorView } from '@tiptap/pm/view'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { paceRemoteText } from '../../../client/sync/paceRemoteText.ts'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'

const FRAME_MS = 16
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act, FRAME_MS))
  vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** An editor that composes when it is told to, and a provider that notes what it is handed. */
function editing() {
  const taken: [step: number, words: string][] = []
  const closed = new Set<() => void>()
  const doc = new Y.Doc()
  const provider = {
    doc,
    messageHandlers: {
      [MESSAGE.sync]: (_: unknown, decoder: decoding.Decoder) =>
        taken.push([decoding.readVarUint(decoder), decoding.readVarString(decoder)]),
    },
    on: (_: string, listener: () => void) => closed.add(listener),
    off: (_: string, listener: () => void) => closed.delete(listener),
  }
  const dom = Object.assign(new EventTarget(), {
    ownerDocument: new EventTarget(),
    blur() {
      view.focused = false
      view.composing = false
      dom.dispatchEvent(new Event('compositionend'))
      dom.dispatchEvent(new Event('blur'))
    },
    focus() {
      view.focused = true
    },
  })
  const view = { dom, composing: false, focused: true, hasFocus: () => view.focused }
  const stop = paceRemoteText(
    provider as unknown as WebsocketProvider,
    view as unknown as EditorView,
  )
  return {
    doc,
    taken,
    view,
    dom,
    stop,
    comes(step: number, words: string) {
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, step)
      encoding.writeVarString(encoder, words)
      const decoder = decoding.createDecoder(encoding.toUint8Array(encoder))
      const handler = provider.messageHandlers[MESSAGE.sync] as (...all: unknown[]) => void
      handler(encoding.createEncoder(), decoder, provider, true, MESSAGE.sync)
    },
    key() {
      view.composing = true
      dom.dispatchEvent(new Event('compositionupdate'))
    },
    cut() {
      for (const listener of [...closed]) listener()
    },
  }
}

test('[B10] updates and step 2 wait in their order until the composition has been read; a step 1 does not', () => {
  const { taken, view, dom, comes, key } = editing()
  comes(SYNC.update, 'trước')
  key()
  comes(SYNC.step2, 'một')
  comes(SYNC.step1, 'hỏi')
  comes(SYNC.update, 'hai')
  expect(taken).toEqual([
    [SYNC.update, 'trước'],
    [SYNC.step1, 'hỏi'],
  ])
  view.composing = false
  dom.dispatchEvent(new Event('compositionend'))
  // Behind what waits, though nobody composes any more.
  comes(SYNC.update, 'ba')
  expect(taken).toHaveLength(2)
  vi.advanceTimersByTime(100)
  expect(taken.slice(2)).toEqual([
    [SYNC.step2, 'một'],
    [SYNC.update, 'hai'],
    [SYNC.update, 'ba'],
  ])
})

test('[P01] the first letter of others shows at once, all others of the same frame together with the next', () => {
  const { doc, taken, comes } = editing()
  let drawings = 0
  doc.on('afterAllTransactions', () => {
    drawings += 1
  })
  comes(SYNC.update, 'một')
  expect(taken).toEqual([[SYNC.update, 'một']])
  for (const words of ['hai', 'ba', 'bốn']) comes(SYNC.update, words)
  expect(taken).toHaveLength(1)
  vi.advanceTimersByTime(FRAME_MS)
  expect(taken.map(([, words]) => words)).toEqual(['một', 'hai', 'ba', 'bốn'])
  expect(drawings).toBe(1)
  // That was a drawing too: what comes now waits for the next.
  comes(SYNC.update, 'năm')
  expect(taken).toHaveLength(4)
  vi.advanceTimersByTime(FRAME_MS)
  vi.advanceTimersByTime(FRAME_MS)
  comes(SYNC.update, 'sáu')
  expect(taken.at(-1)).toEqual([SYNC.update, 'sáu'])
})

test('[P01] a page that nobody sees takes it in as well, without frames', () => {
  vi.stubGlobal('requestAnimationFrame', () => 0)
  const { taken, comes } = editing()
  comes(SYNC.update, 'một')
  comes(SYNC.update, 'hai')
  vi.advanceTimersByTime(100)
  expect(taken.map(([, words]) => words)).toEqual(['một', 'hai'])
})

test('[P04] a step 2 is never part of a transaction of others: who hears that all has come may write', () => {
  const { doc, taken, comes } = editing()
  const inside: boolean[] = []
  comes(SYNC.update, 'một')
  comes(SYNC.update, 'hai')
  comes(SYNC.step2, 'ba')
  const push = taken.push.bind(taken)
  taken.push = (...more) => {
    inside.push(doc._transaction !== null)
    return push(...more)
  }
  vi.advanceTimersByTime(FRAME_MS)
  expect(inside).toEqual([false, false])
})

test('[B10] who begins to compose before that frame is not disturbed by it', () => {
  const { taken, view, dom, comes, key } = editing()
  comes(SYNC.update, 'một')
  comes(SYNC.update, 'hai')
  key()
  vi.advanceTimersByTime(1_000)
  expect(taken).toHaveLength(1)
  view.composing = false
  dom.dispatchEvent(new Event('compositionend'))
  vi.advanceTimersByTime(100)
  expect(taken).toHaveLength(2)
})

test('[B10] a pause of two seconds lets the others in, and ends the composition first', () => {
  const { taken, view, comes, key } = editing()
  key()
  comes(SYNC.update, 'một')
  vi.advanceTimersByTime(1_900)
  expect(taken).toEqual([])
  vi.advanceTimersByTime(200)
  expect(taken).toEqual([[SYNC.update, 'một']])
  expect(view).toMatchObject({ composing: false, focused: true })
})

test('[B10] who composes on and on sees the others after ten seconds', () => {
  const { taken, comes, key } = editing()
  key()
  comes(SYNC.update, 'một')
  for (let second = 0; second < 9; second += 1) {
    vi.advanceTimersByTime(1_000)
    key()
    expect(taken).toEqual([])
  }
  vi.advanceTimersByTime(1_100)
  expect(taken).toEqual([[SYNC.update, 'một']])
})

test('[B10] leaving the page lets them in, said by the keyboard or not, and takes no focus back', () => {
  const { taken, view, dom, comes, key } = editing()
  key()
  comes(SYNC.update, 'một')
  view.focused = false
  dom.dispatchEvent(new Event('blur'))
  vi.advanceTimersByTime(100)
  expect(taken).toEqual([[SYNC.update, 'một']])
  expect(view.focused).toBe(false)
})

test.each(['cut', 'stop'] as const)('[B10] nothing that waits is lost: %s', (end) => {
  const editor = editing()
  editor.key()
  editor.comes(SYNC.step2, 'một')
  editor[end]()
  // In this very moment: for the next connection it would be somebody else's step 2.
  expect(editor.taken).toEqual([[SYNC.step2, 'một']])
  vi.advanceTimersByTime(20_000)
  expect(editor.taken).toHaveLength(1)
})
