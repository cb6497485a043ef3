import { useEffect } from 'react'
import { useText } from '../base/useText.ts'
import { useSay } from '../ui/Toasts.tsx'
import type { DeskState } from './useDeskState.ts'

/** Ctrl+S is an old habit: it says that saving needs no hand, and offers to name the text as it is (UX-13). */
export function useSaveKey(visible: boolean, { show }: DeskState, names: boolean) {
  const t = useText()
  const say = useSay()
  useEffect(() => {
    if (!visible) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey)
        return
      event.preventDefault()
      const offer = { label: t('history.nameNow'), act: () => show({ kind: 'nameVersion' }) }
      say.done(t('desk.autosave'), ...(names ? [offer] : []))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [visible, show, names, t, say])
}
