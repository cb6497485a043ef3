import { useRef } from 'react'
import { useStore } from '../base/store.ts'
import { spoken } from './announce.ts'

/** The one polite live region of the product (UX-90): two would talk over each other. */
export function LiveRegion() {
  const said = useStore(spoken)
  const last = useRef({ said, odd: false })
  if (last.current.said !== said) last.current = { said, odd: !last.current.odd }
  return (
    <div className="unseen" role="status" aria-live="polite" data-live>
      {said.text}
      {/* The same words twice are heard twice only if something has changed. */}
      {last.current.odd ? '\u00a0' : ''}
    </div>
  )
}
