import { useEffect, useRef } from 'react'
import type { Phase } from '../../shared/documents/document.ts'
import { useText } from '../base/useText.ts'
import { announce } from '../ui/announce.ts'

/** The moment in which the text closes is said aloud; who unlocked it and why, `useUnlockNotice` tells. */
export function useSpokenLock(phase: Phase): void {
  const t = useText()
  const before = useRef(phase)
  useEffect(() => {
    if (before.current === 'drafting' && phase !== 'drafting') announce(t('readOnly.phase'))
    before.current = phase
  }, [phase, t])
}
