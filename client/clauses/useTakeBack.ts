import { useEffect, useRef, useState } from 'react'
import type { ActId } from '../../shared/base/ids.ts'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { call } from '../base/api.ts'
import { ApiError } from '../base/apiError.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { whenSaved } from '../sync/whenSaved.ts'
import { useSay } from '../ui/Toasts.tsx'
import type { OwnedHandle } from './editorHandle.ts'
import { afterRefusal } from './undo/afterRefusal.ts'
import type { TakenBack } from './undo/OwnSteps.ts'
import { stepsOf } from './undo/undoSteps.ts'
import { whenPlaced } from './useClauseAct.ts'

type Asked = { names: readonly string[]; onAnswer(yes: boolean): void }

/**
 * Undoes and redoes what the server ran, by asking it to, as long as this is mounted.
 * @param people who of the others is in a clause or under it
 */
export function useTakeBack(
  handle: OwnedHandle,
  connection: DocumentConnection,
  people: (clauseId: string) => readonly string[],
): { asked: Asked | null; know(name: string, clauseId: string): void } {
  const t = useText()
  const say = useSay()
  const [asked, setAsked] = useState<Asked | null>(null)
  /** Which clause an act was about. */
  const clauseOf = useRef(new Map<string, string>())
  const mayGoOn = (names: readonly string[]): Promise<boolean> =>
    names.length === 0
      ? Promise.resolve(true)
      : new Promise((resolve) =>
          setAsked({
            names,
            onAnswer(yes) {
              setAsked(null)
              resolve(yes)
            },
          }),
        )
  const takeBack = async (name: string, as: string): Promise<TakenBack> => {
    const { editor } = handle
    const clauseId = clauseOf.current.get(name)
    if (clauseId !== undefined && !(await mayGoOn(people(clauseId)))) return 'later'
    try {
      if (!(await whenSaved(connection))) throw new ApiError('network', 0)
      const { documentId } = connection
      const params = { documentId, actId: name as ActId }
      const place = await call(clauseRoutes.undo, { params, body: { act: as as ActId } })
      clauseOf.current.set(as, place.clauseId)
      await new Promise<boolean>((arrived) => whenPlaced(editor, place, arrived))
      if (place.next !== null && !editor.isDestroyed) handle.focusClause(place.next)
      return place.kept ? 'done' : 'forGood'
    } catch (error) {
      say.problem(errorText(t, error))
      return afterRefusal(error)
    }
  }
  const latest = useRef(takeBack)
  latest.current = takeBack
  useEffect(() => {
    const steps = stepsOf(handle.editor)
    steps?.setTakeBackAct((name, as) => latest.current(name, as))
    return () => steps?.setTakeBackAct(null)
  }, [handle])
  return { asked, know: (name, clauseId) => void clauseOf.current.set(name, clauseId) }
}
