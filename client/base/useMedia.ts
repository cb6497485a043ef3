import { useMemo } from 'react'
import { useStore } from './store.ts'

/** Widths at which the desk changes its shape (design: ≥ 1200 three columns, < 900 the phone). */
export const WIDE = '(min-width: 1200px)'
export const PHONE = '(max-width: 899.98px)'

export function useMedia(query: string): boolean {
  const store = useMemo(() => {
    const list = window.matchMedia(query)
    return {
      subscribe(listener: () => void) {
        list.addEventListener('change', listener)
        return () => list.removeEventListener('change', listener)
      },
      getSnapshot: () => list.matches,
    }
  }, [query])
  return useStore(store)
}
