import type { Editor } from '@tiptap/core'
import type { Page } from 'playwright-core'

type Probe = {
  /** Frames with words of others that have come since the last look. */
  heard: number
  ends: number
  letters(): string
  onPage(): string
  before(): string | null
  place(mark: string | null, select: string): boolean
  canUndo(): boolean
  /** @returns false when it has not become true within so many ms */
  until(is: () => boolean, patience: number): Promise<boolean>
}
declare global {
  interface Window {
    probe: Probe
  }
}

/** What the page itself says of somebody who types there. */
export type TypingWatch = {
  /** Waits until so many frames with words have come since {@link begin}. */
  heard(frames: number): Promise<void>
  /** Waits until the editor has these letters and shows them. @throws with what it shows instead */
  shows(letters: string): Promise<void>
  /** All letters before the caret; null where something is selected. */
  beforeCaret(): Promise<string | null>
  compositionEnds(): Promise<number>
  canUndo(): Promise<boolean>
  /** Puts the caret behind `mark`, or selects `select` behind it; forgets what can be undone, and counts from nought. */
  begin(mark: string | null, select?: string): Promise<void>
}

const PATIENCE_MS = 6_000

/** @param page of the editor harness; again after the connection was cut */
export async function watchTyping(page: Page): Promise<TypingWatch> {
  await page.evaluate(() => {
    type Editing = HTMLElement & { editor: Editor }
    type Undo = { undoManager: { undoStack: unknown[]; clear(): void } }
    const editor = () => (document.querySelector('.page-text') as Editing).editor
    const undo = () => (editor().state as unknown as Record<string, Undo>)['y-undo$']?.undoManager
    const probe: Probe = {
      heard: 0,
      ends: 0,
      async until(is, patience) {
        const last = performance.now() + patience
        while (!is()) {
          if (performance.now() > last) return false
          await new Promise((next) => setTimeout(next, 3))
        }
        return true
      },
      letters: () => editor().state.doc.textContent,
      onPage() {
        const copy = editor().view.dom.cloneNode(true) as HTMLElement
        for (const caret of copy.querySelectorAll('.caret')) caret.remove()
        return (copy.textContent ?? '').replaceAll('\u2060', '')
      },
      before() {
        const { doc, selection } = editor().state
        return selection.empty ? doc.textBetween(0, selection.head) : null
      },
      canUndo: () => (undo()?.undoStack.length ?? 0) > 0,
      place(mark, select) {
        const { state, view } = editor()
        probe.heard = 0
        probe.ends = 0
        undo()?.clear()
        if (mark === null) return true
        let at = -1
        state.doc.descendants((node, pos) => {
          const index = node.isText ? (node.text ?? '').indexOf(mark) : -1
          if (index >= 0 && at < 0) at = pos + index + mark.length
        })
        if (at < 0) return false
        view.focus()
        editor().commands.setTextSelection({ from: at, to: at + select.length })
        return document.activeElement === view.dom
      },
    }
    if (!window.probe)
      document.addEventListener('compositionend', () => {
        window.probe.ends += 1
      })
    window.probe = probe
    window.harness.connection.provider.ws?.addEventListener('message', ({ data }) => {
      if (new Uint8Array(data as ArrayBuffer)[0] === 0) probe.heard += 1
    })
  })
  return {
    async heard(frames) {
      const came = await page.evaluate(
        ([least, patience]) => {
          const { probe } = window
          return probe.until(() => probe.heard >= least, patience)
        },
        [frames, PATIENCE_MS] as const,
      )
      if (!came) throw new Error(`${frames} frames of others have not come`)
    },
    async shows(letters) {
      const has = await page.evaluate(
        async ([wanted, patience]) => {
          const { probe } = window
          const is = () => probe.letters() === wanted && probe.onPage() === wanted
          return (await probe.until(is, patience)) ? null : [probe.letters(), probe.onPage()]
        },
        [letters, PATIENCE_MS] as const,
      )
      if (has)
        throw new Error(`the editor has “${has[0]}”, shows “${has[1]}”; the server “${letters}”`)
    },
    beforeCaret: () => page.evaluate(() => window.probe.before()),
    canUndo: () => page.evaluate(() => window.probe.canUndo()),
    compositionEnds: () => page.evaluate(() => window.probe.ends),
    async begin(mark, select = '') {
      const placed = await page.evaluate(([m, s]) => window.probe.place(m, s), [
        mark,
        select,
      ] as const)
      if (!placed) throw new Error(`no caret behind “${mark}”`)
    },
  }
}
