import { useCallback, useEffect, useMemo, useRef } from 'react'
import { remember, remembered } from '../base/device.ts'
import { settableStore, useStore } from '../base/store.ts'
import { useText } from '../base/useText.ts'
import { announce } from '../ui/announce.ts'

/** How one works on a text: in it, in a draft beside it, or not at all. */
export const MODES = ['editing', 'suggesting', 'viewing'] as const
export type Mode = (typeof MODES)[number]
/** `clean`: without marks, still to be written in; `original`: the shared text without one's own draft, to be read. */
export const VIEWS = ['marks', 'clean', 'original'] as const
export type View = (typeof VIEWS)[number]

const chosen = settableStore<{ userId: string; mode: Mode; view: View } | null>(null)

const oneOf = <T extends string>(list: readonly T[], value: string | null): T | undefined =>
  list.find((each) => each === value)

function choiceOf(userId: string): { userId: string; mode: Mode; view: View } {
  const now = chosen.getSnapshot()
  if (now?.userId === userId) return now
  return {
    userId,
    mode: oneOf(MODES, remembered(`mode.${userId}`)) ?? 'editing',
    view: oneOf(VIEWS, remembered(`view.${userId}`)) ?? 'marks',
  }
}

export type Working = {
  mode: Mode
  view: View
  setMode(mode: Mode): void
  setView(view: View): void
}

/** This person's own choice, for all documents, until it is changed; said aloud when it is (UX-30). */
export function useMode(userId: string): Working {
  const t = useText()
  const store = useStore(chosen)
  const { mode, view } = useMemo(
    () => (store?.userId === userId ? store : choiceOf(userId)),
    [store, userId],
  )
  const setMode = useCallback(
    (next: Mode) => {
      remember(`mode.${userId}`, next)
      chosen.set({ ...choiceOf(userId), mode: next })
      announce(t(`mode.${next}.spoken`))
    },
    [userId, t],
  )
  const setView = useCallback(
    (next: View) => {
      remember(`view.${userId}`, next)
      chosen.set({ ...choiceOf(userId), view: next })
      announce(t(`view.${next}`))
    },
    [userId, t],
  )
  return useMemo(() => ({ mode, view, setMode, setView }), [mode, view, setMode, setView])
}

const KEYS: Record<string, Mode> = { KeyZ: 'editing', KeyX: 'suggesting', KeyC: 'viewing' }

/** Ctrl+Alt+Shift+Z, X and C, as in other editors. @param off while this is not the document on screen, or nobody may write */
export function useModeKeys({ setMode }: Working, off: boolean): void {
  const latest = useRef(setMode)
  latest.current = setMode
  useEffect(() => {
    if (off) return
    const onKeyDown = (event: KeyboardEvent) => {
      const mode = KEYS[event.code]
      if (!mode || !event.altKey || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      latest.current(mode)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [off])
}
