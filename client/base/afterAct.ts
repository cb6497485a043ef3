import type { UseMutationResult } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef } from 'react'

/**
 * Acts, and then does what follows, also when whatever asked for it has left the page meanwhile: others hear of an act before its
 * answer is here, and what a card says by the callbacks of `mutate` goes with the card. A failure is shown by `act.error`.
 */
export function afterAct<Input, Answer>(
  act: Pick<UseMutationResult<Answer, Error, Input>, 'mutateAsync'>,
  input: Input,
  follows: (answer: Answer) => void,
): void {
  act.mutateAsync(input).then(follows, () => {})
}

/** Whether what asked is still on the page: a dialog closes itself, and not the one that was opened meanwhile. */
export function useStillHere(): RefObject<boolean> {
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return here
}
