import type { ComponentProps } from 'react'
import type { SuggestBar } from './SuggestBar.tsx'
import { useDraftPart } from './useDraftPart.ts'

/** Under the page of a draft: no draft is there before this has come. */
export function LateSuggestBar(props: ComponentProps<typeof SuggestBar>) {
  const { part } = useDraftPart(true)
  return part ? <part.SuggestBar {...props} /> : null
}

/** In its place, while another tab has the draft. */
export function LateDraftElsewhere() {
  const { part } = useDraftPart(true)
  return part ? <part.DraftElsewhere /> : null
}
