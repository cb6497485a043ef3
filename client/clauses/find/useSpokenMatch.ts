import { type RefObject, useEffect } from 'react'
import { announce } from '../../ui/announce.ts'

/** Which match it is, said once for each time it was asked for. */
export function useSpokenMatch(text: string, wanted: RefObject<boolean>) {
  useEffect(() => {
    if (wanted.current) announce(text)
    wanted.current = false
  }, [text, wanted])
}
