import { useMutation } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import type { ActId, ClauseId } from '../../shared/base/ids.ts'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { call } from '../base/api.ts'
import { ApiError } from '../base/apiError.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { whenSaved } from '../sync/whenSaved.ts'
import type { ClauseAct } from './clauseActs.ts'
import { blocksById } from './placesOnPage.ts'

/** `name`: by which it can be undone. */
export type NamedAct = { act: ClauseAct; name: string }

/** @returns the clause to go on in; null after a deletion */
export const useClauseAct = (connection: DocumentConnection) =>
  useMutation({
    mutationFn: async ({ act, name }: NamedAct): Promise<string | null> => {
      if (!(await whenSaved(connection))) throw new ApiError('network', 0)
      const { documentId } = connection
      const named = { act: name as ActId }
      const params = { documentId, clauseId: act.clauseId as ClauseId }
      if (act.kind === 'delete') {
        await call(clauseRoutes.delete, { params, body: { hash: act.hash, ...named } })
        return null
      }
      if (act.kind === 'merge') return (await call(clauseRoutes.merge, { params, body: named })).id
      const afterClauseId = act.after as ClauseId | null
      return (await call(clauseRoutes.move, { params, body: { afterClauseId, ...named } })).id
    },
  })

const ARRIVAL_MS = 3_000

/**
 * Calls back once what the server did has reached this editor, which its answer may overtake; with false if it does not.
 * @param above the block that stood before it, which goes where it is empty and another is merged into it
 */
export function whenArrived(
  editor: Editor,
  act: ClauseAct,
  { next, above }: { next: string | null; above: string | null },
  then: (arrived: boolean) => void,
): void {
  if ('after' in act) whenPlaced(editor, { ...act, stands: true }, then)
  else {
    const gone = next === act.clauseId && above !== null ? above : act.clauseId
    whenPlaced(editor, { clauseId: gone, stands: false, after: null }, then)
  }
}

/** @param place as the answer to an undo says it */
export function whenPlaced(
  editor: Editor,
  { clauseId, stands, after }: { clauseId: string; stands: boolean; after: string | null },
  then: (arrived: boolean) => void,
): void {
  const hasArrived = () => {
    const ids = blocksById(editor).map(({ id }) => id)
    const index = ids.indexOf(clauseId)
    return stands ? index >= 0 && (ids[index - 1] ?? null) === after : index < 0
  }
  const end = (arrived: boolean) => {
    clearTimeout(timer)
    editor.off('transaction', look)
    then(arrived)
  }
  const look = () => {
    if (hasArrived()) end(true)
  }
  const timer = setTimeout(() => end(false), ARRIVAL_MS)
  editor.on('transaction', look)
  look()
}
