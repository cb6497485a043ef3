import { useStore } from '../../base/store.ts'
import { usePart } from '../../base/usePart.ts'
import { FailedDialog } from '../../ui/FailedDialog.tsx'
import type { PanelProps } from './FindPanel.tsx'

/** The panel comes behind the text, which does not wait for it; asked for before that, it opens when it has come. */
export function LateFindPanel(props: PanelProps) {
  const { handle } = props
  const asked = useStore(handle.find)
  const { part, error, again } = usePart('find', () => import('./FindPanel.tsx'))
  if (!asked) return null
  if (part) return <part.FindPanel {...props} asked={asked} />
  return error ? <FailedDialog error={error} onAgain={again} onClose={handle.closeFind} /> : null
}
