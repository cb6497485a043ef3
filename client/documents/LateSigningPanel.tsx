import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { AgainButton } from '../ui/FailedPage.tsx'
import { Problem } from '../ui/Field.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { Desk } from './useDesk.ts'
import { useOverlaysPart } from './useOverlaysPart.ts'

/** Of a text that is still drafted nobody signs anything: the text does not wait for this. */
export function LateSigningPanel({ document, signing, agencies }: Desk) {
  const t = useText()
  const { part, error, again } = useOverlaysPart(true)
  if (part) return <part.SigningPanel document={document} signing={signing} agencies={agencies} />
  if (!error) return <Skeleton widths={[80, 60, 70, 50]} />
  return (
    <>
      <Problem>{errorText(t, error)}</Problem>
      <AgainButton error={error} onAgain={again} />
    </>
  )
}
