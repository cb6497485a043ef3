import type { EditorView } from '@tiptap/pm/view'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import { holdWhileComposing } from '../../../client/sync/holdWhileComposing.ts'
import { MESSAGE, SYNC } from '../../../shared/sync/protocol.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An editor that composes when it is told to, and a provider that notes what it is handed. */
function editing() {
  const taken: [step: number, words: string][] = []
  const closed = new Set<() => void>()
  const provider = {
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
  const stop = holdWhileComposing(
    provider as unknown as WebsocketProvider,
    view as unknown as EditorView,
  )
  return {
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
