import type { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { afterEach, expect, test, vi } from 'vitest'
import { settableStore } from '../../../../client/base/store.ts'
import { NO_MARKS } from '../../../../client/clauses/suggest/markSource.ts'
import { SuggestionMarks } from '../../../../client/clauses/suggest/suggestionMarks.ts'

afterEach(() => vi.unstubAllGlobals())

test('[B10] marks that change while letters are composed are drawn when the composition is over', () => {
  const frames: (() => void)[] = []
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
  const shown = settableStore({ source: NO_MARKS, words: null })
  const plugins = SuggestionMarks.config.addProseMirrorPlugins?.call({
    storage: { shown },
  } as never) as Plugin[]
  const dom = new EventTarget()
  const dispatch = vi.fn()
  const view = {
    dom,
    dispatch,
    isDestroyed: false,
    composing: true,
    state: { tr: { setMeta: () => null } },
  }
  plugins[0]?.spec.view?.(view as never as EditorView)
  shown.set({ source: { ...NO_MARKS }, words: null })
  expect(dispatch).not.toHaveBeenCalled()
  view.composing = false
  dom.dispatchEvent(new Event('compositionend'))
  for (const draw of frames) draw()
  expect(dispatch).toHaveBeenCalledOnce()
})
