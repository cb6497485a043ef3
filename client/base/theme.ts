import { remember, remembered } from './device.ts'
import { type Store, useStore } from './store.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

let current: Theme = 'system'
const listeners = new Set<() => void>()

const store: Store<Theme> = {
  subscribe(listener) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  getSnapshot: () => current,
}

export const useTheme = (): [Theme, (theme: Theme) => void] => [useStore(store), applyTheme]

export function applyTheme(theme: Theme): void {
  current = theme
  remember('theme', theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

/** Before the first paint of the app. */
export function restoreTheme(): void {
  const theme = remembered('theme')
  applyTheme(THEMES.find((known) => known === theme) ?? 'system')
}
