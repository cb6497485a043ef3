import { useMutation } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import type { ClauseId } from '../../shared/base/ids.ts'
import { clauseRoutes } from '../../shared/clauses/api.ts'
import { call } from '../base/api.ts'
import { ApiError } from '../base/apiError.ts'
import type { DocumentConnection } from '../sync/connectDocument.ts'
import { whenSaved } from '../sync/whenSaved.ts'
import type { ClauseAct } from './clauseActs.ts'
import { blocksById } from './placesOnPage.ts'

/** @returns the clause to go on in; null after a deletion */
export const useClauseAct = (connection: DocumentConnection) =>
  useMutation({
    mutationFn: async (act: ClauseAct): Promise<string | null> => {
      if (!(await whenSaved(connection))) throw new ApiError('network', 0)
      const { documentId } = connection
      const params = { documentId, clauseId: act.clauseId as ClauseId }
      if (act.kind === 'delete') {
        await call(clauseRoutes.delete, { params, body: { hash: act.hash } })
        return null
      }
      if (act.kind === 'merge') return (await call(clauseRoutes.merge, { params })).id
      const afterClauseId = act.after as ClauseId | null
      return (await call(clauseRoutes.move, { params, body: { afterClauseId } })).id
    },
  })

const ARRIVAL_MS = 3_000

/** Calls back once what the server did has reached this editor, which its answer may overtake; with false if it does not. */
export function whenArrived(
  editor: Editor,
  { kind, ...act }: ClauseAct,
  then: (arrived: boolean) => void,
): void {
  const hasArrived = () => {
    const ids = blocksById(editor).map(({ id }) => id)
    const index = ids.indexOf(act.clauseId)
    if (kind === 'merge') return index < 0
    return 'after' in act && index >= 0 && (ids[index - 1] ?? null) === act.after
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
