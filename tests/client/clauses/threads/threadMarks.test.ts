import { Schema } from '@tiptap/pm/model'
import { EditorState, Plugin, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import {
  markingOf,
  markThreads,
  ThreadMarks,
} from '../../../../client/clauses/threads/threadMarks.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'clause+' },
    clause: { content: 'text*', attrs: { id: { default: null } } },
    text: {},
  },
})
const frames: (() => void)[] = []
const draw = () => {
  for (const frame of frames.splice(0)) frame()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A page without a screen: "một hai ba", with a thread on "hai". `looks` counts how often its words were looked for. */
function start() {
  const plugins = ThreadMarks.config.addProseMirrorPlugins?.call({} as never) as Plugin[]
  const plugin = plugins[0]
  if (!plugin) throw new Error('no plugin')
  const shared = new Plugin({
    key: ySyncPluginKey,
    state: { init: () => ({ doc: new Y.Doc() }), apply: (_, before) => before },
  })
  const clause = schema.node('clause', { id: 'a' }, schema.text('một hai ba'))
  const page = { looks: 0, composing: false, state: undefined as never as EditorState, dispatch }
  page.state = EditorState.create({
    doc: schema.node('doc', null, clause),
    plugins: [shared, plugin],
  })
  const marks = plugin.spec.view?.(page as never as EditorView)
  function dispatch(tr: Transaction) {
    const before = page.state
    page.state = before.apply(tr)
    if (!tr.docChanged) page.looks += 1
    marks?.update?.(page as never as EditorView, before)
  }
  dispatch(
    markThreads(page.state.tr, [{ id: 't', clauseId: 'a', anchor: null, quote: 'hai' }], null),
  )
  page.looks = 0
  return page
}
const rangeOf = ({ state }: { state: EditorState }) => markingOf(state).ranges.get('t')

test('[UX-48] words that are gone are looked for once, and not with every letter that is typed elsewhere', () => {
  const page = start()
  expect(rangeOf(page)).toEqual({ from: 5, to: 8 })
  page.dispatch(page.state.tr.delete(5, 8))
  draw()
  expect([rangeOf(page), page.looks]).toEqual([null, 1])
  for (const letter of 'xyz') {
    page.dispatch(page.state.tr.insertText(letter, 1))
    draw()
  }
  expect(page.looks).toBe(1)
})

test('[UX-48] words that were cut and put in again are found once the writing has paused', () => {
  const page = start()
  page.dispatch(page.state.tr.delete(5, 8))
  draw()
  page.dispatch(page.state.tr.insertText('hai ', 1))
  vi.runAllTimers()
  expect(rangeOf(page)).toEqual({ from: 1, to: 4 })
})
