import { useQuery } from '@tanstack/react-query'
import type { DocumentId } from '../../../shared/base/ids.ts'
import { clauseRoutes } from '../../../shared/clauses/api.ts'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'
import { describePlace } from '../../../shared/clauses/describePlace.ts'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import type { OwnedHandle } from '../editorHandle.ts'
import { citingHere } from './referenceLabels.ts'

const FRESH_MS = 30_000
/** How often it is asked though nobody wants to know: a key that merges does not wait for an answer. */
const AGAIN_MS = 120_000

/**
 * Where others refer to clauses of this document, in words: its own by what is on the screen, other documents' as the
 * server last said.
 * @returns asks for some of its clauses
 */
export function useCitations(
  { editor, clausesNow }: OwnedHandle,
  documentId: DocumentId,
  model: NumberingModel,
): (clauseIds: readonly string[]) => string[] {
  const { data } = useQuery({
    queryKey: queryKey.citations(documentId),
    queryFn: () => call(clauseRoutes.citations, { params: { documentId } }),
    staleTime: FRESH_MS,
    refetchInterval: AGAIN_MS,
  })
  return (clauseIds) => {
    const ids = new Set(clauseIds)
    const clauses = clausesNow()
    const here = citingHere(editor.state.doc, ids).map((id) => describePlace(clauses, id, model))
    const there = (data?.citations ?? []).filter(({ target }) => ids.has(target))
    return [...here, ...new Set(there.map(({ words }) => words))]
  }
}
