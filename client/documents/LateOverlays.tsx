import { FailedDialog } from '../ui/FailedDialog.tsx'
import type { AgreedFallProps } from './AgreedFall.ts'
import type { OverlayProps } from './DeskOverlays.tsx'
import { useOverlaysPart } from './useOverlaysPart.ts'

/** Dialogs and panels come once the text is there, so that it does not wait for them. */
export function LateOverlays(props: OverlayProps & Pick<AgreedFallProps, 'working' | 'visible'>) {
  const { overlay, handle, close } = props.state
  const wanted = overlay !== null
  const soon = wanted || handle !== null
  const { part, error, again } = useOverlaysPart(soon)
  if (part)
    return (
      <>
        <part.AgreedFall {...props} handle={handle} />
        <part.DeskOverlays {...props} />
      </>
    )
  return wanted && error ? <FailedDialog error={error} onAgain={again} onClose={close} /> : null
}
